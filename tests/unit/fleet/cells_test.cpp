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

SecretCells read(const std::string& text,
                 const std::optional<kube::Connection>& hub = std::nullopt) {
  return cells_from_secrets(celldrift::yaml::parse_stream(text).documents, hub);
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

TEST_CASE("the hub is reached the way that the caller knows") {
  kube::Connection hub;
  hub.name = "hub-context";
  const SecretCells result =
      read(secret("hub", "https://kubernetes.default.svc", R"({"bearerToken":"x"})"), hub);
  REQUIRE(std::holds_alternative<kube::Connection>(result.cells[0].access));
  CHECK(std::get<kube::Connection>(result.cells[0].access).name == "hub-context");
}

TEST_CASE("a way in that is not supported is a reason, and runs no command") {
  const SecretCells aws =
      read(secret("a", "https://a", R"({"awsAuthConfig":{"clusterName":"x"}})"));
  CHECK(reason(aws.cells[0]).find("awsAuthConfig") != std::string::npos);
  const SecretCells exec =
      read(secret("a", "https://a", R"({"execProviderConfig":{"command":"/bin/evil"}})"));
  CHECK(reason(exec.cells[0]).find("execProviderConfig") != std::string::npos);
}

TEST_CASE("a broken Secret is a problem that quotes nothing of it") {
  const std::string broken[] = {
      secret("a", "https://a", R"({"bearerToken":"s3cret", oops)"),
      secret("a", "https://a", R"({"bearerToken":{"s3cret":1}})"),
      secret("a", "https://a", R"({"tlsClientConfig":{"keyData":"s3cret!"}})"),
      secret("a", "https://a", R"(["s3cret"])"),
      secret("", "https://a", R"({"password":"s3cret"})"),
      secret("a", "", R"({"password":"s3cret"})"),
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
