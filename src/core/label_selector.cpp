#include "celldrift/core/label_selector.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift {
namespace {

using Operator = LabelRequirement::Operator;

[[noreturn]] void refuse(std::string_view requirement, std::string_view why) {
  throw Error(ErrorCode::usage,
              "label selector: \"" + std::string(requirement) + "\": " + std::string(why) +
                  "; write key=value, key!=value, key in (a, b), key notin (a, b), key or !key");
}

// At commas that are not within "(...)".
std::vector<std::string_view> requirements_of(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : 0;
    depth -= text[i] == ')' ? 1 : 0;
    if (text[i] == ',' && depth == 0) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

bool is_key(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
  });
}

std::string checked_key(std::string_view text, std::string_view requirement) {
  const std::string_view key = trim(text);
  if (!is_key(key)) {
    refuse(requirement, key.empty() ? "the key is missing" : "this is no label key");
  }
  return std::string(key);
}

std::vector<std::string> values_of(std::string_view list, std::string_view requirement) {
  const std::string_view text = trim(list);
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') {
    refuse(requirement, "values must be in brackets");
  }
  std::vector<std::string> values;
  for (const std::string_view value : split(text.substr(1, text.size() - 2), ',')) {
    values.emplace_back(trim(value));
  }
  return values;
}

std::optional<long long> number(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

LabelRequirement read(std::string_view text) {
  struct Sign {
    std::string_view text;
    Operator op;
  };
  static constexpr Sign signs[] = {{"!=", Operator::not_in},
                                   {"==", Operator::in},
                                   {"=", Operator::in},
                                   {">", Operator::greater},
                                   {"<", Operator::less}};
  static constexpr Sign words[] = {{" notin", Operator::not_in}, {" in", Operator::in}};
  const std::string_view whole = trim(text);
  for (const Sign& word : words) {
    const std::size_t at = whole.find(word.text);
    const std::string_view rest =
        at == std::string_view::npos ? "" : trim(whole.substr(at + word.text.size()));
    if (!rest.empty() && rest.front() == '(') {
      return {checked_key(whole.substr(0, at), whole), word.op, values_of(rest, whole)};
    }
  }
  if (whole.starts_with('!')) {
    return {checked_key(whole.substr(1), whole), Operator::does_not_exist, {}};
  }
  for (const Sign& sign : signs) {
    const std::size_t at = whole.find(sign.text);
    if (at != std::string_view::npos) {
      std::string value(trim(whole.substr(at + sign.text.size())));
      const bool is_order = sign.op == Operator::greater || sign.op == Operator::less;
      if (is_order ? !number(value) : !value.empty() && !is_key(value)) {
        refuse(whole, is_order ? "the value must be a whole number" : "this is no label value");
      }
      return {checked_key(whole.substr(0, at), whole), sign.op, {std::move(value)}};
    }
  }
  return {checked_key(whole, whole), Operator::exists, {}};
}

}  // namespace

LabelSelector::LabelSelector(std::string_view text) {
  if (trim(text).empty()) {
    return;
  }
  for (const std::string_view part : requirements_of(text)) {
    requirements_.push_back(read(part));
  }
}

bool LabelRequirement::holds(std::optional<std::string_view> label) const {
  const bool listed = label && std::ranges::find(values, *label) != values.end();
  switch (op) {
    case Operator::in:
      return listed;
    case Operator::not_in:
      return !listed;
    case Operator::exists:
      return label.has_value();
    case Operator::does_not_exist:
      return !label;
    case Operator::greater:
    case Operator::less: {
      const std::optional<long long> have = number(label.value_or(""));
      const std::optional<long long> bound = number(values.front());
      return have && (op == Operator::greater ? *have > *bound : *have < *bound);
    }
  }
  return false;
}

bool LabelSelector::matches(const Value* labels) const {
  return std::ranges::all_of(requirements_, [&](const LabelRequirement& requirement) {
    const Value* label = labels == nullptr ? nullptr : labels->find(requirement.key);
    return requirement.holds(label == nullptr     ? std::nullopt
                             : label->is_string() ? std::optional(label->as_string())
                                                  : std::optional(std::string_view()));
  });
}

bool LabelSelector::matches(const std::map<std::string, std::string>& labels) const {
  return std::ranges::all_of(requirements_, [&](const LabelRequirement& requirement) {
    const auto label = labels.find(requirement.key);
    return requirement.holds(
        label == labels.end() ? std::nullopt : std::optional(std::string_view(label->second)));
  });
}

}  // namespace celldrift
