// The texts are Argo CD's (GetRefSources, runManifestGenAsync).
#include "celldrift/render/references.hpp"

#include "support.hpp"

#include <doctest/doctest.h>

namespace celldrift::render::test {
namespace {

fleet::Application application_of(const std::string& sources) {
  fleet::Application application;
  application.object = yaml("spec: {sources: " + sources + "}");
  for (const Value& spec : application.object.find({"spec", "sources"})->items()) {
    application.sources.push_back(
        {.repo_url = std::string(spec.string_at({"repoURL"})),
         .target_revision = std::string(spec.string_at({"targetRevision"})),
         .chart = std::string(spec.string_at({"chart"})),
         .ref = std::string(spec.string_at({"ref"})),
         .spec = spec});
  }
  return application;
}

std::string failure(const std::string& sources) {
  return error_of([&] {
    const fleet::Application application = application_of(sources);
    const References references = references_of(application);
    for (const fleet::ApplicationSource& source : application.sources) {
      used_references(source, references);
    }
  });
}

TEST_CASE("sources are referred to by their ref") {
  const fleet::Application application = application_of(
      "[{repoURL: a, helm: {valueFiles: [$v/x.yaml, plain.yaml, $v/y.yaml], "
      "fileParameters: [{name: n, path: $w-1_/z}]}}, "
      "{repoURL: b, ref: v}, {repoURL: c, ref: w-1_, targetRevision: main}]");
  const References references = references_of(application);
  REQUIRE(references.size() == 2);
  CHECK(references.at("$w-1_").target_revision == "main");
  CHECK(used_references(application.sources[0], references) == Texts{"$v", "$w-1_"});
  CHECK(used_references(application.sources[1], references).empty());
}

TEST_CASE("an only source refers to nothing") {
  fleet::Application application;
  application.object = yaml("spec: {source: {repoURL: a, ref: v!}}");
  application.sources.push_back({.repo_url = "a", .ref = "v!"});
  CHECK(references_of(application).empty());
}

TEST_CASE("references that Argo CD refuses are refused in its words") {
  CHECK(contains(failure("[{repoURL: a, ref: v.1}]"),
                 "sources.ref v.1 cannot contain any special characters except '_' and '-'"));
  CHECK(contains(failure("[{repoURL: a, ref: v}, {repoURL: b, ref: v}]"),
                 "invalid sources: multiple sources had the same `ref` key"));
  CHECK(contains(failure("[{repoURL: a, helm: {valueFiles: [$v/x]}}]"),
                 "source referenced \"$v\", but no source has a 'ref' field defined"));
  CHECK(contains(failure("[{repoURL: a, helm: {valueFiles: [$v]}}, {repoURL: b, ref: w}, "
                         "{repoURL: b, ref: u}]"),
                 "source referenced \"$v\", which is not one of the available sources ($u, $w)"));
  CHECK(contains(failure("[{repoURL: a, helm: {valueFiles: [$v/x]}}, "
                         "{repoURL: b, chart: c, ref: v}]"),
                 "source has a 'chart' field defined"));
  CHECK(failure("[{repoURL: a, kustomize: {}}, {repoURL: b, chart: c, ref: v}]").empty());
}

TEST_CASE("one repository is referred to at one revision") {
  const fleet::ApplicationSource source{
      .repo_url = "https://example.com/a.git", .target_revision = "main", .spec = yaml("{}")};
  const auto message = [&](const References& references) {
    return error_of([&] { check_revisions(source, "111", {"$v", "$w"}, references); });
  };
  const Reference elsewhere{
      .repo_url = "https://example.com/b", .target_revision = "x", .revision = "2"};
  const Reference same{
      .repo_url = "https://example.com/A", .target_revision = "v1", .revision = "111"};
  CHECK(message({{"$v", elsewhere}, {"$w", same}}).empty());
  Reference other = same;
  other.revision = "222";
  CHECK(contains(message({{"$v", elsewhere}, {"$w", other}}),
                 "cannot reference a different revision of the same repository ($w references "
                 "\"v1\" which resolves to \"222\" while the application references \"main\" which "
                 "resolves to \"111\")"));
  other.target_revision = "v2";
  CHECK(contains(message({{"$v", same}, {"$w", other}}),
                 "cannot reference multiple revisions for the same repository ($w references "
                 "\"v2\" while $v references \"v1\")"));
}

}  // namespace
}  // namespace celldrift::render::test
