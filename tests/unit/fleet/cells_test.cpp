#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

std::string secret(
    const std::string& name,
    const std::string& server,
    const std::string& config = "{}",
    const std::string& labels = "argocd.argoproj.io/secret-type: cluster, env: prod") {
  return "apiVersion: v1\nkind: Secret\nmetadata: {name: secret-" + name + ", labels: {" + labels +
         "}}\nstringData: {name: '" + name + "', server: '" + server + "', config: '" + config +
         "'}\n";
}

SecretCells read(const std::string& text, const SecretReading& reading = {}) {
  return cells_from_secrets(celldrift::yaml::parse_stream(text).documents, reading);
}

std::string reason(const Cell& cell) {
  const auto* unreachable = std::get_if<Unreachable>(&cell.access);
  return unreachable != nullptr ? unreachable->reason : "";
}

TEST_CASE("a cluster Secret becomes a cell with its way in") {
  const SecretCells result =
      read(secret("cell-a",
                  "https://cell-a.example.com:6443/",
                  R"({"bearerToken":"t0ken","tlsClientConfig":{"insecure":false,)"
                  R"("serverName":"api","caData":"Q0E=","certData":"Q0VSVA==","keyData":"S0VZ"},)"
                  R"("proxyUrl":"http://proxy","disableCompression":true})"));
  CHECK(result.problems.empty());
  REQUIRE(result.cells.size() == 2);
  const Cell& cell = result.cells.front();
  CHECK(cell.name == "cell-a");
  CHECK(cell.server == "https://cell-a.example.com:6443/");
  CHECK(cell.labels.at("env") == "prod");
  REQUIRE(std::holds_alternative<kube::Connection>(cell.access));
  const auto& connection = std::get<kube::Connection>(cell.access);
  CHECK(connection.server == "https://cell-a.example.com:6443");
  CHECK(connection.token == "t0ken");
  CHECK(connection.tls_server_name == "api");
  CHECK(connection.ca_pem == "CA");
  CHECK(connection.client_cert_pem == "CERT");
  CHECK(connection.client_key_pem == "KEY");
  CHECK(connection.proxy_url == "http://proxy");
  CHECK(connection.disable_compression);
}

TEST_CASE("a server without a scheme is https where anything is said about TLS") {
  const auto server = [](const std::string& config) {
    const SecretCells result = read(secret("a", "a.example.com:6443", config));
    return std::get<kube::Connection>(result.cells.at(0).access).server;
  };
  CHECK(server(R"({"tlsClientConfig":{"insecure":true}})") == "https://a.example.com:6443");
  CHECK(server("{}") == "http://a.example.com:6443");
}

TEST_CASE("the implicit in-cluster entry exists unless a Secret has its server") {
  const SecretCells without = read(secret("cell-a", "https://cell-a"));
  REQUIRE(without.cells.size() == 2);
  CHECK(without.cells[1].synthetic);
  CHECK(reason(without.cells[1]).find("--hub-context") != std::string::npos);
  const SecretCells with = read(secret("hub", "https://kubernetes.default.svc"));
  REQUIRE(with.cells.size() == 1);
  CHECK(with.cells[0].is_hub);
  CHECK_FALSE(with.cells[0].synthetic);
}

TEST_CASE("the hub is reached the way that the caller knows, with what its Secret states over it") {
  kube::Connection hub;
  hub.name = "hub-context";
  hub.token_file = "/token";
  const auto way_in = [&](const std::string& config) {
    const SecretCells result =
        read(secret("hub", "https://kubernetes.default.svc", config), {.hub = hub});
    return std::get<kube::Connection>(result.cells.at(0).access);
  };
  CHECK(way_in("{}").token_file == "/token");
  const kube::Connection with_token = way_in(R"({"bearerToken":"x","proxyUrl":"http://p"})");
  CHECK(with_token.name == "hub-context");
  CHECK(with_token.token == "x");
  CHECK(with_token.token_file.empty());
  CHECK(with_token.proxy_url == "http://p");
}

TEST_CASE(
    "a command that a file names is not run, nor AWS credentials used, unless that is allowed") {
  const std::string aws = secret(
      "a", "https://a", R"({"awsAuthConfig":{"clusterName":"x","roleARN":"r","profile":"p"}})");
  const std::string exec =
      secret("a",
             "https://a",
             R"({"execProviderConfig":{"command":"argocd-k8s-auth","args":["gcp"],)"
             R"("env":{"A":"1"},"apiVersion":"client.authentication.k8s.io/v1beta1",)"
             R"("installHint":"get it","provideClusterInfo":true,"config":{"x":1}},)"
             R"("bearerToken":"t"})");
  CHECK(reason(read(aws).cells[0]).find("--allow-exec") != std::string::npos);
  CHECK(reason(read(exec).cells[0]).find("--allow-exec") != std::string::npos);

  const SecretReading any{.sign_in = SignIn::any};
  const auto with_aws = std::get<kube::Connection>(read(aws, any).cells[0].access);
  REQUIRE(with_aws.aws);
  CHECK(with_aws.aws->cluster_name == "x");
  CHECK(with_aws.aws->role_arn == "r");
  CHECK(with_aws.aws->profile == "p");
  const auto with_exec = std::get<kube::Connection>(read(exec, any).cells[0].access);
  REQUIRE(with_exec.exec);
  CHECK(with_exec.token.empty());  // as Argo CD: a command goes before what is stated
  CHECK(with_exec.exec->command == "argocd-k8s-auth");
  CHECK(with_exec.exec->args == std::vector<std::string>{"gcp"});
  CHECK(with_exec.exec->env.at(0).second == "1");
  CHECK(with_exec.exec->cluster_config == R"({"x":1})");
}

TEST_CASE("AWS goes before a command, a command before a token") {
  const std::string all = secret("a",
                                 "https://a",
                                 R"({"awsAuthConfig":{"clusterName":"x"},)"
                                 R"("execProviderConfig":{"command":"c"},"bearerToken":"t"})");
  const auto way_in =
      std::get<kube::Connection>(read(all, {.sign_in = SignIn::any}).cells[0].access);
  CHECK(way_in.aws);
  CHECK_FALSE(way_in.exec);
  CHECK(way_in.token.empty());
}

TEST_CASE(
    "a Secret whose way to sign in is wrong is a cell that generators see and nobody reaches") {
  const std::string broken[] = {
      secret("a", "https://a", R"({"bearerToken":"s3cret", oops)"),
      secret("a", "https://a", R"({"bearerToken":{"s3cret":1}})"),
      secret("a", "https://a", R"({"tlsClientConfig":{"keyData":"s3cret!"}})"),
      secret("a", "https://a", R"({"tlsClientConfig":{"keyData":"S0VZ"}})"),
      secret("a", "https://a", R"({"tlsClientConfig":{"insecure":true,"caData":"Q0E="}})"),
      secret("a", "https://a", R"({"bearerToken":"s3cret","username":"u","password":"s3cret"})"),
      secret("a", "https://a", R"({"proxyUrl":"ftp://s3cret"})"),
      secret("a",
             "https://a",
             R"({"execProviderConfig":{"command":"bin/s3cret","apiVersion":)"
             R"("client.authentication.k8s.io/v1"}})"),
      secret("a", "https://a", R"({"execProviderConfig":{"command":"s3cret","apiVersion":"v0"}})"),
      secret("a", "https://a", R"({"execProviderConfig":{"args":["s3cret"]}})"),
      secret("a", "https://a", R"(["s3cret"])"),
      secret("a", "", R"({"password":"s3cret"})"),
  };
  for (const std::string& text : broken) {
    CAPTURE(text);
    const SecretCells result = read(text, {.sign_in = SignIn::any});
    CHECK(result.problems.empty());
    REQUIRE(result.cells.size() == 2);
    CHECK(reason(result.cells[0]).find("cluster") != std::string::npos);
    CHECK(reason(result.cells[0]).find("s3cret") == std::string::npos);
  }
}

TEST_CASE("a Secret that cannot be read is a problem that quotes nothing of it") {
  const std::string broken[] = {
      secret("", "", R"({"password":"s3cret"})"),
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {argocd.argoproj.io/secret-type: "
      "cluster}}\n"
      "data: {name: 's3cret!', server: x}\n",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {argocd.argoproj.io/secret-type: "
      "cluster}}\n"
      "stringData: {name: [s3cret], server: x}\n",
  };
  for (const std::string& text : broken) {
    CAPTURE(text);
    const SecretCells result = read(text);
    CHECK(result.cells.size() == 1);  // the implicit one
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].message.find("cluster secret") != std::string::npos);
    CHECK(result.problems[0].message.find("s3cret") == std::string::npos);
    CHECK(result.problems[0].unknown == LeavesUnknown::yes);
  }
}

TEST_CASE("argocd-cm can disable the hub: generators see it, destinations do not") {
  const std::string settings =
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\n"
      "data: {cluster.inClusterEnabled: 'false'}\n";
  for (const std::string& text :
       {settings, secret("in-cluster", "https://kubernetes.default.svc") + settings}) {
    const SecretCells result = read(text);
    REQUIRE(result.cells.size() == 1);
    CHECK(result.cells[0].disabled);
    const Fleet fleet(result.cells);
    CHECK_THROWS_WITH_AS(fleet.destination("https://kubernetes.default.svc", ""),
                         "cluster \"https://kubernetes.default.svc\" is disabled",
                         Error);
    CHECK_THROWS_WITH_AS(fleet.destination("", "in-cluster"),
                         "there are no clusters with this name: in-cluster",
                         Error);
  }
}

TEST_CASE("data is decoded, stringData goes first, other documents are passed over") {
  const SecretCells result = read(
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {argocd.argoproj.io/secret-type: "
      "cluster}}\n"
      "data: {name: b2xk, server: aHR0cHM6Ly9h}\nstringData: {name: new}\n---\n" +
      secret("repo", "https://r", "{}", "argocd.argoproj.io/secret-type: repository") +
      "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\nplain text\n");
  REQUIRE(result.cells.size() == 2);
  CHECK(result.cells[0].name == "new");
  CHECK(result.cells[0].server == "https://a");
}

TEST_CASE("Secrets in a List are found") {
  const SecretCells result = read(
      "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n"
      "  metadata: {name: s, labels: {argocd.argoproj.io/secret-type: cluster}}\n"
      "  stringData: {name: a, server: 'https://a'}\n");
  CHECK(result.cells.at(0).name == "a");
}

TEST_CASE("of two Secrets with one name the last counts, with a problem") {
  const SecretCells result =
      read(secret("a", "https://one") + "---\n" + secret("a", "https://two"));
  CHECK(result.cells.at(0).server == "https://two");
  CHECK(result.problems.size() == 1);
}

TEST_CASE("a destination is found by server or by name") {
  Cell hub = cell("hub");
  hub.is_hub = true;
  const Fleet fleet({cell("cell-a"), hub});
  CHECK(fleet.destination("https://cell-a.example.com", "").name == "cell-a");
  CHECK(fleet.destination("https://cell-a.example.com///", "").name == "cell-a");
  CHECK(fleet.destination("", "cell-a").name == "cell-a");
  CHECK(fleet.destination("https://kubernetes.default.svc", "").name == "hub");
  CHECK(fleet.destination("", "in-cluster").name == "hub");
}

TEST_CASE("a destination that is none says so in Argo CD's words") {
  struct Case {
    const char* server;
    const char* name;
    const char* message;
  };
  const Case cases[] = {
      {"", "", "Destination server missing from app spec"},
      {"https://x",
       "x",
       "application destination can't have both name and server defined: x https://x"},
      {"", "x", "there are no clusters with this name: x"},
      {"https://x", "", "cluster \"https://x\" not found"},
      {"https://kubernetes.default.svc", "", "mark the cell that Argo CD runs in as the hub"},
      {"https://shared", "", "there are 2 clusters with the same server: [cell-a cell-b]"},
  };
  Cell one = cell("cell-a");
  Cell two = cell("cell-b");
  one.server = two.server = "https://shared";
  const Fleet fleet({two, one});
  for (const Case& row : cases) {
    CAPTURE(row.message);
    try {
      fleet.destination(row.server, row.name);
      FAIL_CHECK("found");
    } catch (const Error& error) {
      CHECK(error.message().find(row.message) != std::string::npos);
    }
  }
}

TEST_CASE("two cells of one name are refused") {
  CHECK_THROWS_AS(Fleet({cell("a"), cell("a")}), Error);
}

}  // namespace
}  // namespace celldrift::fleet::test
