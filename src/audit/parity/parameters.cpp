#include "audit/parity/parameters.hpp"

namespace celldrift::audit {
namespace {

constexpr std::size_t most_parameters = 2000;  // of one Application: a git file may have any number

// "https://10.0.0.1:6443/x" -> "10.0.0.1".
std::string host_of(std::string_view server) {
  const std::size_t scheme = server.find("://");
  server.remove_prefix(scheme == server.npos ? 0 : scheme + 3);
  server = server.substr(0, server.find('/'));
  const std::size_t colon = server.rfind(':');
  const bool is_port =
      colon != server.npos && server.find_first_not_of("0123456789", colon + 1) == server.npos;
  return std::string(is_port ? server.substr(0, colon) : server);
}

void add_texts(const std::string& prefix, const Value& value, Parameters& parameters) {
  if (parameters.size() >= most_parameters) {
    return;
  }
  if (value.is_string()) {
    parameters.emplace(prefix, value.as_string());
  } else if (value.is_int()) {
    parameters.emplace(prefix, std::to_string(value.as_int()));
  }
  for (const Value::Entry& entry : value.entries()) {
    add_texts(
        prefix.empty() ? entry.key.str() : prefix + "." + entry.key.str(), entry.value, parameters);
  }
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    add_texts(prefix + "." + std::to_string(i), value.items()[i], parameters);
  }
}

}  // namespace

Parameters parameters_of(const CellSummary& summary, const KnownCell* known) {
  Parameters parameters{{"cell", summary.name}, {"server", summary.server}};
  parameters.emplace("server.host", host_of(summary.server));
  if (known != nullptr) {
    for (const auto& [name, value] : known->labels) {
      parameters.emplace("labels." + name, value);
    }
    for (const auto& [name, value] : known->annotations) {
      parameters.emplace("annotations." + name, value);
    }
  }
  return parameters;
}

Parameters parameters_of(const CellSummary& summary,
                         const KnownCell* known,
                         const Expected& application) {
  Parameters parameters = parameters_of(summary, known);
  parameters.emplace("application", application.application);
  parameters.emplace("namespace", application.ns);
  Parameters generated;
  add_texts("", application.parameters, generated);
  parameters.insert(generated.begin(), generated.end());
  return parameters;
}

}  // namespace celldrift::audit
