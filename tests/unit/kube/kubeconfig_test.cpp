#include "celldrift/kube/kubeconfig.hpp"

#include "celldrift/core/error.hpp"
#include "kube/in_cluster.hpp"
#include "unit/kube/folder.hpp"

#include <doctest/doctest.h>

#include <stdlib.h>

using namespace celldrift;
using kube::Connection;
using kube::Kubeconfig;
using test::Folder;

namespace {

// A kubeconfig with one context "c", its cluster and its user as given.
std::string config(const std::string& cluster, const std::string& user) {
  return "apiVersion: v1\nkind: Config\ncurrent-context: c\n"
         "contexts:\n- name: c\n  context: {cluster: k, user: u, namespace: web}\n"
         "clusters:\n- name: k\n  cluster: " +
         cluster + "\nusers:\n- name: u\n  user: " + user + "\n";
}

Connection connection(const std::string& cluster, const std::string& user) {
  const Folder folder;
  return Kubeconfig::load({folder.write("config", config(cluster, user))}).connection("c");
}

const std::string plain = "{server: 'https://h:6443'}";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a context gives the connection that its cluster and user describe") {
  const Connection made = connection(
      "{server: 'https://h:6443/', tls-server-name: other.example, certificate-authority-data: "
      "Q0E=, "
      "proxy-url: 'socks5://p:1',"
      " disable-compression: true}",
      "{client-certificate-data: Q1JU, client-key-data: S0VZ, token: t, as: bob, as-uid: '7', "
      "as-groups: [g, h],"
      " as-user-extra: {x: [why]}}");
  CHECK(made.name == "c");
  CHECK(made.server == "https://h:6443/");
  CHECK(made.tls_server_name == "other.example");
  CHECK(made.ca_pem == "CA");
  CHECK(made.proxy_url == "socks5://p:1");
  CHECK(made.disable_compression);
  CHECK_FALSE(made.insecure_skip_tls_verify);
  CHECK(made.client_cert_pem == "CRT");
  CHECK(made.client_key_pem == "KEY");
  CHECK(made.token == "t");
  CHECK(made.impersonate_user == "bob");
  CHECK(made.impersonate_uid == "7");
  CHECK(made.impersonate_groups == std::vector<std::string>{"g", "h"});
  CHECK(made.impersonate_extra.at("x") == std::vector<std::string>{"why"});
  CHECK(made.ns == "web");
}

TEST_CASE("paths in a file are relative to that file, and data wins over a file") {
  const Folder folder;
  folder.write("pki/ca.crt", "from file");
  folder.write("pki/token", "tt");
  const std::string path =
      folder.write("config",
                   config("{server: 'https://h', certificate-authority: pki/ca.crt}",
                          "{tokenFile: pki/token, token: t}"));
  const Connection made = Kubeconfig::load({path}).connection("c");
  CHECK(made.ca_pem == "from file");
  CHECK(made.token_file == folder.path() + "/pki/token");
  CHECK(made.token == "t");  // used where the file cannot be read
  CHECK(connection("{server: 'https://h', certificate-authority: /nowhere, "
                   "certificate-authority-data: Q0E=}",
                   "{}")
            .ca_pem == "CA");
}

TEST_CASE("the first file to name an entry wins, and contexts keep their order") {
  const Folder folder;
  const std::string one = folder.write("one", config("{server: 'https://one'}", "{token: one}"));
  const std::string two =
      folder.write("two",
                   "current-context: d\ncontexts:\n- {name: d, context: {cluster: k2, user: u}}\n"
                   "- {name: c, context: {cluster: k2, user: u}}\n"
                   "clusters:\n- {name: k2, cluster: {server: 'https://two'}}\n- {name: k, "
                   "cluster: {server: 'https://other'}}\n"
                   "users:\n- {name: u, user: {token: two, username: late}}\n");
  const Kubeconfig merged = Kubeconfig::load({one, "", two});
  CHECK(merged.current_context() == "c");
  REQUIRE(merged.contexts().size() == 2);
  CHECK(merged.contexts()[0].name == "c");
  CHECK(merged.contexts()[0].server == "https://one");
  CHECK(merged.contexts()[1].name == "d");
  CHECK(merged.connection("d").server == "https://two");
  CHECK(merged.connection("d").token == "one");
  CHECK(merged.connection("d").username.empty());  // entries are not mixed
}

