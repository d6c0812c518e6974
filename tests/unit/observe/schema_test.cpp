#include "celldrift/core/error.hpp"
#include "celldrift/observe/observe.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/schema_files.hpp"
#include "unit/observe/fake_api.hpp"

#include <doctest/doctest.h>

#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>

using namespace celldrift;
using namespace celldrift::observe;
using test::FakeApi;

namespace {

namespace fs = std::filesystem;

const std::string document =
    R"({"components":{"schemas":{"io.acme.v1.Thing":{"type":"object","properties":{"spec":{"type":"object",
  "properties":{"size":{"x-kubernetes-int-or-string":true}}}},
  "x-kubernetes-group-version-kind":[{"group":"acme.io","version":"v1","kind":"Thing"}]}}}})";
const std::string other_document =
    R"({"components":{"schemas":{"io.acme.v1.Thing":{"type":"object","properties":{},
  "x-kubernetes-group-version-kind":[{"group":"acme.io","version":"v1","kind":"Thing"}]}}}})";

const GroupKind thing{"acme.io", "Thing"};

std::string path_of(const std::string& hash) {
  return "/openapi/v3/apis/acme.io/v1?hash=" + hash;
}

// A cell that serves acme.io/v1 Things and answers OpenAPI requests by `openapi`.
FakeApi cell(std::function<std::string(const std::string&)> openapi) {
  return FakeApi([openapi](const std::string& path) -> std::string {
    if (path == "/api") {
      return R"({"kind":"APIGroupDiscoveryList","items":[]})";
    }
    if (path == "/apis") {
      return R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"acme.io"},"versions":[{"version":"v1",
        "resources":[{"resource":"things","responseKind":{"kind":"Thing"},"scope":"Namespaced","verbs":["list"]}]}]}]})";
    }
    if (path == "/version") {
      return R"({"gitVersion":"v1.35.2"})";
    }
    if (path.starts_with("/openapi")) {
      return openapi(path);
    }
    return R"({"kind":"ThingList","apiVersion":"acme.io/v1","metadata":{},"items":[]})";
  });
}

std::string index_with(const std::string& url) {
  return R"({"paths":{"apis/acme.io/v1":{"serverRelativeURL":")" + url + R"("}}})";
}

Observation observe_cell(kube::Api& api, SchemaCache& cache) {
  const Options options{.schemas = &cache};
  return read(api,
              reach(api, "cell-a", "https://a", Time{}, options),
              {.kinds = {{thing, {{"v1"}, {"web"}}}}},
              SecretKey::from_bytes(std::string(32, 'k')),
              options);
}

kube::ScalarKind size_of(const kube::Schema& schema) {
  return schema.type_of("acme.io/v1", "Thing").field("spec")->field("size")->scalar_kind;
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "celldrift-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  std::string path() const { return (path_ / "openapi").string(); }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("a custom kind has the types that the cell's OpenAPI says") {
  FakeApi api = cell([](const std::string& path) {
    return path == "/openapi/v3" ? index_with(path_of(sha512(document))) : document;
  });
  SchemaCache cache;
  const Observation seen = observe_cell(api, cache);
  CHECK(seen.schema_gaps.empty());
  CHECK(seen.schema.version() == "v1.35.2");
  CHECK(size_of(seen.schema) == kube::ScalarKind::int_or_string);
}

TEST_CASE("a document is fetched once for all cells that have it, and kept on disk") {
  std::atomic<int> fetched = 0;
  FakeApi api = cell([&](const std::string& path) {
    fetched += path == "/openapi/v3" ? 0 : 1;
    return path == "/openapi/v3" ? index_with(path_of(sha512(document))) : document;
  });
  const Folder folder;
  {
    SchemaCache cache(folder.path());
    observe_cell(api, cache);
    observe_cell(api, cache);
  }
  CHECK(fetched == 1);
  SchemaCache again(folder.path());
  CHECK(size_of(observe_cell(api, again).schema) == kube::ScalarKind::int_or_string);
  CHECK(fetched == 1);
}

