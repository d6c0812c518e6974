#include "celldrift/core/error.hpp"
#include "celldrift/observe/observe.hpp"
#include "unit/observe/fake_api.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace celldrift::observe;
using State = KindCoverage::State;
using test::FakeApi;

namespace {

const std::string core =
    R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[
  {"resource":"configmaps","responseKind":{"kind":"ConfigMap"},"scope":"Namespaced","verbs":["list"]},
  {"resource":"secrets","responseKind":{"kind":"Secret"},"scope":"Namespaced","verbs":["list"]},
  {"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","verbs":["list"]},
  {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","verbs":["list"]},
  {"resource":"bindings","responseKind":{"kind":"Binding"},"scope":"Namespaced","verbs":["create"]}]}]}]})";
const std::string groups = R"({"kind":"APIGroupDiscoveryList","items":[
  {"metadata":{"name":"acme.com"},"versions":[{"version":"v2","resources":[
    {"resource":"things","responseKind":{"kind":"Thing"},"scope":"Namespaced","verbs":["list"]}]},
   {"version":"v1","resources":[
    {"resource":"things","responseKind":{"kind":"Thing"},"scope":"Namespaced","verbs":["list"]}]}]},
  {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale","resources":[]}]}]})";

std::string list(const std::string& kind, const std::string& items) {
  return R"({"kind":")" + kind + R"(List","apiVersion":"v1","metadata":{},"items":[)" + items +
         "]}";
}

std::string item(const std::string& ns, const std::string& name) {
  return R"({"metadata":{"namespace":")" + ns + R"(","name":")" + name +
         R"("},"data":{"k":"c2VjcmV0LXZhbHVl"}})";
}

std::string path_only(const std::string& path) {
  return path.substr(0, path.find('?'));
}

// A cell that answers discovery; lists are answered by `lists`.
FakeApi cell(std::function<std::string(const std::string&)> lists) {
  return FakeApi([lists](const std::string& path) -> std::string {
    if (path == "/api") {
      return core;
    }
    if (path == "/apis") {
      return groups;
    }
    return path == "/version" ? R"({"gitVersion":"v1.35.1"})" : lists(path_only(path));
  });
}

SecretKey key() {
  return SecretKey::from_bytes(std::string(32, 'k'));
}

Observation observe_cell(kube::Api& api,
                         const std::map<GroupKind, Wanted>& wanted,
                         Options options = {}) {
  Reached reached = reach(api, "cell-a", "https://a", Time{}, options);
  return read(api, std::move(reached), {.kinds = wanted}, key(), options);
}

std::string names(const Observation& observation) {
  std::string text;
  for (const LiveObject& each : observation.objects) {
    text += describe(each.key) + ";";
  }
  return text;
}

const GroupKind config_map{"", "ConfigMap"};
const GroupKind secret{"", "Secret"};
const GroupKind node{"", "Node"};

}  // namespace

TEST_CASE("everything wanted is read cluster-wide, sorted, and Secrets hashed") {
  FakeApi api = cell([](const std::string& path) {
    return path == "/api/v1/secrets"
               ? list("Secret", item("web", "s"))
               : list("ConfigMap",
                      item("web", "b") + "," + item("db", "z") + "," + item("web", "a"));
  });
  const Observation seen =
      observe_cell(api, {{config_map, {{"v1"}, {"web"}}}, {secret, {{"v1"}, {"web"}}}});
  CHECK(seen.reachable);
  CHECK(seen.kubernetes_version == "v1.35.1");
  CHECK(seen.secret_key_id == key().id());
  CHECK(names(seen) == "ConfigMap db/z;ConfigMap web/a;ConfigMap web/b;Secret web/s;");
  CHECK(seen.coverage.at(config_map).state == State::complete);
  CHECK(describe_coverage(seen) == "complete");
  const Value* found = seen.find({"", "Secret", "web", "s"});
  REQUIRE(found);
  CHECK(found->string_at({"data", "k"}) == key().hash("secret-value"));
  CHECK(found->string_at({"kind"}) == "Secret");
  // The Secret's value in base64.
  CHECK(seen.find({"", "ConfigMap", "web", "a"})->string_at({"data", "k"}) ==
        key().hash("c2VjcmV0LXZhbHVl"));
  CHECK_FALSE(seen.find({"", "ConfigMap", "web", "c"}));
  CHECK_FALSE(seen.unknown({"", "ConfigMap", "web", "c"}));
  CHECK(seen.unknown({"", "Node", "", "n"}));  // was not asked for
}

