#include "fleet/templates/plain_fields.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

using gotemplate::Any;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// ".5" is a number.
bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

// The names of "{{ .a.b }}" between its braces; none for anything else. Trim markers and comments
// are something else.
std::vector<std::string> names_in(std::string_view action) {
  while (action.starts_with(' ')) {
    action.remove_prefix(1);
  }
  while (action.ends_with(' ')) {
    action.remove_suffix(1);
  }
  if (!action.starts_with('.')) {
    return {};
  }
  std::vector<std::string> names;
  for (const std::string_view name : split(action.substr(1), '.')) {
    if (!is_name(name)) {
      return {};
    }
    names.emplace_back(name);
  }
  return names;
}

// The string at the end of a path of names; null when there is none.
const Any* string_at(const Any& dot, const std::vector<std::string>& names) {
  const Any* value = &dot;
  for (const std::string& name : names) {
    const bool is_map = value->is(gotemplate::map_type) || value->is(gotemplate::string_map_type);
    if (!is_map || value->map_node() == nullptr) {
      return nullptr;
    }
    value = value->map_node()->find(name);
    if (value == nullptr) {
      return nullptr;
    }
  }
  return value->is(gotemplate::string_type) ? value : nullptr;
}

}  // namespace

std::optional<PlainFields> PlainFields::of(std::string_view text) {
  PlainFields fields;
  for (std::size_t open = text.find("{{"); open != text.npos; open = text.find("{{")) {
    const std::size_t close = text.find("}}", open);
    if (close == text.npos) {
      return std::nullopt;
    }
    std::vector<std::string> names = names_in(text.substr(open + 2, close - open - 2));
    if (names.empty()) {
      return std::nullopt;
    }
    fields.pieces_.push_back({std::string(text.substr(0, open)), {}});
    fields.pieces_.push_back({"", std::move(names)});
    text.remove_prefix(close + 2);
  }
  fields.pieces_.push_back({std::string(text), {}});
  return fields;
}

std::optional<std::string> PlainFields::render(const Any& dot, std::size_t max_bytes) const {
  std::string result;
  for (const Piece& piece : pieces_) {
    if (piece.names.empty()) {
      result += piece.literal;
      continue;
    }
    const Any* value = string_at(dot, piece.names);
    if (value == nullptr || value->as_string().size() > max_bytes) {
      return std::nullopt;
    }
    result += value->as_string();
  }
  return result.size() > max_bytes ? std::nullopt : std::optional(std::move(result));
}

}  // namespace celldrift::fleet
