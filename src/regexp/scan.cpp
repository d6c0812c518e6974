#include "regexp/scan.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/utf8.hpp"

#include <string>

namespace celldrift::regexp {
namespace {

constexpr std::string_view invalid_escape = "invalid escape sequence";

bool is_octal(std::string_view rest) {
  return !rest.empty() && rest.front() >= '0' && rest.front() <= '7';
}

bool is_word_character(char32_t rune) {
  return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') ||
         (rune >= 'a' && rune <= 'z');
}

int hex_digit(char32_t rune) {
  if (rune >= '0' && rune <= '9') {
    return int(rune - '0');
  }
  const char32_t lower = rune | 0x20;
  return lower >= 'a' && lower <= 'f' ? int(lower - 'a') + 10 : -1;
}

// Up to three digits, of which `first` is already taken.
char32_t take_octal(char32_t first, std::string_view& rest) {
  char32_t value = first - '0';
  for (int i = 1; i < 3 && is_octal(rest); ++i) {
    value = value * 8 + char32_t(rest.front() - '0');
    rest.remove_prefix(1);
  }
  return value;
}

// What follows "\x{", up to "}".
std::optional<char32_t> take_braced_hex(std::string_view& rest) {
  char32_t value = 0;
  for (bool any = false; !rest.empty(); any = true) {
    const auto rune = take_rune(rest);
    if (rune == '}') {
      return any ? std::optional(value) : std::nullopt;
    }
    const int digit = hex_digit(rune);
    if (digit < 0) {
      return std::nullopt;
    }
    value = value * 16 + char32_t(digit);
    if (value > 0x10FFFF) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<char32_t> take_hex(std::string_view& rest) {
  if (rest.empty()) {
    return std::nullopt;
  }
  const auto first = take_rune(rest);
  if (first == '{') {
    return take_braced_hex(rest);
  }
  const int high = hex_digit(first);
  const int low = hex_digit(take_rune(rest));
  return high < 0 || low < 0 ? std::nullopt : std::optional(char32_t(high * 16 + low));
}

struct ControlEscape {
  char32_t letter;
  char32_t rune;
};
// There is no \b: within a pattern it is a word boundary, and in classes Go does not have it.
constexpr ControlEscape control_escapes[] = {
    {'a', '\a'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'v', '\v'}};

std::optional<char32_t> take_after_backslash(std::string_view& rest) {
  const auto rune = take_rune(rest);
  if (rune == '0' || (rune >= '1' && rune <= '7' && is_octal(rest))) {  // \1 would refer back
    return take_octal(rune, rest);
  }
  if (rune == 'x') {
    return take_hex(rest);
  }
  for (const auto& escape : control_escapes) {
    if (escape.letter == rune) {
      return escape.rune;
    }
  }
  return rune < 0x80 && !is_word_character(rune) ? std::optional(rune) : std::nullopt;
}

// Digits without a leading zero; -1 past 1e8.
std::optional<int> take_count(std::string_view& rest) {
  const auto digits = rest.substr(0, rest.find_first_not_of("0123456789"));
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) {
    return std::nullopt;
  }
  rest.remove_prefix(digits.size());
  return digits.size() > 9 ? -1 : std::stoi(std::string(digits));
}

}  // namespace

void fail(std::string_view problem, std::string_view part) {
  throw Error(ErrorCode::config,
              "error parsing regexp: " + std::string(problem) + ": `" + std::string(part) + "`");
}

char32_t take_rune(std::string_view& rest) {
  const auto rune = utf8::decode(rest);
  if (rune.is_broken() && rune.length == 1) {
    fail("invalid UTF-8", rest);
  }
  rest.remove_prefix(rune.length);
  return rune.point;
}

void require_utf8(std::string_view text) {
  while (!text.empty()) {
    take_rune(text);
  }
}

char32_t take_escape(std::string_view& rest) {
  const auto start = rest;
  rest.remove_prefix(1);
  if (rest.empty()) {
    fail("trailing backslash at end of expression", "");
  }
  const auto rune = take_after_backslash(rest);
  if (!rune) {
    fail(invalid_escape, taken(start, rest));
  }
  return *rune;
}

std::optional<Repetition> take_counts(std::string_view& rest) {
  auto ahead = rest.substr(1);
  const auto min = take_count(ahead);
  if (!min || ahead.empty()) {
    return std::nullopt;
  }
  Repetition counts{*min, *min};
  if (ahead.front() == ',') {
    ahead.remove_prefix(1);
    counts.max = -1;
    if (!ahead.starts_with('}')) {
      const auto max = take_count(ahead);
      if (!max) {
        return std::nullopt;
      }
      counts.max = *max;
      counts.min = *max < 0 ? -1 : counts.min;
    }
  }
  if (!ahead.starts_with('}')) {
    return std::nullopt;
  }
  rest = ahead.substr(1);
  return counts;
}

}  // namespace celldrift::regexp
