// The ignoreDifferences of an Application's spec, and what is wrong with rules.

#include "celldrift/compare/argo_settings.hpp"
#include "compare/argo/jq.hpp"

#include <span>

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

Problem broken(const IgnoreRule& rule, const std::string& expression, const std::string& why) {
  return {.stage = Stage::compare,
          .message = "the jqPathExpression " + expression + " of " +
                     (rule.is_system ? "argocd-cm's " + rule.key
                                     : "ignoreDifferences for " + describe(rule)) +
                     " does not compile (" + why +
                     "): Argo CD compares nothing with it; objects that it is about and that "
                     "differ are unknown",
          .source = celldrift::describe(rule.mark),
          .unknown = LeavesUnknown::no};
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

std::string describe(const IgnoreRule& rule) {
  const std::string kind = rule.group.empty() ? rule.kind : rule.group + "/" + rule.kind;
  const std::string name = rule.ns.empty() ? rule.name : rule.ns + "/" + rule.name;
  return name.empty() ? kind : kind + " " + name;
}

std::vector<Problem> broken_rules(const std::vector<IgnoreRule>& rules) {
  std::vector<Problem> problems;
  for (const IgnoreRule& rule : rules) {
    for (const std::string& expression : rule.jq_expressions) {
      if (const auto why = jq_refusal(expression)) {
        problems.push_back(broken(rule, expression, *why));
      }
    }
  }
  return problems;
}

}  // namespace celldrift::compare
