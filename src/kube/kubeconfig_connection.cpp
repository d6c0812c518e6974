// From a kubeconfig's context to a Connection, with client-go's rules on what wins and what is
// refused.
#include "celldrift/core/text.hpp"
#include "celldrift/kube/kubeconfig.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/fields.hpp"
#include "kube/server_url.hpp"

#include <algorithm>
#include <filesystem>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_pem_bytes = 4u << 20;
constexpr std::string_view exec_extension = "client.authentication.k8s.io/exec";

std::string resolve(const std::string& directory, const std::string& path) {
  return path.empty() || path.front() == '/' ? path
                                             : (std::filesystem::path(directory) / path).string();
}

// The bytes of "<field>-data" (base64), or else of the file that "<field>" names.
std::string embedded_or_file(const Value& entry,
                             const std::string& directory,
                             const std::string& field) {
  const std::string data_field = field + "-data";
  const std::string data = text_of(entry, data_field);
  std::string bytes;
  if (!data.empty()) {
    if (!base64_decode(data, bytes)) {
      throw Error(ErrorCode::config, data_field + " is not base64", entry.find(data_field)->mark());
    }
    return bytes;
  }
  const std::string path = resolve(directory, text_of(entry, field));
  if (path.empty()) {
    return "";
  }
  try {
    return read_file(path, max_pem_bytes);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, field + ": " + error.message(), entry.find(field)->mark());
  }
}

void check_proxy(const Value& cluster, const std::string& url) {
  const auto scheme = url.substr(0, url.find("://"));
  if (!url.empty() && scheme != "http" && scheme != "https" && scheme != "socks5") {
    throw Error(ErrorCode::config,
                "proxy-url must begin with http://, https:// or socks5://",
                cluster.find("proxy-url")->mark());
  }
}

void read_cluster(const Value& cluster, const std::string& directory, Connection& connection) {
  connection.server = text_of(cluster, "server");
  connection.tls_server_name = text_of(cluster, "tls-server-name");
  connection.insecure_skip_tls_verify = flag_of(cluster, "insecure-skip-tls-verify");
  connection.ca_pem = embedded_or_file(cluster, directory, "certificate-authority");
  connection.proxy_url = text_of(cluster, "proxy-url");
  connection.disable_compression = flag_of(cluster, "disable-compression");
  check_proxy(cluster, connection.proxy_url);
  if (connection.server.empty()) {
    throw Error(ErrorCode::config, "the cluster has no server", cluster.mark());
  }
  if (connection.insecure_skip_tls_verify && !connection.ca_pem.empty()) {
    throw Error(ErrorCode::config,
                "certificate-authority and insecure-skip-tls-verify exclude each other; remove one",
                cluster.mark());
  }
}

void read_impersonation(const Value& user, Connection& connection) {
  connection.impersonate_user = text_of(user, "as");
  connection.impersonate_uid = text_of(user, "as-uid");
  connection.impersonate_groups = texts_of(user, "as-groups");
  if (const Value* extra = present(user, "as-user-extra")) {
    for (const Value::Entry& entry : extra->entries()) {
      connection.impersonate_extra[entry.key.str()] = texts_of(*extra, entry.key);
    }
  }
  const bool more = !connection.impersonate_uid.empty() || !connection.impersonate_groups.empty() ||
                    !connection.impersonate_extra.empty();
  if (connection.impersonate_user.empty() && more) {
    throw Error(ErrorCode::config, "as-uid, as-groups and as-user-extra need \"as\"", user.mark());
  }
}

std::string api_version_of(const Value& exec) {
  const std::string version = text_of(exec, "apiVersion");
  if (version != "client.authentication.k8s.io/v1" &&
      version != "client.authentication.k8s.io/v1beta1") {
    throw Error(ErrorCode::unsupported,
                "exec plugin with apiVersion \"" + version +
                    "\"; use client.authentication.k8s.io/v1 or v1beta1",
                exec.mark());
  }
  return version;
}

// The plugin's settings for a cluster, which provideClusterInfo hands to it as they are.
std::string cluster_config(const Value& cluster) {
  for (const Value& extension : maps_of(cluster, "extensions")) {
    const Value* config = extension.find("extension");
    if (text_of(extension, "name") == exec_extension && config) {
      return yaml::emit_json(*config);
    }
  }
  return "";
}

