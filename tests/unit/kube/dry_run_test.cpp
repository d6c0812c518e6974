// What a dry run sends, and what its answers mean. That a real API server stores nothing is tested
// end to end.
#include "kube/dry_run.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "support/http_server.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace std::chrono_literals;
using test::Answer;
using test::Asked;
using test::HttpServer;

namespace {

Value json(std::string_view text) {
  return yaml::parse_json(text).value;
}

http::Answer answered(int status, const std::string& body) {
  http::Answer answer;
  answer.response = {.status = status, .content_type = "application/json", .body = body};
  answer.asked = "PATCH https://cell-a/apis";
  return answer;
}

constexpr std::string_view immutable =
    R"({"kind":"Status","status":"Failure","message":"spec.selector: Invalid value: \"s3cr3t\": field is immutable",
        "details":{"causes":[{"field":"spec.selector","message":"s3cr3t"}]},"code":422})";

}  // namespace

TEST_CASE("the server is always told to store nothing") {
  const kube::DryRunTarget cases[] = {
      {"apps/v1", "deployments", "backend", "web"},
      {"v1", "namespaces", "", "x"},
      {"v1", "configmaps", "a", "x?dryRun=&y#"},
      {"v1?", "configmaps", "a/../b", "x"},
  };
  for (const auto& target : cases) {
    const std::string path = kube::dry_run_path(target);
    CAPTURE(path);
    CHECK(path.ends_with("?dryRun=All&fieldManager=argocd-controller&force=true"));
    CHECK(path.find('?') == path.rfind('?'));
    CHECK(path.find('#') == std::string::npos);
  }
  CHECK(kube::dry_run_path(cases[0]).starts_with(
      "/apis/apps/v1/namespaces/backend/deployments/web?"));
  CHECK(kube::dry_run_path(cases[1]).starts_with("/api/v1/namespaces/x?"));
}

TEST_CASE("what only the server writes is not sent") {
  const Value sent = kube::without_server_fields(json(
      R"({"metadata":{"name":"a","uid":"u","resourceVersion":"1","managedFields":[],"labels":{}},"status":{},"spec":1})"));
  CHECK(sent == json(R"({"metadata":{"name":"a","labels":{}},"spec":1})"));
}

TEST_CASE("an answer is the object, a refusal, or an Error") {
  CHECK(kube::read_dry_run(answered(200, R"({"a":1})"), false).object == json(R"({"a":1})"));
  CHECK(kube::read_dry_run(answered(422, std::string(immutable)), false)
            .refused.find("field is immutable") != std::string::npos);
  const std::string forbidden = R"({"kind":"Status","message":"cannot patch","code":403})";
  CHECK_THROWS_AS(kube::read_dry_run(answered(403, forbidden), false), Error);
  const std::string denied =
      R"({"kind":"Status","message":"admission webhook \"w\" denied the request: no"})";
  CHECK(kube::read_dry_run(answered(403, denied), false).refused.find("denied") !=
        std::string::npos);
}

TEST_CASE("nothing that the server says of a Secret is quoted") {
  const std::string refused =
      kube::read_dry_run(answered(422, std::string(immutable)), true).refused;
  CHECK(refused.find("s3cr3t") == std::string::npos);
  CHECK(refused.find("spec.selector") != std::string::npos);
  try {
    kube::read_dry_run(answered(409, std::string(immutable)), true);
    FAIL("no Error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("s3cr3t") == std::string::npos);
  }
}

TEST_CASE("a dry run is one PATCH, and is not sent again when the server may have acted") {
  HttpServer server([](const Asked&) { return Answer{test::response(500, "{}")}; });
  kube::Connection connection;
  connection.server = server.url();
  kube::Client client({.first_pause = 5ms, .user_agent = "test/1"});
  const auto dry_run = client.connect_dry_run(connection);
  auto answer = dry_run->apply({"v1", "configmaps", "a", "b"},
                               json(R"({"kind":"ConfigMap"})"),
                               std::chrono::steady_clock::now() + 5s);
  CHECK_THROWS_AS(answer.get(), Error);
  REQUIRE(server.asked().size() == 1);
  const Asked asked = server.asked().at(0);
  CHECK(asked.method == "PATCH");
  CHECK(asked.target.find("?dryRun=All&") != std::string::npos);
  CHECK(asked.head.find("Content-Type: application/apply-patch+yaml\r\n") != std::string::npos);
  CHECK(asked.body == R"({"kind":"ConfigMap"})");
}
