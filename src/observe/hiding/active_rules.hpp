// The rules of a Scrubber that are about one kind.
#pragma once

#include "celldrift/core/text.hpp"
#include "celldrift/observe/scrubber.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace celldrift::observe {

// The text that whatever matches the glob has in it.
inline std::string_view literal_of(std::string_view glob) {
  const std::size_t start = std::min(glob.find_first_not_of('*'), glob.size());
  glob.remove_prefix(start);
  return glob.substr(0, glob.find_first_of("*?[\\"));
}

// What the API server writes of an object: it has names in it, and nobody's values.
inline bool is_record(std::string_view field) {
  return field == "managedFields" || field == "ownerReferences";
}

struct Scrubber::Active {
  std::vector<const Sensitive::Rule*> paths;
  // Those of "**.name", which most objects are looked through for: found on the way through.
  std::map<std::string_view, const Sensitive::Rule*> anywhere;
  std::vector<std::string_view> environment;
  std::unordered_set<std::string_view> fields;
  Hash kind;                    // whose rules these are
  bool is_application = false;  // Argo CD's: its sources state values of others

  void add(const Sensitive::Rule& rule, bool is_met_on_the_way) {
    if (!rule.env.empty()) {
      environment.push_back(rule.env);
    } else if (!rule.field.empty()) {
      fields.insert(rule.field);
    } else if (is_met_on_the_way) {
      anywhere.emplace(rule.path.back(), &rule);
    } else {
      paths.push_back(&rule);
    }
  }

  bool is_sensitive_variable(std::string_view name) const {
    return std::ranges::any_of(environment, [&](auto glob) { return glob_match(glob, name); });
  }
  // "auth.password": the last part of a chart's parameter is the name of a field.
  bool is_sensitive_parameter(std::string_view name) const {
    const std::string_view last = name.substr(name.rfind('.') + 1);
    return fields.contains(last) || is_sensitive_variable(last);
  }
  // Whether the JSON text of an object may have something that a rule is about.
  bool may_concern(std::string_view json) const {
    const auto holds = [&](std::string_view word) { return json.find(word) != json.npos; };
    return !paths.empty() || std::ranges::any_of(fields, holds) ||
           std::ranges::any_of(anywhere, [&](const auto& rule) { return holds(rule.first); }) ||
           std::ranges::any_of(environment, [&](auto glob) { return holds(literal_of(glob)); });
  }
};

}  // namespace celldrift::observe
