// Words and letters: upper and lower case, snake_case, initials.
#include "celldrift/core/unicode.hpp"
#include "celldrift/core/utf8.hpp"
#include "sprig/families.hpp"
#include "sprig/values.hpp"
#include "sprig/word_cases.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any upper(const Call& call) {
  return call.heap.string(utf8::upper(text(call, 0)));
}

Any lower(const Call& call) {
  return call.heap.string(utf8::lower(text(call, 0)));
}

// What strings.Title, deprecated as it is, takes for the end of a word.
bool ends_word(char32_t point) {
  if (point < 0x80) {
    return !is_letter(point) && !is_digit(point) && point != '_';
  }
  return !is_letter(point) && !is_digit(point) && is_space(point);
}

Any title(const Call& call) {
  std::u32string points = utf8::points(text(call, 0));
  char32_t before = ' ';
  for (char32_t& point : points) {
    const char32_t original = point;
    point = ends_word(before) ? to_title(point) : point;
    before = original;
  }
  return call.heap.string(utf8::text(points));
}

Any untitle(const Call& call) {
  std::u32string points = utf8::points(text(call, 0));
  bool word_begins = true;
  for (char32_t& point : points) {
    if (is_space(point)) {
      word_begins = true;
    } else if (word_begins) {
      point = to_lower(point);
      word_begins = false;
    }
  }
  return call.heap.string(utf8::text(points));
}

Any swapcase(const Call& call) {
  std::u32string points = utf8::points(text(call, 0));
  bool after_blank = true;
  for (char32_t& point : points) {
    if (is_uppercase(point) || is_titlecase(point)) {
      point = to_lower(point);
      after_blank = false;
    } else if (is_lowercase(point)) {
      point = after_blank ? to_title(point) : to_upper(point);
      after_blank = false;
    } else {
      after_blank = is_space(point);
    }
  }
  return call.heap.string(utf8::text(points));
}

// goutils takes each byte for a code point, so that a letter past ASCII gives what its first byte
// is in Latin-1.
Any initials(const Call& call) {
  std::string result;
  bool word_begins = true;
  for (const char c : text(call, 0)) {
    const char32_t point = std::uint8_t(c);
    const bool blank = is_space(point);
    if (!blank && word_begins) {
      utf8::append(result, point);
    }
    word_begins = blank;
  }
  return call.heap.string(result);
}

Any camelcase(const Call& call) {
  return call.heap.string(pascal_case(text(call, 0)));
}

Any snakecase(const Call& call) {
  return call.heap.string(connected_lower_case(text(call, 0), '_'));
}

Any kebabcase(const Call& call) {
  return call.heap.string(connected_lower_case(text(call, 0), '-'));
}

constexpr auto one_text = takes<string_type>;

constexpr Function table[] = {
    {"camelcase", one_text, false, &string_type, camelcase},
    {"initials", one_text, false, &string_type, initials},
    {"kebabcase", one_text, false, &string_type, kebabcase},
    {"lower", one_text, false, &string_type, lower},
    {"snakecase", one_text, false, &string_type, snakecase},
    {"swapcase", one_text, false, &string_type, swapcase},
    {"title", one_text, false, &string_type, title},
    {"untitle", one_text, false, &string_type, untitle},
    {"upper", one_text, false, &string_type, upper},
};

}  // namespace

std::span<const Function> cases_functions() {
  return table;
}

}  // namespace celldrift::sprig