TEST_CASE("a damaged file in the cache is ignored and written anew") {
  std::atomic<int> fetched = 0;
  FakeApi api = cell([&](const std::string& path) {
    fetched += path == "/openapi/v3" ? 0 : 1;
    return path == "/openapi/v3" ? index_with(path_of(sha512(document))) : document;
  });
  const Folder folder;
  const auto read_anew = [&] {
    SchemaCache cache(folder.path());
    return size_of(observe_cell(api, cache).schema);
  };
  read_anew();
  const std::string file = fs::directory_iterator(folder.path())->path().string();
  int expected = 1;
  for (const std::string damage : {"", "nonsense", "celldrift.openapi/2 AB\nkind a/v1 B @1\n"}) {
    std::ofstream(file, std::ios::trunc) << damage;
    CHECK(read_anew() == kube::ScalarKind::int_or_string);
    CHECK(fetched == ++expected);
    CHECK(read_anew() == kube::ScalarKind::int_or_string);
    CHECK(fetched == expected);
  }
}

TEST_CASE("no cell can give its document out as another's") {
  const std::string hash = sha512(document);
  FakeApi liar = cell([&](const std::string& path) {
    return path == "/openapi/v3" ? index_with(path_of(hash)) : other_document;
  });
  FakeApi honest = cell([&](const std::string& path) {
    return path == "/openapi/v3" ? index_with(path_of(hash)) : document;
  });
  const Folder folder;
  SchemaCache cache(folder.path());
  observe_cell(liar, cache);
  CHECK(size_of(observe_cell(honest, cache).schema) == kube::ScalarKind::int_or_string);
}

TEST_CASE("the index leads nowhere but to OpenAPI documents of the same group-version") {
  for (const std::string url :
       {"/api/v1/secrets", "https://elsewhere/", "/openapi/v3/apis/acme.io/v1/../../../x"}) {
    FakeApi api = cell([&](const std::string& path) -> std::string {
      if (path == "/openapi/v3") {
        return index_with(url);
      }
      CHECK(path == "/openapi/v3/apis/acme.io/v1");
      return document;
    });
    SchemaCache cache;
    CHECK(size_of(observe_cell(api, cache).schema) == kube::ScalarKind::int_or_string);
  }
}

TEST_CASE("without its OpenAPI a cell's types are those of its CRDs, of Git's, or unknown") {
  const auto crd = yaml::parse(
      "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: "
      "things.acme.io}, spec: {group: acme.io, names: {kind: Thing}, versions: [{name: v1, served: "
      "true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, "
      "properties: {size: {x-kubernetes-int-or-string: true}}}}}}}]}}");
  const std::map<GroupKind, Wanted> kinds = {{thing, {{"v1"}, {"web"}}}};
  const std::function<std::string(const std::string&)> failures[] = {
      [](const std::string&) -> std::string { throw Error(ErrorCode::forbidden, "403"); },
      [](const std::string&) -> std::string { throw Error(ErrorCode::not_found, "404"); },
      [](const std::string&) { return "<html>"; },
      [](const std::string&) { return "{}"; },
      [](const std::string& path) {
        return path == "/openapi/v3" ? index_with(path_of("X")) : "[1]";
      },
  };
  for (const auto& failure : failures) {
    FakeApi api = cell(failure);
    SchemaCache cache;
    Observation seen = observe_cell(api, cache);
    CHECK(seen.schema_gaps.contains("acme.io/v1"));
    Observation with_git = seen;
    const auto problems = complete_schema(with_git, kinds, std::vector{crd.value});
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].unknown == LeavesUnknown::no);
    CHECK(
        problems[0].message.starts_with("the types of acme.io/v1 are taken from the CRD in Git: "));
    CHECK(size_of(with_git.schema) == kube::ScalarKind::int_or_string);
    Observation with_own = seen;
    with_own.objects = {{key_of(crd.value), crd.value}};
    CHECK(complete_schema(with_own, kinds, {}).empty());
    CHECK(size_of(with_own.schema) == kube::ScalarKind::int_or_string);
    const auto unknown = complete_schema(seen, kinds, {});
    REQUIRE(unknown.size() == 1);
    CHECK(unknown[0].message.starts_with("the types of acme.io/v1 are not known, "));
  }
}
