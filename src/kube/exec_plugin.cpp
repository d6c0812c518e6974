#include "kube/exec_plugin.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::kube {
namespace {

constexpr std::size_t max_shown_errors = 400;

[[noreturn]] void nonsense(const std::string& why) {
  throw Error(ErrorCode::auth, "the exec plugin's output " + why);
}

std::string shorten(std::string_view text) {
  const std::string_view trimmed = trim(text);
  return printable(trimmed.substr(0, max_shown_errors)) +
         (trimmed.size() > max_shown_errors ? "…" : "");
}

Value cluster_info(const Connection& connection) {
  Value cluster = Value::map({}).with("server", Value::string(connection.server));
  const auto add = [&](std::string_view field, const std::string& text) {
    if (!text.empty()) {
      cluster = cluster.with(field, Value::string(text));
    }
  };
  add("tls-server-name", connection.tls_server_name);
  add("certificate-authority-data", base64_encode(connection.ca_pem));
  add("proxy-url", connection.proxy_url);
  if (connection.insecure_skip_tls_verify) {
    cluster = cluster.with("insecure-skip-tls-verify", Value::boolean(true));
  }
  if (connection.disable_compression) {
    cluster = cluster.with("disable-compression", Value::boolean(true));
  }
  if (!connection.exec->cluster_config.empty()) {
    cluster = cluster.with("config", yaml::parse_json(connection.exec->cluster_config).value);
  }
  return cluster;
}

Value parse_output(const std::string& output) {
  try {
    return yaml::parse_json(output).value;
  } catch (const Error&) {
    nonsense("is not JSON");  // the parser's own message could quote it
  }
}

void check_complete(const ExecCredential& credential) {
  if (credential.client_cert_pem.empty() != credential.client_key_pem.empty()) {
    nonsense("must have both clientCertificateData and clientKeyData or neither");
  }
  if (credential.token.empty() && credential.client_cert_pem.empty()) {
    nonsense("has neither a token nor a client certificate");
  }
}

}  // namespace

std::string exec_info(const Connection& connection) {
  Value spec = Value::map({}).with("interactive", Value::boolean(false));
  if (connection.exec->provide_cluster_info) {
    spec = spec.with("cluster", cluster_info(connection));
  }
  const Value info = Value::map({})
                         .with("kind", Value::string("ExecCredential"))
                         .with("apiVersion", Value::string(connection.exec->api_version))
                         .with("spec", spec);
  return yaml::emit_json(info);
}

ExecCredential parse_exec_credential(const std::string& output, const std::string& api_version) {
  const Value value = parse_output(output);
  if (value.string_at({"kind"}) != "ExecCredential") {
    nonsense("is not an ExecCredential");
  }
  if (value.string_at({"apiVersion"}) != api_version) {
    nonsense("must have the apiVersion that the kubeconfig asks for, " + api_version);
  }
  ExecCredential credential;
  credential.token = value.string_at({"status", "token"});
  credential.client_cert_pem = value.string_at({"status", "clientCertificateData"});
  credential.client_key_pem = value.string_at({"status", "clientKeyData"});
  const std::string_view expires = value.string_at({"status", "expirationTimestamp"});
  if (!expires.empty()) {
    credential.expires = parse_time(expires);
    if (!credential.expires) {
      nonsense("has an expirationTimestamp that is not a time");
    }
  }
  check_complete(credential);
  return credential;
}

ExecCredential run_plugin(const Connection& connection,
                          const CommandLimits& limits,
                          const std::atomic<bool>& cancelled) {
  const ExecPlugin& plugin = *connection.exec;
  Command command{plugin.command, plugin.args, plugin.env};
  command.env.emplace_back("KUBERNETES_EXEC_INFO", exec_info(connection));
  CommandResult result;
  try {
    result = run(command, limits, cancelled);
  } catch (const Error& error) {
    const std::string hint = plugin.install_hint.empty() ? "" : "; " + shorten(plugin.install_hint);
    throw Error(ErrorCode::auth, "exec plugin: " + error.message() + hint);
  }
  if (result.status != 0) {
    const std::string said = shorten(result.errors);
    throw Error(ErrorCode::auth,
                "exec plugin \"" + plugin.command + "\" failed with status " +
                    std::to_string(result.status) + (said.empty() ? "" : ": " + said));
  }
  return parse_exec_credential(result.output, plugin.api_version);
}

}  // namespace celldrift::kube
