// Live answers: tokens, budgets, redirects and what is not supported. What each provider is asked,
// and how its answers are read, is compared with Argo CD in tests/conformance/services.
#include "celldrift/core/error.hpp"
#include "celldrift/services/services.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace celldrift;
using namespace std::chrono_literals;
using test::Asked;
using test::HttpServer;

namespace {

using Variables = std::map<std::string, std::string>;

struct Ask {
  std::string kind = "pullRequest";
  std::string spec;  // YAML
  Variables variables;
  services::Limits limits{};
  fleet::ArgoObjects* objects = nullptr;
  std::chrono::milliseconds time{5000};
  std::vector<std::string>* unverified = nullptr;  // servers that it was told of
};

Value answer_to(const Ask& ask) {
  http::ClientOptions network;
  network.request_timeout = 2s;
  network.first_pause = 5ms;
  http::Client client(network);
  services::LiveOptions options;
  options.environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = ask.variables.find(std::string(name));
    return found == ask.variables.end() ? std::nullopt : std::optional(found->second);
  };
  options.limits = ask.limits;
  options.objects = ask.objects;
  options.time = ask.time;
  options.unverified = [&](const std::string& server) {
    if (ask.unverified != nullptr) {
      ask.unverified->push_back(server);
    }
  };
  return services::Live(client, options)
      .ask({.kind = ask.kind, .spec = yaml::parse(ask.spec).value, .application_set = "set"});
}

Error failure_of(const Ask& ask) {
  try {
    answer_to(ask);
  } catch (const Error& error) {
    return error;
  }
  FAIL("it was answered");
  throw std::logic_error("unreachable");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string github_pulls(const std::string& url, const std::string& more = "") {
  return "{github: {owner: o, repo: r, api: \"" + url + "\"" + more + "}}";
}

const std::string token_ref = ", tokenRef: {secretName: scm, key: token}";
const std::string one_pull =
    R"([{"number":1,"title":"t","head":{"ref":"b","sha":"s"},"base":{"ref":"m"},"user":{"login":"l"}}])";

class OneConfigMap final : public fleet::ArgoObjects {
 public:
  explicit OneConfigMap(const std::string& data)
      : map_(yaml::parse("{kind: ConfigMap, metadata: {name: my-map}, data: " + data + "}").value) {
  }
  std::optional<Value> config_map(std::string_view name) override {
    return name == "my-map" ? std::optional(map_) : std::nullopt;
  }
  std::vector<Value> list(std::string_view, std::string_view) override { return {}; }

 private:
  Value map_;
};

TEST_CASE("a server whose certificate nobody verifies is told of, others are not") {
  for (const bool insecure : {true, false}) {
    std::vector<std::string> told;
    const std::string flag = insecure ? "true" : "false";
    failure_of(
        {.spec = "gitea: {owner: o, repo: r, api: 'https://127.0.0.1:1', insecure: " + flag + "}",
         .unverified = &told});
    CHECK(told.size() == (insecure ? 1 : 0));
  }
}

}  // namespace

TEST_CASE("a token goes to the server that the environment names, and to no other") {
  HttpServer server([](const Asked&) { return test::Answer{test::json(one_pull)}; });
  const Variables token{{"GITHUB_TOKEN", "s3cr3t"}};
  Variables both = token;
  both["CELLDRIFT_GITHUB_API"] = server.url() + "/api/v3";

  CHECK(answer_to({.spec = github_pulls(server.url(), token_ref), .variables = both}).size() == 1);
  CHECK(has(server.asked().back().head, "Authorization: Bearer s3cr3t\r\n"));

  SUBCASE("a generator that needs it fails, and nothing is sent") {
    const Error error =
        failure_of({.spec = github_pulls(server.url(), token_ref), .variables = token});
    CHECK(error.code() == ErrorCode::auth);
    CHECK(has(error.message(), "CELLDRIFT_GITHUB_API"));
    CHECK(server.asked().size() == 1);
  }
  SUBCASE("one that needs none is asked without") {
    answer_to({.spec = github_pulls(server.url()), .variables = token});
    CHECK_FALSE(has(server.asked().back().head, "s3cr3t"));
  }
}