TEST_CASE("a list that fails leaves its kind unknown with the reason, and the rest known") {
  const ErrorCode codes[] = {ErrorCode::auth,
                             ErrorCode::forbidden,
                             ErrorCode::not_found,
                             ErrorCode::server,
                             ErrorCode::network,
                             ErrorCode::limit};
  for (const ErrorCode code : codes) {
    FakeApi api = cell([code](const std::string& path) -> std::string {
      if (path.find("secrets") != std::string::npos) {
        throw Error(code, "no secrets today");
      }
      return list("ConfigMap", item("web", "a"));
    });
    const Observation seen =
        observe_cell(api, {{config_map, {{"v1"}, {"web"}}}, {secret, {{"v1"}, {"web"}}}});
    CHECK(names(seen) == "ConfigMap web/a;");
    CHECK(seen.coverage.at(secret).state == State::unknown);
    CHECK(seen.coverage.at(secret).reason.starts_with("no secrets today"));
    CHECK(seen.unknown({"", "Secret", "web", "s"})->starts_with("no secrets today"));
    CHECK(describe_coverage(seen) == "partial");
  }
}

TEST_CASE("a list that breaks in the middle counts for nothing") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path == "/api") {
      return core;
    }
    if (path == "/apis") {
      return groups;
    }
    if (path.find("continue") != std::string::npos) {
      throw Error(ErrorCode::network, "reset");
    }
    return R"({"kind":"ConfigMapList","metadata":{"continue":"t"},"items":[)" + item("web", "a") +
           "]}";
  });
  const Observation seen = observe_cell(api, {{config_map, {{"v1"}, {"web"}}}});
  CHECK(seen.objects.empty());
  CHECK(seen.coverage.at(config_map).state == State::unknown);
  CHECK(describe_coverage(seen) == "unknown");
}

TEST_CASE("a list that starts anew in the middle has no object twice") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path == "/api") {
      return core;
    }
    if (path == "/apis") {
      return groups;
    }
    if (path.find("continue") != std::string::npos) {
      throw kube::ExpiredContinue("gone");
    }
    const bool whole = path.find("limit") == std::string::npos;
    return R"({"kind":"ConfigMapList","metadata":{"continue":")" + std::string(whole ? "" : "t") +
           R"("},"items":[)" + item("web", "a") + (whole ? "," + item("web", "b") : "") + "]}";
  });
  const Observation seen = observe_cell(api, {{config_map, {{"v1"}, {"web"}}}});
  CHECK(names(seen) == "ConfigMap web/a;ConfigMap web/b;");
  CHECK(seen.coverage.at(config_map).state == State::complete);
}

TEST_CASE("where all at once is forbidden, the wanted namespaces are read one by one") {
  FakeApi api = cell([](const std::string& path) -> std::string {
    if (path == "/api/v1/namespaces/web/configmaps") {
      return list("ConfigMap", item("web", "a"));
    }
    throw Error(ErrorCode::forbidden, "403 at " + path);
  });
  const Observation seen = observe_cell(
      api,
      {{config_map, {{"v1"}, {"web", "db"}}}, {secret, {{"v1"}, {"db"}}}, {node, {{"v1"}, {""}}}});
  CHECK(names(seen) == "ConfigMap web/a;");
  const KindCoverage& coverage = seen.coverage.at(config_map);
  CHECK(coverage.state == State::namespaces);
  CHECK(coverage.namespaces == std::set<std::string>{"web"});
  CHECK(coverage.reason == "403 at /api/v1/configmaps; 403 at /api/v1/namespaces/db/configmaps");
  CHECK_FALSE(seen.unknown({"", "ConfigMap", "web", "x"}));
  CHECK(seen.unknown({"", "ConfigMap", "db", "x"}));
  CHECK(seen.coverage.at(secret).state == State::unknown);
  CHECK(seen.coverage.at(node).reason == "403 at /api/v1/nodes");  // has no namespaces to try
}

