#include "fleet/cells/cluster_config.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/shapes/shape.hpp"

namespace celldrift::fleet {
namespace {

const Field tls_fields[] = {{"insecure", &boolean_shape},
                            {"serverName", &string_shape},
                            {"certData", &string_shape},
                            {"keyData", &string_shape},
                            {"caData", &string_shape}};
const Shape tls_shape{Shape::Kind::structure, tls_fields};
const Field aws_fields[] = {
    {"clusterName", &string_shape}, {"roleARN", &string_shape}, {"profile", &string_shape}};
const Shape aws_shape{Shape::Kind::structure, aws_fields};
const Field exec_fields[] = {{"command", &string_shape},
                             {"args", &string_list_shape},
                             {"env", &string_map_shape},
                             {"apiVersion", &string_shape},
                             {"installHint", &string_shape},
                             {"provideClusterInfo", &boolean_shape},
                             {"config", &raw_shape}};
const Shape exec_shape{Shape::Kind::structure, exec_fields};
const Field config_fields[] = {{"username", &string_shape},
                               {"password", &string_shape},
                               {"bearerToken", &string_shape},
                               {"tlsClientConfig", &tls_shape},
                               {"awsAuthConfig", &aws_shape},
                               {"execProviderConfig", &exec_shape},
                               {"disableCompression", &boolean_shape},
                               {"proxyUrl", &string_shape}};
const Shape config_shape{Shape::Kind::structure, config_fields};

// The parser's own message could quote a token.
Value parse_config(std::string_view json) {
  try {
    return yaml::parse_json(json).value;
  } catch (const Error&) {
    throw Error(ErrorCode::config, "its config is not valid JSON");
  }
}

std::string pem(const Value& config, std::string_view key) {
  std::string bytes;
  if (!base64_decode(config.string_at({"tlsClientConfig", key}), bytes)) {
    throw Error(ErrorCode::config,
                "its config.tlsClientConfig." + std::string(key) + " is not base64");
  }
  return bytes;
}

bool flag(const Value& map, std::initializer_list<std::string_view> keys) {
  const Value* value = map.find(keys);
  return value != nullptr && value->is_bool() && value->as_bool();
}

Value read_config(std::string_view json) {
  const Value stated = json.empty() ? Value::map({}) : parse_config(json);
  return checked(stated.is_null() ? Value::map({}) : stated, config_shape, "its config");
}

// (Argo CD 3.5, ParseProxyUrl)
std::string proxy_url(const Value& config) {
  const std::string url(config.string_at({"proxyUrl"}));
  const std::string scheme = url.substr(0, url.find("://"));
  if (!url.empty() && scheme != "http" && scheme != "https" && scheme != "socks5") {
    throw Error(ErrorCode::config,
                "its config.proxyUrl must begin with http://, https:// or socks5://");
  }
  return url;
}

void read_tls(const Value& config, kube::Connection& connection) {
  connection.tls_server_name = config.string_at({"tlsClientConfig", "serverName"});
  connection.ca_pem = pem(config, "caData");
  connection.insecure_skip_tls_verify = flag(config, {"tlsClientConfig", "insecure"});
  connection.client_cert_pem = pem(config, "certData");
  connection.client_key_pem = pem(config, "keyData");
  if (connection.insecure_skip_tls_verify && !connection.ca_pem.empty()) {
    throw Error(ErrorCode::config,
                "its config.tlsClientConfig has both insecure and caData, which Kubernetes' client "
                "refuses; remove one");
  }
  if (connection.client_cert_pem.empty() != connection.client_key_pem.empty()) {
    throw Error(ErrorCode::config,
                "its config.tlsClientConfig must have both certData and keyData or neither");
  }
}

void read_plain(const Value& config, kube::Connection& connection) {
  connection.token = config.string_at({"bearerToken"});
  connection.username = config.string_at({"username"});
  connection.password = config.string_at({"password"});
  const bool basic = !connection.username.empty() || !connection.password.empty();
  if (basic && !connection.token.empty()) {
    throw Error(ErrorCode::config,
                "its config has both a bearerToken and a password, which Kubernetes' client "
                "refuses; remove one");
  }
}

kube::AwsSignIn read_aws(const Value& aws) {
  return {.cluster_name = std::string(aws.string_at({"clusterName"})),
          .role_arn = std::string(aws.string_at({"roleARN"})),
          .profile = std::string(aws.string_at({"profile"}))};
}

void check_exec(const kube::ExecPlugin& plugin) {
  if (plugin.command.empty()) {
    throw Error(ErrorCode::config, "its config.execProviderConfig has no command");
  }
  // What "bin/login" is depends on the folder that we are in, which may be anybody's repo.
  if (plugin.command.front() != '/' && plugin.command.find('/') != std::string::npos) {
    throw Error(ErrorCode::config,
                "its config.execProviderConfig.command must be a name or an absolute path");
  }
  if (plugin.api_version != "client.authentication.k8s.io/v1" &&
      plugin.api_version != "client.authentication.k8s.io/v1beta1") {
    throw Error(ErrorCode::config,
                "its config.execProviderConfig.apiVersion must be "
                "client.authentication.k8s.io/v1 or v1beta1");
  }
}

kube::ExecPlugin read_exec(const Value& exec) {
  kube::ExecPlugin plugin;
  plugin.command = exec.string_at({"command"});
  plugin.api_version = exec.string_at({"apiVersion"});
  plugin.install_hint = exec.string_at({"installHint"});
  plugin.provide_cluster_info = flag(exec, {"provideClusterInfo"});
  if (const Value* args = exec.find("args")) {
    for (const Value& arg : args->items()) {
      plugin.args.emplace_back(arg.as_string());
    }
  }
  if (const Value* env = exec.find("env")) {
    for (const auto& [name, value] : env->entries()) {
      plugin.env.emplace_back(name.str(), value.as_string());
    }
  }
  const Value* config = exec.find("config");
  if (config != nullptr && plugin.provide_cluster_info) {
    plugin.cluster_config = yaml::emit_json(*config);
  }
  check_exec(plugin);
  return plugin;
}

std::string_view special_sign_in(const Value& config) {
  if (config.find("awsAuthConfig") != nullptr) {
    return "awsAuthConfig";
  }
  return config.find("execProviderConfig") != nullptr ? "execProviderConfig" : "";
}

Unreachable not_allowed(std::string_view way) {
  const std::string_view what =
      way == "awsAuthConfig" ? "use this machine's AWS credentials" : "run a command";
  return Unreachable{"its cluster Secret has " + std::string(way) +
                     ", and a file may not make us " + std::string(what) +
                     ": allow it with --allow-exec, or read the Secrets from the hub with "
                     "--hub-context alone"};
}

// As client-go: a server without a scheme is https where anything is said about TLS.
std::string with_scheme(const std::string& server, const Value& config) {
  const Value* tls = config.find("tlsClientConfig");
  const bool has_scheme = server.find("://") != std::string::npos;
  return has_scheme ? server
                    : (tls != nullptr && tls->size() > 0 ? "https://" : "http://") + server;
}

}  // namespace

Access access_of_config(const std::string& name,
                        const std::string& server,
                        std::string_view json,
                        SignIn sign_in) {
  const Value config = read_config(json);
  kube::Connection connection;
  connection.name = name;
  connection.server = with_scheme(server, config);
  connection.proxy_url = proxy_url(config);
  connection.disable_compression = flag(config, {"disableCompression"});
  read_tls(config, connection);
  const std::string_view special = special_sign_in(config);
  if (special.empty()) {
    read_plain(config, connection);
    return connection;
  }
  if (sign_in == SignIn::plain) {
    return not_allowed(special);
  }
  if (special == "awsAuthConfig") {
    connection.aws = read_aws(*config.find("awsAuthConfig"));
  } else {
    connection.exec = read_exec(*config.find("execProviderConfig"));
  }
  return connection;
}

kube::Connection hub_with_config(kube::Connection hub, std::string_view json) {
  const Value config = read_config(json);
  kube::Connection stated;
  read_plain(config, stated);
  if (!stated.token.empty() || !stated.username.empty() || !stated.password.empty()) {
    hub.token = stated.token;
    hub.username = stated.username;
    hub.password = stated.password;
    hub.token_file.clear();
    hub.client_cert_pem.clear();
    hub.client_key_pem.clear();
    hub.exec.reset();
  }
  if (const std::string proxy = proxy_url(config); !proxy.empty()) {
    hub.proxy_url = proxy;
  }
  hub.disable_compression = hub.disable_compression || flag(config, {"disableCompression"});
  return hub;
}

}  // namespace celldrift::fleet
