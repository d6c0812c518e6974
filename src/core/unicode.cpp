#include "celldrift/core/unicode.hpp"

#include "core/unicode_tables.hpp"

#include <algorithm>

namespace celldrift {
namespace {

// The row that `point` may be in: the first that does not end before it.
template <typename Row>
const Row* find_row(std::span<const Row> rows, char32_t point) {
  const auto row = std::ranges::lower_bound(rows, point, {}, &Row::high);
  return row != rows.end() && row->low <= point ? &*row : nullptr;
}

bool is_in(std::span<const CharacterSpan> rows, char32_t point) {
  const CharacterSpan* row = find_row(rows, point);
  return row != nullptr && (point - row->low) % row->stride == 0;
}

enum class Half : char32_t { upper = 0, lower = 1 };

char32_t convert(char32_t point, std::int32_t CaseSpan::* delta, Half half) {
  const CaseSpan* row = find_row(cases, point);
  if (row == nullptr) {
    return point;
  }
  if (row->alternating) {
    return row->low + (((point - row->low) & ~char32_t{1}) | char32_t(half));
  }
  return char32_t(std::int32_t(point) + row->*delta);
}

}  // namespace

bool is_letter(char32_t point) {
  return is_in(letters, point);
}

bool is_digit(char32_t point) {
  return is_in(digits, point);
}

bool is_number(char32_t point) {
  return is_in(numbers, point);
}

bool is_punctuation(char32_t point) {
  return is_in(punctuation, point);
}

bool is_uppercase(char32_t point) {
  return is_in(uppercase, point);
}

bool is_lowercase(char32_t point) {
  return is_in(lowercase, point);
}

bool is_titlecase(char32_t point) {
  return is_in(titlecase, point);
}

bool is_space(char32_t point) {
  return is_in(spaces, point);
}

bool is_printable(char32_t point) {
  return is_in(printables, point);
}

char32_t to_upper(char32_t point) {
  return convert(point, &CaseSpan::upper, Half::upper);
}

char32_t to_lower(char32_t point) {
  return convert(point, &CaseSpan::lower, Half::lower);
}

char32_t to_title(char32_t point) {
  return convert(point, &CaseSpan::title, Half::upper);
}

}  // namespace celldrift
