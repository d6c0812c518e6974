// Exact, in nanoseconds: a fraction counts as far as it is whole nanoseconds, as in Go.

#include "compare/meaning/duration.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace celldrift::compare {
namespace {

// Kubernetes has no use for more, and it keeps sums far from overflow.
constexpr std::size_t max_digits = 12;
constexpr std::size_t max_parts = 64;

struct Unit {
  std::string_view text;
  std::int64_t nanoseconds;
};
constexpr std::int64_t second = 1'000'000'000;
constexpr Unit go_units[] = {
    {"ns", 1},
    {"us", 1000},
    {"\u00b5s", 1000},
    {"\u03bcs", 1000},
    {"ms", 1'000'000},
    {"s", second},
    {"m", 60 * second},
    {"h", 3600 * second},
};
// strfmt.ParseDuration: units by the words that people use.
constexpr Unit words[] = {
    {"ns", 1},
    {"nano", 1},
    {"nanosecond", 1},
    {"us", 1000},
    {"\u00b5s", 1000},
    {"micro", 1000},
    {"microsecond", 1000},
    {"ms", 1'000'000},
    {"milli", 1'000'000},
    {"millisecond", 1'000'000},
    {"s", second},
    {"sec", second},
    {"second", second},
    {"m", 60 * second},
    {"min", 60 * second},
    {"minute", 60 * second},
    {"h", 3600 * second},
    {"hr", 3600 * second},
    {"hour", 3600 * second},
    {"d", 86400 * second},
    {"day", 86400 * second},
    {"w", 7 * 86400 * second},
    {"wk", 7 * 86400 * second},
    {"week", 7 * 86400 * second},
};

// A sum of whole nanoseconds; wide enough for all that max_digits and max_parts let in.
__extension__ using Nanoseconds = __int128;

std::string_view take(std::string_view& text, std::string_view allowed) {
  const std::size_t end = std::min(text.find_first_not_of(allowed), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) {
    value = value * 10 + (digit - '0');
  }
  return value;
}

template <std::size_t N>
const Unit* unit_named(const Unit (&units)[N], std::string_view text) {
  const auto found = std::ranges::find(units, text, &Unit::text);
  return found == std::end(units) ? nullptr : &*found;
}

constexpr std::string_view digits = "0123456789";

// "1.5h": number, fraction and unit.
std::optional<Nanoseconds> take_part(std::string_view& text) {
  const std::string_view whole = take(text, digits);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take(text, digits);
  }
  const std::string_view name =
      text.substr(0, std::min(text.find_first_of(".0123456789"), text.size()));
  text.remove_prefix(name.size());
  const Unit* unit = unit_named(go_units, name);
  if ((whole.empty() && fraction.empty()) || whole.size() > max_digits || unit == nullptr) {
    return std::nullopt;
  }
  fraction = fraction.substr(0, max_digits);
  Nanoseconds scale = 1;
  for (std::size_t i = 0; i < fraction.size(); ++i) {
    scale *= 10;
  }
  return Nanoseconds(number(whole)) * unit->nanoseconds +
         Nanoseconds(number(fraction)) * unit->nanoseconds / scale;
}

std::optional<Nanoseconds> as_go(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (text == "0") {
    return 0;
  }
  Nanoseconds sum = 0;
  std::size_t parts = 0;
  do {
    const auto part = take_part(text);
    if (!part || ++parts > max_parts) {
      return std::nullopt;
    }
    sum += *part;
  } while (!text.empty());
  return negative ? -sum : sum;
}

// "1 day 2 hours"; an s at the end of a word means nothing.
std::optional<Nanoseconds> as_words(std::string_view text) {
  Nanoseconds sum = 0;
  std::size_t parts = 0;
  while (!(text = trim(text)).empty()) {
    const std::string_view count = take(text, digits);
    text = trim(text);
    const std::size_t end = std::min(text.find_first_of("0123456789 \t"), text.size());
    std::string name = lower(text.substr(0, end));
    text.remove_prefix(end);
    const Unit* unit = unit_named(words, name);
    if (unit == nullptr && name.ends_with('s')) {
      name.pop_back();
      unit = unit_named(words, name);
    }
    if (count.empty() || count.size() > max_digits || unit == nullptr || ++parts > max_parts) {
      return std::nullopt;
    }
    sum += Nanoseconds(number(count)) * unit->nanoseconds;
  }
  return parts == 0 ? std::nullopt : std::optional(sum);
}

std::optional<Nanoseconds> parse(std::string_view text) {
  const auto length = as_go(text);
  return length ? length : as_words(text);
}

}  // namespace

bool same_duration(std::string_view stated, std::string_view stored) {
  if (stated == stored) {
    return true;
  }
  const auto want = parse(stated);
  const auto have = parse(stored);
  return want && have && *want == *have;
}

}  // namespace celldrift::compare