ExecPlugin read_exec(const Value& exec, const std::string& directory, const Value& cluster) {
  ExecPlugin plugin;
  plugin.api_version = api_version_of(exec);
  plugin.command = text_of(exec, "command");
  plugin.args = texts_of(exec, "args");
  plugin.install_hint = text_of(exec, "installHint");
  plugin.provide_cluster_info = flag_of(exec, "provideClusterInfo");
  plugin.cluster_config = plugin.provide_cluster_info ? cluster_config(cluster) : "";
  for (const Value& variable : maps_of(exec, "env")) {
    plugin.env.emplace_back(text_of(variable, "name"), text_of(variable, "value"));
  }
  if (plugin.command.empty()) {
    throw Error(ErrorCode::config, "exec plugin without a command", exec.mark());
  }
  if (plugin.command.find('/') != std::string::npos) {
    plugin.command = resolve(directory, plugin.command);  // without a slash it is looked up in PATH
  }
  if (text_of(exec, "interactiveMode") == "Always") {
    throw Error(
        ErrorCode::unsupported,
        "exec plugin with interactiveMode Always; celldrift gives plugins no standard input",
        exec.mark());
  }
  return plugin;
}

void check_user(const Value& user, const Connection& connection) {
  const bool basic = !connection.username.empty() || !connection.password.empty();
  const bool token = !connection.token.empty() || !connection.token_file.empty();
  if (basic && token) {
    throw Error(
        ErrorCode::config, "the user has both a token and a password; remove one", user.mark());
  }
  if (connection.client_cert_pem.empty() != connection.client_key_pem.empty()) {
    throw Error(ErrorCode::config,
                "client-certificate and client-key (or their -data) must both be given",
                user.mark());
  }
  if (const Value* provider = present(user, "auth-provider")) {
    throw Error(ErrorCode::unsupported,
                "auth-provider \"" + std::string(provider->string_at({"name"})) +
                    "\" was removed from Kubernetes in 1.26; use an exec plugin",
                provider->mark());
  }
}

void read_user(const Value& user, const std::string& directory, Connection& connection) {
  connection.client_cert_pem = embedded_or_file(user, directory, "client-certificate");
  connection.client_key_pem = embedded_or_file(user, directory, "client-key");
  connection.token = text_of(user, "token");
  connection.token_file = resolve(directory, text_of(user, "tokenFile"));
  connection.username = text_of(user, "username");
  connection.password = text_of(user, "password");
  read_impersonation(user, connection);
  check_user(user, connection);
}

std::string known_names(const std::vector<Context>& contexts) {
  std::vector<std::string> names;
  for (const Context& context : contexts) {
    names.push_back(context.name);
  }
  return names.empty() ? "it has none" : "it has " + join(names, ", ");
}

}  // namespace

const Kubeconfig::Entry& Kubeconfig::entry(const std::map<std::string, Entry>& entries,
                                           std::string_view what,
                                           const std::string& name,
                                           std::string_view context) const {
  const auto found = entries.find(name);
  if (found == entries.end()) {
    throw Error(ErrorCode::config,
                "context \"" + std::string(context) + "\" names the " + std::string(what) + " \"" +
                    name + "\", which the kubeconfig does not have");
  }
  return found->second;
}

Connection Kubeconfig::connection(std::string_view name) const {
  const auto context = std::find_if(
      contexts_.begin(), contexts_.end(), [&](const Context& each) { return each.name == name; });
  if (context == contexts_.end()) {
    throw Error(
        ErrorCode::config,
        "no context \"" + std::string(name) + "\" in the kubeconfig; " + known_names(contexts_));
  }
  Connection connection;
  connection.name = context->name;
  connection.ns = context->ns;
  try {
    const Entry& cluster = entry(clusters_, "cluster", context->cluster, name);
    read_cluster(cluster.value, cluster.directory, connection);
    if (!context->user.empty()) {
      const Entry& user = entry(users_, "user", context->user, name);
      read_user(user.value, user.directory, connection);
      if (const Value* exec = present(user.value, "exec")) {
        connection.exec = read_exec(*exec, user.directory, cluster.value);
      }
    }
    normalise_server(connection);
  } catch (Error& error) {
    error.add_context("context \"" + std::string(name) + "\"");
    throw;
  }
  return connection;
}

}  // namespace celldrift::kube
