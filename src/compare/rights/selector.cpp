#include "compare/rights/selector.hpp"

namespace celldrift::compare {
namespace {

// Whether a label is there and has one of the values (any where there is no list).
Match has(const Labels& labels, std::string_view key, const Value* values) {
  const Value* label = labels.values.find(key);
  if (label == nullptr) {
    return labels.complete ? Match::no : Match::unknown;
  }
  return match_of(values == nullptr ||
                  std::ranges::find(values->items(), *label) != values->items().end());
}

Match holds(const Value& requirement, const Labels& labels) {
  const std::string_view key = requirement.string_at({"key"});
  const std::string_view how = requirement.string_at({"operator"});
  const bool is_about_values = how == "In" || how == "NotIn";
  static const Value none = Value::list({});
  const Value* values = requirement.find("values");
  const Match found = has(labels, key, !is_about_values ? nullptr : values ? values : &none);
  return how == "NotIn" || how == "DoesNotExist" ? negated(found) : found;
}

}  // namespace

Match selects(const Value* selector, const Labels& labels) {
  Match match = Match::yes;
  if (selector == nullptr) {
    return match;
  }
  if (const Value* wanted = selector->find("matchLabels")) {
    for (const Value::Entry& label : wanted->entries()) {
      const Value value = Value::list({label.value});
      match = both(match, has(labels, label.key, &value));
    }
  }
  if (const Value* requirements = selector->find("matchExpressions")) {
    for (const Value& requirement : requirements->items()) {
      match = both(match, holds(requirement, labels));
    }
  }
  return match;
}

Labels labels_of(const Value& object) {
  const Value* labels = object.find({"metadata", "labels"});
  return {.values = labels == nullptr ? Value() : *labels};
}

}  // namespace celldrift::compare