TEST_CASE("each provider signs in its own way") {
  struct Case {
    const char* name;
    std::string spec;  // $ is the server
    Variables variables;
    std::string header;
  };
  const std::string basic = "Authorization: Basic dXNlcjpzM2NyM3Q=\r\n";
  const Case cases[] = {
      {"gitlab",
       "{gitlab: {project: a/b, api: $" + token_ref + "}}",
       {{"CELLDRIFT_GITLAB_TOKEN", "s3cr3t"}, {"CELLDRIFT_GITLAB_API", "$"}},
       "Private-Token: s3cr3t\r\n"},
      {"gitlab in CI",
       "{gitlab: {project: a/b, api: $" + token_ref + "}}",
       {{"GITLAB_TOKEN", "s3cr3t"}, {"CI_API_V4_URL", "$/api/v4"}},
       "Private-Token: s3cr3t\r\n"},
      {"bitbucket, bearer",
       "{bitbucket: {owner: o, repo: r, api: $, bearerToken: {tokenRef: {secretName: x, key: y}}}}",
       {{"BITBUCKET_TOKEN", "s3cr3t"}, {"CELLDRIFT_BITBUCKET_API", "$"}},
       "Authorization: Bearer s3cr3t\r\n"},
      {"bitbucket, basic",
       "{bitbucket: {owner: o, repo: r, api: $, basicAuth: {username: user, passwordRef: {key: "
       "y}}}}",
       {{"BITBUCKET_APP_PASSWORD", "s3cr3t"}, {"CELLDRIFT_BITBUCKET_API", "$"}},
       basic},
      {"bitbucket server, bearer",
       "{bitbucketServer: {project: o, repo: r, api: $, bearerToken: {tokenRef: {key: y}}}}",
       {{"BITBUCKET_SERVER_TOKEN", "s3cr3t"}, {"CELLDRIFT_BITBUCKET_SERVER_API", "$"}},
       "Authorization: Bearer s3cr3t\r\n"},
      {"bitbucket server, basic",
       "{bitbucketServer: {project: o, repo: r, api: $, basicAuth: {username: user, passwordRef: "
       "{}}}}",
       {{"BITBUCKET_SERVER_PASSWORD", "s3cr3t"}, {"CELLDRIFT_BITBUCKET_SERVER_API", "$"}},
       basic},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    HttpServer server([](const Asked& asked) {
      const bool list = has(asked.target, "merge_requests");
      return test::Answer{test::json(list ? "[]" : R"({"values":[]})")};
    });
    const auto placed = [&](std::string text) {
      for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$')) {
        text.replace(at, 1, server.url());
      }
      return text;
    };
    Variables variables;
    for (const auto& [name, value] : each.variables) {
      variables[name] = placed(value);
    }
    CHECK(answer_to({.spec = placed(each.spec), .variables = variables}).size() == 0);
    CHECK(has(server.asked().back().head, each.header));
  }
}

TEST_CASE("without the token that a Secret would hold, nothing is asked") {
  HttpServer server([](const Asked&) { return test::Answer{test::json("[]")}; });
  const Error error = failure_of({.spec = github_pulls(server.url(), token_ref)});
  CHECK(error.code() == ErrorCode::auth);
  CHECK(has(error.message(), "GITHUB_TOKEN"));
  CHECK(has(error.message(), "is not read"));
  CHECK(server.asked().empty());
  SUBCASE("unless it is set to nothing on purpose") {
    answer_to({.spec = github_pulls(server.url(), token_ref), .variables = {{"GITHUB_TOKEN", ""}}});
    CHECK_FALSE(has(server.asked().back().head, "Authorization"));
  }
}

TEST_CASE("an error quotes what the service says, but never a token") {
  HttpServer server([](const Asked& asked) {
    const bool repeats = has(asked.head, "Authorization");
    return test::Answer{test::response(
        401, repeats ? R"({"message":"bad s3cr3t"})" : R"({"message":"who are \u001b[31myou"})")};
  });
  const Error anonymous = failure_of({.spec = github_pulls(server.url())});
  CHECK(anonymous.code() == ErrorCode::auth);
  CHECK(has(anonymous.message(), "who are \\x1b[31myou"));
  CHECK(has(anonymous.message(), "CELLDRIFT_GITHUB_TOKEN"));
  const Error known = failure_of(
      {.spec = github_pulls(server.url(), token_ref),
       .variables = {{"GITHUB_TOKEN", "s3cr3t"}, {"CELLDRIFT_GITHUB_API", server.url()}}});
  CHECK_FALSE(has(known.what(), "s3cr3t"));
}

TEST_CASE("what passes is asked again") {
  for (const int status : {429, 500, 502, 503}) {
    CAPTURE(status);
    HttpServer server([&](const Asked& asked) {
      return test::Answer{asked.number ? test::json(one_pull) : test::response(status, "")};
    });
    CHECK(answer_to({.spec = github_pulls(server.url())}).size() == 1);
  }
}

TEST_CASE("budgets end what would not end by itself") {
  HttpServer server([](const Asked& asked) {
    return test::Answer{test::response(
        200,
        "[" + one_pull.substr(1, one_pull.size() - 2) + "]",
        "Link: <http://x/?page=" + std::to_string(asked.number + 2) + ">; rel=\"next\"\r\n")};
  });
  struct Case {
    const char* name;
    services::Limits limits;
    const char* what;
  };
  const Case cases[] = {{"pages", {.pages = 3}, "more than 3 pages"},
                        {"items", {.items = 2}, "more than 2 items"},
                        {"requests", {.requests = 2}, "more than 2 requests"},
                        {"bytes", {.total_bytes = 300}, "more than 300 bytes"},
                        {"bytes of one", {.response_bytes = 50}, "50 bytes"}};
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Error error = failure_of({.spec = github_pulls(server.url()), .limits = each.limits});
    CHECK(error.code() == ErrorCode::limit);
    CHECK(has(error.what(), each.what));
  }
}

