#include "compare/ignore.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

std::vector<std::string> strings(const Value& rule, std::string_view key) {
  std::vector<std::string> texts;
  const Value* list = rule.find(key);
  for (const Value& item : list == nullptr ? std::span<const Value>{} : list->items()) {
    if (item.is_string()) {
      texts.emplace_back(item.as_string());
    }
  }
  return texts;
}

bool at_or_below(std::string_view pointer, std::string_view ancestor) {
  return pointer.starts_with(ancestor) &&
         (pointer.size() == ancestor.size() || pointer[ancestor.size()] == '/');
}

}  // namespace

std::vector<IgnoreRule> ignore_rules(const Value& application_spec) {
  std::vector<IgnoreRule> rules;
  const Value* list = application_spec.find("ignoreDifferences");
  for (const Value& rule : list == nullptr ? std::span<const Value>{} : list->items()) {
    rules.push_back({.group = std::string(rule.string_at({"group"})),
                     .kind = std::string(rule.string_at({"kind"})),
                     .ns = std::string(rule.string_at({"namespace"})),
                     .name = std::string(rule.string_at({"name"})),
                     .json_pointers = strings(rule, "jsonPointers"),
                     .jq_expressions = strings(rule, "jqPathExpressions"),
                     .managers = strings(rule, "managedFieldsManagers"),
                     .mark = rule.mark()});
  }
  return rules;
}

const ArgoSettings& ArgoSettings::defaults() {
  static const ArgoSettings settings;
  return settings;
}

bool is_about(const IgnoreRule& rule, const ObjectKey& key) {
  return glob_match(rule.group, key.group) && glob_match(rule.kind, key.kind) &&
         (rule.ns.empty() || rule.ns == key.ns) && (rule.name.empty() || rule.name == key.name);
}

bool hides(const IgnoreRule& rule, const Difference& difference) {
  const std::string pointer = difference.path.pointer();
  const bool by_pointer = std::ranges::any_of(rule.json_pointers, [&](const std::string& ancestor) {
    return at_or_below(pointer, ancestor);
  });
  const bool by_manager =
      difference.owner &&
      std::ranges::find(rule.managers, difference.owner->manager) != rule.managers.end();
  return by_pointer || by_manager;
}

}  // namespace celldrift::compare