TEST_CASE(
    "of kinds that matter in some namespaces only, these are read, without what has an owner") {
  std::vector<std::string> asked;
  FakeApi api = cell([&](const std::string& path) -> std::string {
    asked.push_back(path);
    if (path == "/api/v1/namespaces/b/secrets") {
      throw Error(ErrorCode::forbidden, "secrets is forbidden");
    }
    const bool is_secret = path.ends_with("secrets");
    const std::string owned =
        R"(,{"metadata":{"namespace":"a","name":"owned","ownerReferences":[{"uid":"u"}]}})";
    return list(is_secret ? "Secret" : "ConfigMap", item("a", "one") + owned);
  });
  const Options options{.in_flight = 1};
  Wants wants{.kinds = {{config_map, {}}}};
  wants.ownerless = {{config_map, {"a"}}, {secret, {"a", "b"}}};
  Reached reached = reach(api, "cell-a", "https://a", Time{}, options);
  asked.clear();
  const Observation seen = read(api, std::move(reached), wants, key(), options);
  CHECK(asked == std::vector<std::string>{"/api/v1/configmaps",
                                          "/api/v1/namespaces/a/secrets",
                                          "/api/v1/namespaces/b/secrets"});
  CHECK(names(seen) == "ConfigMap a/one;ConfigMap a/owned;Secret a/one;");
  CHECK(seen.coverage.at(config_map).state == State::complete);
  CHECK(seen.coverage.at(secret).state == State::namespaces);
  CHECK(seen.coverage.at(secret).namespaces == std::set<std::string>{"a"});
  CHECK(seen.coverage.at(secret).reason == "it was read by namespace; secrets is forbidden");
}

TEST_CASE("what counts in some namespaces only is read there, with its owners' objects") {
  const GroupKind config_map{"", "ConfigMap"};
  const GroupKind secret{"", "Secret"};
  std::vector<std::string> asked;
  FakeApi api = cell([&](const std::string& path) {
    asked.push_back(path);
    return path.find("secrets") != path.npos ? list("Secret", item("a", "one"))
                                             : list("ConfigMap", item("a", "one"));
  });
  const Options options{.in_flight = 1};
  const auto paths = [&](const Wants& wants) {
    Reached reached = reach(api, "cell-a", "https://a", Time{}, options);
    asked.clear();
    read(api, std::move(reached), wants, key(), options);
    return asked;
  };
  const std::vector<std::string> in_a = {"/api/v1/configmaps", "/api/v1/namespaces/a/secrets"};
  const std::vector<std::string> everywhere = {"/api/v1/configmaps", "/api/v1/secrets"};
  const std::map<GroupKind, Wanted> kinds = {{config_map, {}}};
  CHECK(paths({.kinds = kinds, .nearby = {{secret, {"a"}}}}) == in_a);
  CHECK(paths({.kinds = kinds, .nearby = {{secret, {"a", "b", "c", "d", "e"}}}}) == everywhere);
  // what is read as a whole anyway is read once
  CHECK(paths({.kinds = kinds, .nearby = {{config_map, {"a"}}}}) ==
        std::vector<std::string>{"/api/v1/configmaps"});
  CHECK(paths({.kinds = kinds, .nearby = {{secret, {"a"}}}, .ownerless = {{secret, {""}}}}) ==
        everywhere);
}

TEST_CASE("what is not served is absent, unless its group's discovery failed") {
  FakeApi api = cell([](const std::string&) { return list("X", ""); });
  const Observation seen = observe_cell(api,
                                        {{{"none.io", "X"}, {{"v1"}, {}}},
                                         {{"metrics.k8s.io", "X"}, {{"v1"}, {}}},
                                         {{"", "Binding"}, {{"v1"}, {}}}});
  CHECK(seen.coverage.at({"none.io", "X"}).state == State::absent);
  CHECK_FALSE(seen.unknown({"none.io", "X", "web", "x"}));
  CHECK(seen.coverage.at({"metrics.k8s.io", "X"}).state == State::unknown);
  CHECK(seen.coverage.at({"", "Binding"}).state == State::unknown);
}

TEST_CASE("a kind is read at the version that Git states, else at the preferred one") {
  for (const auto& [stated, path] :
       {std::pair{"v1", "/apis/acme.com/v1/things"}, {"v3", "/apis/acme.com/v2/things"}}) {
    const std::string expected = path;
    FakeApi api = cell([expected](const std::string& asked) -> std::string {
      if (asked != expected) {
        throw Error(ErrorCode::server, "asked for " + asked);
      }
      return R"({"kind":"ThingList","apiVersion":"acme.com/v2","metadata":{},"items":[{"metadata":{"name":"t"}}]})";
    });
    const Observation seen = observe_cell(api, {{{"acme.com", "Thing"}, {{stated}, {}}}});
    CHECK(seen.coverage.at({"acme.com", "Thing"}).reason.empty());
    CHECK(names(seen) == "acme.com/Thing t;");
  }
}

TEST_CASE("a list with objects of another kind is not believed") {
  FakeApi api = cell([](const std::string&) {
    return list("ConfigMap", R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}})");
  });
  const Observation seen = observe_cell(api, {{config_map, {{"v1"}, {}}}});
  CHECK(seen.objects.empty());
  CHECK(seen.coverage.at(config_map).state == State::unknown);
}