TEST_CASE("KUBECONFIG is a list in which missing files are skipped") {
  const Folder folder;
  const std::string file = folder.write("config", config(plain, "{}"));
  ::setenv("KUBECONFIG", (folder.path() + "/none:" + file).c_str(), 1);
  CHECK(Kubeconfig::load().contexts().size() == 1);
  ::unsetenv("KUBECONFIG");
  ::setenv("HOME", folder.path().c_str(), 1);
  CHECK(Kubeconfig::load().contexts().empty());
  folder.write(".kube/config", config(plain, "{}"));
  CHECK(Kubeconfig::load().contexts().size() == 1);
}

TEST_CASE("contexts are found by glob, in the order of the file") {
  const Folder folder;
  const std::string file =
      folder.write("config",
                   "contexts:\n- {name: prod-b, context: {}}\n- {name: dev, context: {}}\n"
                   "- {name: prod-a, context: {}}\n");
  const auto found = Kubeconfig::load({file}).matching("prod-*");
  REQUIRE(found.size() == 2);
  CHECK(found[0].name == "prod-b");
  CHECK(found[1].name == "prod-a");
}

TEST_CASE("a server without a scheme has the one that client-go gives it") {
  CHECK(connection("{server: 'h:1'}", "{}").server == "http://h:1");
  CHECK(connection("{server: 'h:1', insecure-skip-tls-verify: true}", "{}").server ==
        "https://h:1");
  CHECK(connection("{server: 'h:1', certificate-authority-data: Q0E=}", "{}").server ==
        "https://h:1");
}

TEST_CASE("credentials in the server's URL are taken out of it") {
  const Connection made = connection("{server: 'https://joe:pw@h:1/p'}", "{}");
  CHECK(made.server == "https://h:1/p");
  CHECK(made.username == "joe");
  CHECK(made.password == "pw");
}

TEST_CASE("an exec plugin is read as kubectl reads it") {
  const Folder folder;
  const std::string exec =
      "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: bin/login, args: [a, b],"
      " env: [{name: NAME, value: V}], provideClusterInfo: true, installHint: get it}}";
  const std::string cluster =
      "{server: 'https://h', extensions: [{name: client.authentication.k8s.io/exec, extension: "
      "{audience: x}}]}";
  const Connection made =
      Kubeconfig::load({folder.write("config", config(cluster, exec))}).connection("c");
  REQUIRE(made.exec);
  CHECK(made.exec->command == folder.path() + "/bin/login");  // has a slash: relative to the file
  CHECK(made.exec->args == std::vector<std::string>{"a", "b"});
  CHECK(made.exec->env == std::vector<std::pair<std::string, std::string>>{{"NAME", "V"}});
  CHECK(made.exec->cluster_config == R"({"audience":"x"})");
  CHECK(made.exec->install_hint == "get it");
}

