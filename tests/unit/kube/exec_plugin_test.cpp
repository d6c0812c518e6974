#include "kube/exec_plugin.hpp"

#include "celldrift/core/error.hpp"
#include "kube/process.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace std::chrono_literals;

namespace {

const std::string v1 = "client.authentication.k8s.io/v1";
const std::atomic<bool> go_on{false};

std::string output(const std::string& status) {
  return R"({"kind":"ExecCredential","apiVersion":")" + v1 + R"(","status":)" + status + "}";
}

kube::CommandResult shell(const std::string& script, const kube::CommandLimits& limits = {}) {
  return kube::run({.program = "sh", .args = {"-c", script}, .env = {{"X", "y z"}}}, limits, go_on);
}

}  // namespace

TEST_CASE("a command's output, errors, status and variables are its own") {
  const auto result = shell("echo \"$X\"; echo oops >&2; cat; exit 7");
  CHECK(result.output == "y z\n");
  CHECK(result.errors == "oops\n");
  CHECK(result.status == 7);
  CHECK(shell("kill -9 $$").status == 128 + 9);
}

TEST_CASE("a command's large output is read while it runs") {
  CHECK(shell("head -c 500000 /dev/zero").output.size() == 500'000);
}

TEST_CASE("a command ends at its limits") {
  const auto start = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH_AS(
      shell("sleep 30; echo", {.time = 100ms}), doctest::Contains("did not end"), Error);
  CHECK_THROWS_WITH_AS(
      shell("cat /dev/zero", {.output_bytes = 1000}), doctest::Contains("more than 1000"), Error);
  CHECK_THROWS_AS(kube::run({.program = "/nowhere/x", .args = {}, .env = {}}, {}, go_on), Error);
  const std::atomic<bool> cancelled{true};
  CHECK_THROWS_AS(kube::run({.program = "sleep", .args = {"30"}, .env = {}}, {}, cancelled), Error);
  CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("what a command leaves running does not hold up its end") {
  const auto start = std::chrono::steady_clock::now();
  CHECK(shell("sleep 5 & echo done").output == "done\n");
  CHECK(std::chrono::steady_clock::now() - start < 3s);
}

TEST_CASE("a plugin's credential is read") {
  const auto token = kube::parse_exec_credential(
      output(R"({"token":"t","expirationTimestamp":"2026-01-02T03:04:05Z"})"), v1);
  CHECK(token.token == "t");
  REQUIRE(token.expires);
  CHECK(format_time(*token.expires) == "2026-01-02T03:04:05Z");
  const auto pair = kube::parse_exec_credential(
      output(R"({"clientCertificateData":"C","clientKeyData":"K"})"), v1);
  CHECK(pair.client_cert_pem == "C");
  CHECK(pair.client_key_pem == "K");
  CHECK_FALSE(pair.expires);
}

TEST_CASE("a plugin's nonsense is refused without being quoted") {
  const std::string cases[] = {
      "",
      "s3cr3t",
      "[]",
      "{}",
      R"({"kind":"ExecCredential","apiVersion":"s3cr3t"})",
      output("null"),
      output(R"({"token":""})"),
      output(R"({"token":5})"),
      output(R"({"token":"s3cr3t","expirationTimestamp":"s3cr3t"})"),
      output(R"({"clientCertificateData":"s3cr3t"})"),
      output(R"({"token":"t","clientKeyData":"s3cr3t"})"),
  };
  for (const std::string& text : cases) {
    CAPTURE(text);
    try {
      kube::parse_exec_credential(text, v1);
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::auth);
      CHECK(std::string(error.what()).find("s3cr3t") == std::string::npos);
    }
  }
}

TEST_CASE("a plugin is told about the cluster only when it asks for it") {
  kube::Connection connection;
  connection.server = "https://h";
  connection.ca_pem = "CA";
  connection.exec.emplace();
  connection.exec->api_version = v1;
  connection.exec->cluster_config = R"({"a":1})";
  CHECK(kube::exec_info(connection) ==
        R"({"kind":"ExecCredential","apiVersion":")" + v1 + R"(","spec":{"interactive":false}})");
  connection.exec->provide_cluster_info = true;
  CHECK(
      kube::exec_info(connection) ==
      R"({"kind":"ExecCredential","apiVersion":")" + v1 +
          R"(","spec":{"interactive":false,"cluster":{"server":"https://h","certificate-authority-data":"Q0E=",)"
          R"("config":{"a":1}}}})");
}