TEST_CASE("time is up, whatever is in flight") {
  HttpServer server([](const Asked&) { return test::Answer{test::json("[]"), 5000}; });
  const auto start = std::chrono::steady_clock::now();
  const Error error = failure_of({.spec = github_pulls(server.url()), .time = 200ms});
  CHECK(error.code() == ErrorCode::network);
  CHECK(std::chrono::steady_clock::now() - start < 2s);
}

TEST_CASE("a next page on another server is not asked") {
  HttpServer other([](const Asked&) { return test::Answer{test::json("{}")}; });
  HttpServer server([&](const Asked&) {
    return test::Answer{test::json(R"({"values":[{"id":1}],"next":")" + other.url() + "/2.0/x\"}")};
  });
  const Error error =
      failure_of({.spec = "{bitbucket: {owner: o, repo: r, api: \"" + server.url() + "/2.0\"}}"});
  CHECK(error.code() == ErrorCode::server);
  CHECK(other.asked().empty());
}

TEST_CASE("what is not asked live says that recordings serve it") {
  const char* specs[][2] = {{"scmProvider", "{azureDevOps: {organization: o}}"},
                            {"scmProvider", "{awsCodeCommit: {}}"},
                            {"pullRequest", "{azuredevops: {organization: o}}"},
                            {"scmProvider", "{github: {organization: o, appSecretName: app}}"},
                            {"pullRequest", "{github: {owner: o, repo: r, appSecretName: app}}"}};
  for (const auto& [kind, spec] : specs) {
    CAPTURE(spec);
    const Error error = failure_of({.kind = kind, .spec = spec});
    CHECK(error.code() == ErrorCode::unsupported);
    CHECK(has(error.message(), "--generator-inputs"));
  }
}

TEST_CASE("addresses that cannot be asked are refused before anything is sent") {
  const char* urls[] = {"ftp://x",
                        "x",
                        "http://",
                        "http://user:pw@127.0.0.1/",
                        "http://user@127.0.0.1/",
                        "http://127.0.0.1/?a=b",
                        "http://127.0.0.1:x/"};
  for (const char* url : urls) {
    CAPTURE(url);
    const Error error = failure_of({.spec = github_pulls(url)});
    CHECK(error.code() == ErrorCode::config);
    CHECK_FALSE(has(error.what(), "pw"));
  }
  HttpServer server([](const Asked&) { return test::Answer{test::json("[]")}; });
  for (const char* owner : {"..", "a/../b", "a?b", "a#b", "a%2", "%2e%2e/x"}) {
    CAPTURE(owner);
    const std::string spec =
        "{github: {organization: \"" + std::string(owner) + "\", api: \"" + server.url() + "\"}}";
    CHECK(failure_of({.kind = "scmProvider", .spec = spec}).code() == ErrorCode::config);
  }
  CHECK(server.asked().empty());
}

TEST_CASE("a spec of the wrong type names its field") {
  const char* specs[] = {"{github: []}",
                         "{github: {owner: 1}}",
                         "{github: {owner: o, repo: r, labels: x}}",
                         "{github: {owner: o, repo: r}, filters: {}}",
                         "{github: {owner: o, repo: r}, filters: [{branchMatch: 1}]}"};
  for (const char* spec : specs) {
    CAPTURE(spec);
    CHECK(failure_of({.spec = spec}).code() == ErrorCode::config);
  }
}

TEST_CASE("a plugin's token goes to the address that the environment names") {
  HttpServer server([](const Asked&) {
    return test::Answer{test::json(R"({"output":{"parameters":[{"a":1}]}})")};
  });
  OneConfigMap objects("{baseUrl: \"" + server.url() + "\", token: $x}");
  Ask ask{.kind = "plugin", .spec = "{configMapRef: {name: my-map}}", .objects = &objects};
  ask.variables = {{"CELLDRIFT_PLUGIN_TOKEN_MY_MAP", "s3cr3t"}};
  const Error error = failure_of(ask);
  CHECK(error.code() == ErrorCode::auth);
  CHECK(has(error.message(), "CELLDRIFT_PLUGIN_URL_MY_MAP"));
  CHECK(server.asked().empty());
  ask.variables["CELLDRIFT_PLUGIN_URL_MY_MAP"] = server.url();
  CHECK(answer_to(ask).size() == 1);
  CHECK(has(server.asked().back().head, "Authorization: Bearer s3cr3t\r\n"));
  CHECK(server.asked().back().body == "{\"applicationSetName\":\"set\",\"input\":{}}\n");
}

TEST_CASE("authorities that caRef names come from a ConfigMap, or it is an error") {
  OneConfigMap objects("{ca.crt: nonsense}");
  const std::string spec =
      "{gitlab: {project: a/b, api: \"https://127.0.0.1:1\", caRef: {configMapName: NAME, key: "
      "ca.crt}}}";
  const auto named = [&](const std::string& name) {
    std::string text = spec;
    return text.replace(text.find("NAME"), 4, name);
  };
  CHECK(failure_of({.spec = named("other"), .objects = &objects}).code() == ErrorCode::config);
  CHECK(failure_of({.spec = named("my-map")}).code() == ErrorCode::config);
  CHECK(failure_of({.spec = named("my-map"), .objects = &objects}).code() != ErrorCode::internal);
}