TEST_CASE("what kubectl refuses is refused, with what and where") {
  struct Case {
    const char* name;
    std::string cluster;
    std::string user;
    ErrorCode code;
    std::string says;
  };
  const std::string exec = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: x, ";
  const Case cases[] = {
      {"no server", "{}", "{}", ErrorCode::config, "the cluster has no server"},
      {"server of a wrong scheme", "{server: 'ftp://h'}", "{}", ErrorCode::config, "neither http"},
      {"server with blanks", "{server: 'https://h /'}", "{}", ErrorCode::config, "blanks"},
      {"server with a wrong port", "{server: 'https://h:x'}", "{}", ErrorCode::config, "port"},
      {"server of the wrong type", "{server: [x]}", "{}", ErrorCode::config, "must be a string"},
      {"data that is no base64",
       "{server: h, certificate-authority-data: '%'}",
       "{}",
       ErrorCode::config,
       "not base64"},
      {"a file that is missing",
       "{server: h, certificate-authority: none.crt}",
       "{}",
       ErrorCode::config,
       "none.crt"},
      {"insecure with a CA",
       "{server: h, certificate-authority-data: Q0E=, insecure-skip-tls-verify: true}",
       "{}",
       ErrorCode::config,
       "exclude each other"},
      {"a proxy of a wrong scheme",
       "{server: h, proxy-url: 'ftp://p'}",
       "{}",
       ErrorCode::config,
       "proxy-url"},
      {"a certificate without its key",
       plain,
       "{client-certificate-data: Q1JU}",
       ErrorCode::config,
       "client-key"},
      {"token and password",
       plain,
       "{token: s3cr3t, username: u}",
       ErrorCode::config,
       "both a token and a password"},
      {"groups without a user", plain, "{as-groups: [g]}", ErrorCode::config, "need \"as\""},
      {"auth-provider",
       plain,
       "{auth-provider: {name: gcp}}",
       ErrorCode::unsupported,
       "auth-provider \"gcp\""},
      {"exec of an old version",
       plain,
       "{exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}",
       ErrorCode::unsupported,
       "v1alpha1"},
      {"exec without a command",
       plain,
       "{exec: {apiVersion: client.authentication.k8s.io/v1}}",
       ErrorCode::config,
       "without a command"},
      {"exec that needs a terminal",
       plain,
       exec + "interactiveMode: Always}}",
       ErrorCode::unsupported,
       "interactiveMode"},
      {"a token of the wrong type",
       plain,
       "{token: [s3cr3t]}",
       ErrorCode::config,
       "\"token\" must be a string"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    try {
      connection(each.cluster, each.user);
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == each.code);
      CHECK_MESSAGE(has(error.what(), each.says), error.what());
      CHECK_MESSAGE(has(error.what(), "\"c\""), error.what());
      CHECK_FALSE(has(error.what(), "s3cr3t"));
    }
  }
}

TEST_CASE("broken files are refused with their place") {
  struct Case {
    const char* name;
    std::string text;
    std::string says;
  };
  const Case cases[] = {
      {"no YAML", "a: b\n  c: [\n", "config:"},
      {"no map", "- a\n", "must be a map"},
      {"another kind", "kind: Pod\n", "has kind \"Pod\""},
      {"a list that is none", "kind: Config\nclusters: 5\n", "config:2"},
      {"an item that is no map", "kind: Config\nclusters:\n- 5\n", "config:3"},
      {"a name twice", "users:\n- {name: a}\n- {name: a}\n", "config:3"},
      {"a cluster that is no map", "clusters:\n- {name: a, cluster: x}\n", "config:2"},
  };
  const Folder folder;
  for (const Case& each : cases) {
    CAPTURE(each.name);
    try {
      Kubeconfig::load({folder.write("config", each.text)});
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::config);
      CHECK_MESSAGE(has(error.what(), each.says), error.what());
    }
  }
  CHECK_THROWS_WITH_AS(
      Kubeconfig::load({folder.path() + "/none"}), doctest::Contains("/none"), Error);
}

TEST_CASE("an empty file is an empty kubeconfig, and an unknown context names those that exist") {
  const Folder folder;
  CHECK(Kubeconfig::load({folder.write("empty", "")}).contexts().empty());
  const Kubeconfig one = Kubeconfig::load({folder.write("one", config(plain, "{}"))});
  CHECK_THROWS_WITH_AS(one.connection("x"), doctest::Contains("it has c"), Error);
  const Kubeconfig lost =
      Kubeconfig::load({folder.write("lost", "contexts:\n- {name: c, context: {cluster: k}}\n")});
  CHECK_THROWS_WITH_AS(lost.connection("c"), doctest::Contains("the cluster \"k\""), Error);
}

TEST_CASE("a pod's service account is found by its files and variables") {
  const Folder folder;
  folder.write("token", "t");
  folder.write("ca.crt", "CA");
  folder.write("namespace", "web\n");
  const auto made = kube::service_account_connection(
      {.host = "fd00::1", .port = "443", .directory = folder.path()});
  REQUIRE(made);
  CHECK(made->server == "https://[fd00::1]:443");
  CHECK(made->token_file == folder.path() + "/token");
  CHECK(made->ca_pem == "CA");
  CHECK(made->ns == "web");
  CHECK_FALSE(
      kube::service_account_connection({.host = "", .port = "443", .directory = folder.path()}));
  CHECK_FALSE(
      kube::service_account_connection({.host = "h", .port = "443", .directory = "/nowhere"}));
}
