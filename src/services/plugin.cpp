#include "services/plugin.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "services/secrets.hpp"
#include "services/session.hpp"

#include <cctype>
#include <charconv>

namespace celldrift::services {
namespace {

using std::chrono::seconds;

constexpr seconds default_timeout{30};

// What the generator's ConfigMap says of its plugin.
struct Plugin {
  std::string name;  // the ConfigMap's
  std::string base_url;
  std::string token_reference;
  seconds timeout = default_timeout;
};

seconds timeout_of(const Fields& data, const Mark& mark) {
  const Value* stated = data.value().find("requestTimeout");
  if (!stated) {
    return default_timeout;
  }
  const std::string text = data.text("requestTimeout");
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || *read.ptr != '\0') {
    throw Error(ErrorCode::config,
                "the plugin's requestTimeout is no number: \"" + printable(text) + "\"",
                mark);
  }
  return number > 0 ? seconds(number) : default_timeout;
}

Plugin plugin_of(const Fields& spec, fleet::ArgoObjects* objects) {
  const std::optional<Fields> reference = spec.object("configMapRef");
  const std::string name = reference ? reference->text("name") : "";
  const std::optional<Value> map = objects ? objects->config_map(name) : std::nullopt;
  if (!map) {
    throw Error(ErrorCode::config,
                "there is no ConfigMap \"" + printable(name) +
                    "\" that says where the plugin is; give it under `objects` of "
                    "--generator-inputs, or read it from the hub (--hub-context)",
                spec.value().mark());
  }
  const std::string what = "ConfigMap " + printable(name);
  const Value* data = map->find("data");
  const Fields fields(data && data->is_map() ? *data : Value::map({}), Fields::From::spec, what);
  Plugin plugin{name, fields.text("baseUrl"), fields.text("token")};
  for (const auto& [value, field] :
       {std::pair(&plugin.base_url, "baseUrl"), std::pair(&plugin.token_reference, "token")}) {
    if (value->empty()) {
      throw Error(ErrorCode::config, std::string(field) + " not found in " + what, map->mark());
    }
  }
  plugin.timeout = timeout_of(fields, map->mark());
  return plugin;
}

// "my-plugin" as "MY_PLUGIN".
std::string in_capitals(const std::string& name) {
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    text += std::isalnum(byte) ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return text;
}

// "CELLDRIFT_PLUGIN_TOKEN_MY_PLUGIN": what is for one plugin alone.
std::string variable_for(const Plugin& plugin, const std::string& what) {
  return "CELLDRIFT_PLUGIN_" + what + "_" + in_capitals(plugin.name);
}

std::string token_of(const Plugin& plugin, const Environment& environment) {
  if (!plugin.token_reference.starts_with('$')) {
    // the reference itself stays out of the message: it looks like a token in the wrong place
    throw Error(ErrorCode::config,
                "the token of the ConfigMap " + printable(plugin.name) +
                    " does not reference a secret key starting with '$'");
  }
  const std::string own = variable_for(plugin, "TOKEN");
  const auto token = first_set(environment, {own, "CELLDRIFT_PLUGIN_TOKEN"});
  if (!token) {
    throw Error(ErrorCode::auth,
                "set " + own + " to the token of the plugin; the Secret that the ConfigMap " +
                    printable(plugin.name) + " names is in the cluster, and is not read");
  }
  // who writes the ConfigMap must not choose where our tokens go
  const std::string address = variable_for(plugin, "URL");
  const auto trusted = first_set(environment, {address, "CELLDRIFT_PLUGIN_URL"});
  if (!token->empty() && !same_server(plugin.base_url, trusted.value_or(""))) {
    throw Error(ErrorCode::auth,
                "the token of the plugin is sent to no server but the one that " + address +
                    " names; set it to the baseUrl of the ConfigMap " + printable(plugin.name) +
                    " if that is the plugin's");
  }
  return *token;
}

Account account_of(const Plugin& plugin, const std::string& token) {
  const BaseUrl base = split_base(plugin.base_url);
  Account account;
  account.endpoint.url = base.origin;
  account.prefix = base.path.ends_with('/') ? base.path : base.path + "/";
  account.authorization = token.empty() ? "" : "Bearer " + token;
  account.secrets = {token};
  account.hint =
      "the token is from " + variable_for(plugin, "TOKEN") + " or CELLDRIFT_PLUGIN_TOKEN";
  return account;
}

std::string body_of(const fleet::ServiceQuestion& question, const Fields& spec) {
  const std::optional<Fields> input = spec.object("input");
  const std::optional<Fields> parameters = input ? input->object("parameters") : std::nullopt;
  Value told = Value::map({});
  if (parameters && parameters->value().size()) {
    told = told.with("parameters", parameters->value());
  }
  return yaml::canonical_json(Value::map(
             {{"applicationSetName", Value::string(question.application_set)}, {"input", told}})) +
         "\n";
}

}  // namespace

Value ask_plugin(http::Client& network,
                 const LiveOptions& options,
                 const fleet::ServiceQuestion& question,
                 http::Deadline deadline) {
  const Fields spec(question.spec, Fields::From::spec, "plugin");
  const Plugin plugin = plugin_of(spec, options.objects);
  const std::string token = token_of(plugin, options.environment);
  Session session(network, account_of(plugin, token), options.limits, deadline);
  const http::Answer answer = session.send({.method = http::Method::post,
                                            .path = "api/v1/getparams.execute",
                                            .body = body_of(question, spec),
                                            .timeout = plugin.timeout});
  session.expect_success(answer);
  const Value given = session.json_if_any(answer);
  if (given.is_null()) {
    return Value::list({});  // Argo CD takes an empty answer for no parameters
  }
  const std::optional<Fields> output =
      Fields(given, Fields::From::answer, "answer").object("output");
  Value::List sets;
  for (const Fields& each : output ? output->objects("parameters") : std::vector<Fields>{}) {
    sets.push_back(each.value());
  }
  session.count_items(sets.size());
  return Value::list(std::move(sets));
}

}  // namespace celldrift::services
