#include "fleet/generators/selector.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/names.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

using Operator = LabelRequirement::Operator;

void require_key(std::string_view key, const Mark& mark) {
  if (!is_label_key(key)) {
    throw Error(ErrorCode::config,
                "\"" + std::string(key) +
                    "\" is no label key: up to 63 letters, digits, \"-\", \"_\" and \".\", with "
                    "an optional \"domain/\" before them",
                mark);
  }
}

void require_value(std::string_view value, ValueRule rule, const Mark& mark) {
  if (rule == ValueRule::label && !is_label_value(value)) {
    throw Error(ErrorCode::config,
                "\"" + std::string(value) +
                    "\" is no label value: up to 63 letters, digits, \"-\", \"_\" and \".\", "
                    "beginning and ending with a letter or digit",
                mark);
  }
}

LabelRequirement read_expression(const Value& spec, ValueRule rule) {
  const std::string_view name = spec.string_at({"operator"});
  LabelRequirement requirement{std::string(spec.string_at({"key"})), Operator::in, {}};
  if (const Value* values = spec.find("values")) {
    for (const Value& value : values->items()) {
      requirement.values.emplace_back(value.as_string());
    }
  }
  const bool takes_values = name == "In" || name == "NotIn";
  if (name == "NotIn") {
    requirement.op = Operator::not_in;
  } else if (name == "Exists") {
    requirement.op = Operator::exists;
  } else if (name == "DoesNotExist") {
    requirement.op = Operator::does_not_exist;
  } else if (name != "In") {
    throw Error(ErrorCode::config,
                "\"" + std::string(name) +
                    "\" is not a selector operator: use In, NotIn, Exists or DoesNotExist",
                spec.mark());
  }
  if (takes_values == requirement.values.empty()) {
    throw Error(
        ErrorCode::config,
        "operator " + std::string(name) + (takes_values ? " needs values" : " takes no values"),
        spec.mark());
  }
  require_key(requirement.key, spec.mark());
  for (const std::string& value : requirement.values) {
    require_value(value, rule, spec.mark());
  }
  return requirement;
}

}  // namespace

Selector::Selector(const Value& spec, ValueRule rule, const std::string& path) {
  try {
    if (const Value* labels = spec.find("matchLabels")) {
      for (const auto& [key, value] : labels->entries()) {
        require_key(key.view(), value.mark());
        require_value(value.as_string(), rule, value.mark());
        requirements_.push_back({key.str(), Operator::in, {std::string(value.as_string())}});
      }
    }
    if (const Value* expressions = spec.find("matchExpressions")) {
      for (const Value& expression : expressions->items()) {
        requirements_.push_back(read_expression(expression, rule));
      }
    }
  } catch (Error& error) {
    throw error.add_context(path);
  }
}

bool Selector::matches(const FlatParams& labels) const {
  return std::ranges::all_of(requirements_, [&](const LabelRequirement& requirement) {
    const auto label = labels.find(requirement.key);
    return requirement.holds(
        label == labels.end() ? std::nullopt : std::optional<std::string_view>(label->second));
  });
}

}  // namespace celldrift::fleet
