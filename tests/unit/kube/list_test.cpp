#include "celldrift/kube/list.hpp"

#include "celldrift/core/error.hpp"
#include "kube/page.hpp"
#include "unit/kube/fake_api.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using test::FakeApi;

namespace {

const kube::ListRequest deployments{.group = "apps",
                                    .version = "v1",
                                    .resource = "deployments",
                                    .kind = "",
                                    .ns = "",
                                    .page_size = 2};
const kube::Deadline never = kube::Deadline::max();

std::string page(const std::string& next, const std::string& names) {
  std::string items;
  for (const char name : names) {
    items += std::string(items.empty() ? "" : ",") + R"({"metadata":{"name":")" + name + "\"}}";
  }
  return R"({"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{"resourceVersion":"1","continue":")" +
         next + R"("},"items":[)" + items + "]}";
}

// The names that a list gave, a "!" for each restart.
std::string names_of(kube::Api& api, const kube::ListRequest& request = deployments) {
  std::string names;
  kube::list(
      api,
      request,
      never,
      [&](Value object) { names += object.string_at({"metadata", "name"}); },
      [&] { names = "!"; });
  return names;
}

}  // namespace

TEST_CASE("a list is read page by page, each asked for once") {
  FakeApi api([](const std::string& path) {
    const bool first = path.find("continue") == std::string::npos;
    return first ? page("a b/", "xy") : page("", "z");
  });
  CHECK(names_of(api) == "xyz");
  CHECK(api.asked() ==
        std::vector<std::string>{"/apis/apps/v1/deployments?limit=2",
                                 "/apis/apps/v1/deployments?limit=2&continue=a%20b%2F"});
}

TEST_CASE("apiVersion and kind are filled in, and what objects say themselves stays") {
  FakeApi api([](const std::string&) {
    return R"({"kind":"ThingList","apiVersion":"g/v1","metadata":{},"items":[
      {"metadata":{"name":"a"}},{"apiVersion":"g/v2","kind":"Other","metadata":{"name":"b"}}]})";
  });
  std::vector<Value> objects;
  kube::list(
      api, deployments, never, [&](Value object) { objects.push_back(std::move(object)); }, [] {});
  REQUIRE(objects.size() == 2);
  CHECK(objects[0].string_at({"apiVersion"}) == "g/v1");
  CHECK(objects[0].string_at({"kind"}) == "Thing");
  CHECK(objects[1].string_at({"apiVersion"}) == "g/v2");
  CHECK(objects[1].string_at({"kind"}) == "Other");
}

TEST_CASE("an expired token starts the list anew, once and without a limit") {
  bool all = true;
  FakeApi api([&](const std::string& path) -> std::string {
    if (path.find("continue") != std::string::npos ||
        (path.find("limit") == std::string::npos && !all)) {
      throw kube::ExpiredContinue("gone");
    }
    return path.find("limit") == std::string::npos ? page("", "xyz") : page("t", "xy");
  });
  CHECK(names_of(api) == "!xyz");
  all = false;
  CHECK_THROWS_AS(names_of(api), Error);
}

TEST_CASE("a page too large to be taken is asked for in smaller pieces") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path.find("limit=20") != std::string::npos) {
      throw Error(ErrorCode::limit, "too large");
    }
    return path.find("continue=t") == std::string::npos ? page("t", "xy") : page("", "z");
  });
  kube::ListRequest request = deployments;
  request.page_size = 20;
  CHECK(names_of(api, request) == "xyz");
  FakeApi hopeless(
      [](const std::string&) -> std::string { throw Error(ErrorCode::limit, "too large"); });
  CHECK_THROWS_AS(names_of(hopeless), Error);
  CHECK(hopeless.asked().size() == 2);  // limit 2, limit 1
}

TEST_CASE("what is not a list of named objects is the server's error, without its text") {
  const std::string cases[] = {
      "",
      "<html>s3cr3t",
      "{\"items\":[",
      "[]",
      "{}",
      R"({"items":"s3cr3t"})",
      R"({"items":["s3cr3t"]})",
      R"({"items":[{"metadata":{"name":""}}]})",
      R"({"items":[{"metadata":{"name":5}}]})",
      R"({"items":[]} trailing s3cr3t)",
  };
  for (const std::string& text : cases) {
    CAPTURE(text);
    FakeApi api([&](const std::string&) { return text; });
    try {
      names_of(api);
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::server);
      CHECK(std::string(error.what()).find("s3cr3t") == std::string::npos);
      CHECK(std::string(error.what()).find("/apis/apps/v1/deployments") != std::string::npos);
    }
  }
}

TEST_CASE("an empty list has no objects, also when it is null") {
  FakeApi empty([](const std::string&) { return page("", ""); });
  CHECK(names_of(empty).empty());
  FakeApi null([](const std::string&) { return R"({"kind":"XList","metadata":{},"items":null})"; });
  CHECK(names_of(null).empty());
}

TEST_CASE("paths quote what is in them") {
  kube::ListRequest request = deployments;
  CHECK(kube::list_path(request, 0, "") == "/apis/apps/v1/deployments");
  request.ns = "a/b?c";
  CHECK(kube::list_path(request, 5, "") ==
        "/apis/apps/v1/namespaces/a%2Fb%3Fc/deployments?limit=5");
  request.group = "";
  request.ns = "";
  CHECK(kube::list_path(request, 0, "") == "/api/v1/deployments");
}

TEST_CASE("a token is seen ahead only where it is plain to see") {
  CHECK(kube::peek_continue(page("abc", "x")) == "abc");
  CHECK(kube::peek_continue(page("", "x")).empty());
  CHECK(kube::peek_continue(R"({"items":[{"a":{"continue":"x"}}],"metadata":{"continue":"y"}})")
            .empty());
  CHECK(kube::peek_continue(R"({"metadata":{"continue":"x)").empty());
  CHECK(kube::peek_continue(R"({"metadata":{"continue":"a\"b"}})").empty());
}

TEST_CASE("a token in another place than expected still leads to the next page") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path.find("continue") != std::string::npos) {
      return page("", "z");
    }
    return R"({"items":[{"metadata":{"name":"x"}}],"metadata":{"continue":"t"},"apiVersion":"v1","kind":"XList"})";
  });
  CHECK(names_of(api) == "xz");
}
