#include "compare/rights/admission_match.hpp"

#include "celldrift/core/kinds.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <span>

namespace celldrift::compare {
namespace {

std::span<const Value> items(const Value& map, std::string_view key) {
  const Value* list = map.find(key);
  return list == nullptr ? std::span<const Value>{} : list->items();
}

bool lists(std::span<const Value> texts, std::string_view text) {
  return std::ranges::any_of(texts, [&](const Value& each) {
    return each.is_string() && (each.as_string() == "*" || each.as_string() == text);
  });
}

// A kind's name in rules is its resource. How it is made of the kind is convention, kept by all
// generators of custom resources; the three forms do not clash in practice.
bool is_resource_of(std::string_view resource, std::string_view kind) {
  const std::string name = lower(kind);
  return resource == name || resource == name + "s" || resource == name + "es" ||
         (name.ends_with('y') && resource == name.substr(0, name.size() - 1) + "ies");
}

bool lists_resource(std::span<const Value> resources, std::string_view kind) {
  return std::ranges::any_of(resources, [&](const Value& each) {
    const auto parts = split(each.is_string() ? each.as_string() : "", '/');
    const bool is_object = parts.size() == 1 || parts[1] == "*";  // not one of its subresources
    return is_object && (parts[0] == "*" || is_resource_of(parts[0], kind));
  });
}

bool allows_scope(std::string_view scope, const Written& written) {
  return scope.empty() || scope == "*" || (scope == "Namespaced") == !written.key.ns.empty();
}

bool names(const Value& rule, bool exact_version, const Written& written) {
  const std::string_view version = version_of(written.desired.string_at({"apiVersion"}));
  const auto operations = items(rule, "operations");
  const auto object_names = items(rule, "resourceNames");
  return allows_scope(rule.string_at({"scope"}), written) &&
         (lists(operations, "CREATE") || lists(operations, "UPDATE")) &&
         lists(items(rule, "apiGroups"), written.key.group) &&
         (!exact_version || lists(items(rule, "apiVersions"), version)) &&
         lists_resource(items(rule, "resources"), written.key.kind) &&
         (object_names.empty() || lists(object_names, written.key.name));
}

// An object's labels may have been changed by the very call: those of before count as well.
Match selects_object(const Value* selector, const Written& written) {
  return either(selects(selector, labels_of(written.desired)),
                selects(selector, labels_of(written.live)));
}

Match selects_namespace(const Value* selector, const Written& written) {
  if (written.key.group_kind() == namespace_kind) {
    return selects_object(selector, written);
  }
  return written.key.ns.empty() ? Match::yes : selects(selector, written.of_namespace);
}

}  // namespace

bool is_exempt(const GroupKind& kind) {
  static constexpr std::string_view kinds[] = {"ValidatingWebhookConfiguration",
                                               "MutatingWebhookConfiguration",
                                               "ValidatingAdmissionPolicy",
                                               "ValidatingAdmissionPolicyBinding",
                                               "MutatingAdmissionPolicy",
                                               "MutatingAdmissionPolicyBinding"};
  return kind.group == "admissionregistration.k8s.io" &&
         std::ranges::find(kinds, kind.kind) != std::end(kinds);
}

Match matches_rules(const Value* rules, bool exact_version, const Written& written) {
  if (rules == nullptr) {
    return Match::no;
  }
  return match_of(std::ranges::any_of(
      rules->items(), [&](const Value& rule) { return names(rule, exact_version, written); }));
}

Match is_called(const Value& config, std::string_view rules_key, const Written& written) {
  const bool exact = config.string_at({"matchPolicy"}) == "Exact";
  const Value* rules = config.find(rules_key);
  Match match = rules == nullptr ? Match::yes : matches_rules(rules, exact, written);
  match = both(match, negated(matches_rules(config.find("excludeResourceRules"), exact, written)));
  match = both(match, selects_namespace(config.find("namespaceSelector"), written));
  return both(match, selects_object(config.find("objectSelector"), written));
}

}  // namespace celldrift::compare
