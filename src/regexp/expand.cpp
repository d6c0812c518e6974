#include "regexp/expand.hpp"

#include "celldrift/core/unicode.hpp"
#include "celldrift/core/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::regexp {
namespace {

std::size_t name_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const auto rune = utf8::decode(text.substr(length));
    if (!is_letter(rune.point) && !is_digit(rune.point) && rune.point != '_') {
      break;
    }
    length += rune.length;
  }
  return length;
}

// Takes "name" or "{name}"; "" (and takes nothing) when neither is there.
std::string_view take_name(std::string_view& rest) {
  const std::size_t brace = rest.starts_with('{') ? 1 : 0;
  const auto name = rest.substr(brace, name_length(rest.substr(brace)));
  const auto end = brace + name.size();
  if (name.empty() || (brace == 1 && !rest.substr(end).starts_with('}'))) {
    return {};
  }
  rest.remove_prefix(end + brace);
  return name;
}

// A number without leading zeros, of at most 9 digits: anything else is a name.
std::optional<std::size_t> as_group_number(std::string_view name) {
  if (name.size() > 9 || (name.size() > 1 && name.front() == '0')) {
    return std::nullopt;
  }
  std::size_t number = 0;
  const auto* end = name.data() + name.size();
  return std::from_chars(name.data(), end, number).ptr == end ? std::optional(number)
                                                              : std::nullopt;
}

}  // namespace

Replacement::Replacement(std::string_view text, const std::vector<std::string>& names) {
  parts_.emplace_back();
  while (true) {
    const auto sign = text.find('$');
    parts_.back().text += text.substr(0, sign);
    if (sign == std::string_view::npos) {
      return;
    }
    text.remove_prefix(sign + 1);
    if (text.starts_with('$')) {
      text.remove_prefix(1);
      parts_.back().text += '$';
    } else if (const auto name = take_name(text); !name.empty()) {
      add_groups(name, names);
      parts_.emplace_back();
    } else {
      parts_.back().text += '$';
    }
  }
}

void Replacement::add_groups(std::string_view name, const std::vector<std::string>& names) {
  auto& groups = parts_.back().groups;
  if (const auto number = as_group_number(name)) {
    if (*number <= names.size()) {
      groups.push_back(*number);
    }
  } else {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) {
        groups.push_back(i + 1);
      }
    }
  }
  uses_groups_ = uses_groups_ || !groups.empty();
}

void Replacement::append(std::string& result, const GroupText& group) const {
  for (const auto& part : parts_) {
    result += part.text;
    for (const auto index : part.groups) {
      if (const auto text = group(index)) {
        result += *text;
        break;
      }
    }
  }
}

}  // namespace celldrift::regexp
