#include "cli/remembered_services.hpp"

#include "celldrift/yaml/yaml.hpp"

namespace celldrift::cli {

Value RememberedServices::ask(const fleet::ServiceQuestion& question) {
  const std::string key =
      question.kind + '\0' + question.application_set + '\0' + yaml::canonical_json(question.spec);
  const std::lock_guard lock(mutex_);
  auto known = answers_.find(key);
  if (known == answers_.end()) {
    try {
      known = answers_.emplace(key, asked_.ask(question)).first;
    } catch (const Error& error) {
      known = answers_.emplace(key, error).first;
    }
  }
  if (const auto* error = std::get_if<Error>(&known->second)) {
    throw Error(*error);  // a copy: callers add their context
  }
  return std::get<Value>(known->second);
}

}  // namespace celldrift::cli
