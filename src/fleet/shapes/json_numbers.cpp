#include "fleet/shapes/json_numbers.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace celldrift::fleet {
namespace {

// The integer that is read back when Go writes a whole float64 as JSON: the shortest digits that
// tell it apart, then zeros. Nothing for other numbers and past 64 bits.
std::optional<std::int64_t> reread_integer(double number) {
  if (std::trunc(number) != number || std::abs(number) >= 1e19) {
    return std::nullopt;
  }
  char buffer[64];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string text(buffer, written.ptr);
  const std::size_t mark = text.find('e');
  std::string digits = text.substr(0, mark);
  std::erase(digits, '.');
  const std::size_t sign = number < 0 ? 1 : 0;
  digits.resize(sign + 1 + static_cast<std::size_t>(std::stoi(text.substr(mark + 1))), '0');
  std::int64_t result = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return read.ec == std::errc() ? std::optional(result) : std::nullopt;
}

}  // namespace

Value through_float64(const Value& number) {
  const std::optional<std::int64_t> whole = reread_integer(number.as_double());
  if (!whole) {
    return Value::real(number.as_double()).with_mark(number.mark());
  }
  return number.is_int() && number.as_int() == *whole
             ? number
             : Value::integer(*whole).with_mark(number.mark());
}

Value with_whole_numbers(const Value& tree) {
  if (tree.is_real()) {
    return through_float64(tree);
  }
  if (tree.is_list()) {
    Value::List items;
    for (const Value& item : tree.items()) {
      items.push_back(with_whole_numbers(item));
    }
    return Value::list(std::move(items)).with_mark(tree.mark());
  }
  if (tree.is_map()) {
    Value::Map entries;
    for (const auto& [key, value] : tree.entries()) {
      entries.push_back({key, with_whole_numbers(value)});
    }
    return Value::map(std::move(entries)).with_mark(tree.mark());
  }
  return tree;
}

}  // namespace celldrift::fleet
