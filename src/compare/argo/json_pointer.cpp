#include "compare/argo/json_pointer.hpp"

#include "celldrift/core/text.hpp"

#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace celldrift::compare {
namespace {

// "~1" is "/", "~0" is "~", in one pass.
std::string unescaped(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char next = i + 1 < part.size() ? part[i + 1] : '\0';
    if (part[i] == '~' && (next == '0' || next == '1')) {
      text += next == '0' ? '~' : '/';
      ++i;
    } else {
      text += part[i];
    }
  }
  return text;
}

// Go's strconv.Atoi takes a sign; negative indexes count from the end.
std::optional<std::size_t> index_in(std::string_view part, std::size_t size) {
  const bool has_plus = part.size() > 1 && part[0] == '+' && part[1] != '-';
  const std::string_view digits = has_plus ? part.substr(1) : part;
  long long index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  if (index < 0) {
    index += (long long)size;
  }
  if (index < 0 || index >= (long long)size) {
    return std::nullopt;
  }
  return std::size_t(index);
}

using Parts = std::span<const std::string>;

Value without(const Value& value, Parts parts);

Value without_in_list(const Value& list, Parts parts) {
  const auto index = index_in(parts.front(), list.size());
  if (!index) {
    return list;
  }
  Value::List items(list.items().begin(), list.items().end());
  if (parts.size() == 1) {
    items.erase(items.begin() + std::ptrdiff_t(*index));
  } else {
    Value changed = without(items[*index], parts.subspan(1));
    if (changed.same_node(items[*index])) {
      return list;
    }
    items[*index] = std::move(changed);
  }
  return Value::list(std::move(items)).with_mark(list.mark());
}

Value without_in_map(const Value& map, Parts parts) {
  const Value* entry = map.find(parts.front());
  if (entry == nullptr) {
    return map;
  }
  if (parts.size() == 1) {
    return map.without(parts.front()).with_mark(map.mark());
  }
  Value changed = without(*entry, parts.subspan(1));
  return changed.same_node(*entry) ? map : map.with(parts.front(), changed).with_mark(map.mark());
}

Value without(const Value& value, Parts parts) {
  if (value.is_list()) {
    return without_in_list(value, parts);
  }
  return value.is_map() ? without_in_map(value, parts) : value;
}

}  // namespace

Value without_pointer(const Value& value, std::string_view pointer) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(pointer, '/')) {
    parts.push_back(unescaped(part));
  }
  constexpr std::size_t max_parts = 1000;
  if (parts.size() < 2 || parts.size() > max_parts) {
    return value;
  }
  return without(value, Parts(parts).subspan(1));
}

}  // namespace celldrift::compare