TEST_CASE("a cell that cannot be reached has nothing known") {
  FakeApi api([](const std::string& path) -> std::string {
    throw Error(ErrorCode::network, "refused: " + path);
  });
  const Observation seen = observe_cell(api, {{config_map, {{"v1"}, {"web"}}}});
  CHECK_FALSE(seen.reachable);
  CHECK(seen.reason == "refused: /api");
  CHECK(seen.coverage.at(config_map).state == State::unknown);
  CHECK(seen.unknown({"", "ConfigMap", "web", "a"}) == "refused: /api");
  CHECK(describe_coverage(seen) == "unknown");
}

TEST_CASE("the result does not depend on how many lists are read at once") {
  FakeApi api = cell([](const std::string& path) {
    return path == "/api/v1/secrets" ? list("Secret", item("web", "s"))
                                     : list("ConfigMap", item("web", "a"));
  });
  const std::map<GroupKind, Wanted> wanted = {{config_map, {{"v1"}, {"web"}}},
                                              {secret, {{"v1"}, {"web"}}}};
  const std::string one = names(observe_cell(api, wanted, {.in_flight = 1}));
  for (int i = 0; i < 20; ++i) {
    CHECK(names(observe_cell(api, wanted, {.in_flight = 8})) == one);
  }
}

TEST_CASE("a snapshot is of everything that can be listed, less what changes by itself") {
  FakeApi api = cell([](const std::string&) { return list("X", ""); });
  const Reached reached = reach(api, "cell-a", "https://a", Time{}, {});
  const auto wanted = everything(reached.surface).kinds;
  CHECK(wanted.contains(config_map));
  CHECK(wanted.contains(node));
  CHECK(wanted.at({"acme.com", "Thing"}).versions == std::set<std::string>{"v1", "v2"});
  CHECK_FALSE(wanted.contains({"", "Event"}));
  CHECK_FALSE(wanted.contains({"", "Binding"}));
}

TEST_CASE(
    "a kind is read at each version that Git states, and an object found at the one asked for") {
  FakeApi api = cell([](const std::string& path) -> std::string {
    const bool is_v1 = path.find("/v1/") != std::string::npos;
    return R"({"kind":"ThingList","apiVersion":"acme.com/)" + std::string(is_v1 ? "v1" : "v2") +
           R"(","metadata":{},"items":[)" + item("web", "a") + "]}";
  });
  const GroupKind thing{"acme.com", "Thing"};
  const Observation seen = observe_cell(api, {{thing, {{"v1", "v2", "v9"}, {"web"}}}});
  const ObjectKey a{"acme.com", "Thing", "web", "a"};
  CHECK(seen.objects.size() == 2);
  CHECK(seen.find(a, "acme.com/v1")->string_at({"apiVersion"}) == "acme.com/v1");
  CHECK(seen.find(a, "acme.com/v2")->string_at({"apiVersion"}) == "acme.com/v2");
  CHECK(seen.find(a, "acme.com/v9")->string_at({"apiVersion"}) == "acme.com/v2");
  CHECK(seen.find(a)->string_at({"apiVersion"}) == "acme.com/v2");
  CHECK(seen.objects.distinct().size() == 1);
}

TEST_CASE(
    "context kinds are read where they are served, in the namespaces of the wanted ones at least") {
  FakeApi api = cell([](const std::string& path) -> std::string {
    if (path == "/api/v1/configmaps") {
      return list("ConfigMap", item("web", "c"));
    }
    if (path.find("/namespaces/web/things") != std::string::npos) {
      return R"({"kind":"ThingList","apiVersion":"acme.com/v2","metadata":{},"items":[)" +
             item("web", "a") + "]}";
    }
    throw Error(ErrorCode::forbidden, "no");
  });
  const GroupKind thing{"acme.com", "Thing"};
  const GroupKind other{"keda.sh", "ScaledObject"};
  Reached reached = reach(api, "cell-a", "https://a", Time{}, {});
  const Observation seen =
      read(api,
           std::move(reached),
           {.kinds = {{config_map, {{"v1"}, {"web"}}}}, .context = {thing, node, other}},
           key(),
           {});
  CHECK(seen.coverage.at(thing).state == State::namespaces);
  CHECK(seen.find({"acme.com", "Thing", "web", "a"}) != nullptr);
  CHECK(seen.coverage.at(node).state == State::unknown);
  CHECK(seen.coverage.at(other).state == State::absent);
}
