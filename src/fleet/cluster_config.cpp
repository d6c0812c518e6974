#include "fleet/cluster_config.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/shape.hpp"

namespace celldrift::fleet {
namespace {

const Field tls_fields[] = {{"insecure", &boolean_shape},
                            {"serverName", &string_shape},
                            {"certData", &string_shape},
                            {"keyData", &string_shape},
                            {"caData", &string_shape}};
const Shape tls_shape{Shape::Kind::structure, tls_fields};
const Field config_fields[] = {{"username", &string_shape},
                               {"password", &string_shape},
                               {"bearerToken", &string_shape},
                               {"tlsClientConfig", &tls_shape},
                               {"awsAuthConfig", &raw_shape},
                               {"execProviderConfig", &raw_shape},
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

}  // namespace

Access access_of_config(const std::string& name, const std::string& server, std::string_view json) {
  const Value stated = json.empty() ? Value::map({}) : parse_config(json);
  const Value config =
      checked(stated.is_null() ? Value::map({}) : stated, config_shape, "its config");
  if (config.find("awsAuthConfig") != nullptr) {
    return Unreachable{
        "awsAuthConfig in its cluster Secret is not supported yet: give a kubeconfig context for "
        "it"};
  }
  if (config.find("execProviderConfig") != nullptr) {
    return Unreachable{
        "execProviderConfig in its cluster Secret is not supported yet (a command that a Secret "
        "names "
        "is not run): give a kubeconfig context for it"};
  }
  kube::Connection connection;
  connection.name = name;
  connection.server = server;
  connection.tls_server_name = config.string_at({"tlsClientConfig", "serverName"});
  connection.ca_pem = pem(config, "caData");
  connection.insecure_skip_tls_verify = flag(config, {"tlsClientConfig", "insecure"});
  connection.client_cert_pem = pem(config, "certData");
  connection.client_key_pem = pem(config, "keyData");
  connection.token = config.string_at({"bearerToken"});
  connection.username = config.string_at({"username"});
  connection.password = config.string_at({"password"});
  connection.proxy_url = config.string_at({"proxyUrl"});
  connection.disable_compression = flag(config, {"disableCompression"});
  return connection;
}

}  // namespace celldrift::fleet
