#include "sprig/time_elements.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::sprig {

void append_padded(std::string& text, std::int64_t number, int width) {
  if (number < 0) {
    text += '-';
  }
  const auto digits =
      std::to_string(number < 0 ? 0 - std::uint64_t(number) : std::uint64_t(number));
  text.append(std::size_t(std::max(0, width - int(digits.size()))), '0');
  text += digits;
}

bool is_digit_at(std::string_view text, std::size_t index) {
  return index < text.size() && text[index] >= '0' && text[index] <= '9';
}

std::optional<int> take_digits(std::string_view& value, Digits digits) {
  const bool two = is_digit_at(value, 1);
  if (!is_digit_at(value, 0) || (!two && digits == Digits::two)) {
    return std::nullopt;
  }
  const int number = two ? (value[0] - '0') * 10 + (value[1] - '0') : value[0] - '0';
  value.remove_prefix(two ? 2 : 1);
  return number;
}

namespace {

// All of `text` as a number, which may have a sign.
std::optional<int> as_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  if (text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return negative ? -number : number;
}

std::string nine_digits(const GoTime& time) {
  std::string digits;
  append_padded(digits, time.nanoseconds, 9);
  return digits;
}

}  // namespace

// --- days that are padded with blanks, days of the year

void write_blank_padded_day(std::string& result, const GoTime& time, const LayoutChunk&) {
  const int day = civil_of(time).day;
  result += day < 10 ? " " : "";
  result += std::to_string(day);
}

bool read_blank_padded_day(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  value.remove_prefix(value.starts_with(' ') ? 1 : 0);
  const auto day = take_digits(value, Digits::one_or_two);
  time.day = day.value_or(0);
  return day.has_value();
}

void write_year_day(std::string& result, const GoTime& time, const LayoutChunk& chunk) {
  const auto digits = std::to_string(civil_of(time).year_day);
  result.append(3 - digits.size(), chunk.text.front() == '_' ? ' ' : '0');
  result += digits;
}

bool read_year_day(std::string_view& value, ReadTime& time, const LayoutChunk& chunk) {
  const bool blanks = chunk.text.front() == '_';
  for (int i = 0; i < 2 && blanks && value.starts_with(' '); ++i) {
    value.remove_prefix(1);
  }
  std::size_t count = 0;
  int number = 0;
  for (; count < 3 && is_digit_at(value, count); ++count) {
    number = number * 10 + (value[count] - '0');
  }
  if (count == 0 || (!blanks && count != 3)) {
    return false;
  }
  value.remove_prefix(count);
  time.year_day = number;
  return true;
}

// --- years

void write_long_year(std::string& result, const GoTime& time, const LayoutChunk&) {
  append_padded(result, civil_of(time).year, 4);
}

void write_short_year(std::string& result, const GoTime& time, const LayoutChunk&) {
  const auto year = civil_of(time).year;
  append_padded(result, (year < 0 ? -year : year) % 100, 2);
}

bool read_long_year(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  if (value.size() < 4 || !is_digit_at(value, 0)) {
    return false;
  }
  const auto year = as_number(value.substr(0, 4));
  value.remove_prefix(4);
  time.year = year.value_or(0);
  return year.has_value();
}

bool read_short_year(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  if (value.size() < 2) {
    return false;
  }
  const auto year = as_number(value.substr(0, 2));
  value.remove_prefix(2);
  time.year = year.value_or(0) + (year.value_or(0) >= 69 ? 1900 : 2000);
  return year.has_value();
}

// --- fractions of seconds

void write_zero_fraction(std::string& result, const GoTime& time, const LayoutChunk& chunk) {
  result += chunk.text.front();
  result += nine_digits(time).substr(0, chunk.text.size() - 1);
}

void write_nine_fraction(std::string& result, const GoTime& time, const LayoutChunk& chunk) {
  auto digits = nine_digits(time).substr(0, chunk.text.size() - 1);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (!digits.empty()) {
    result += chunk.text.front() + digits;
  }
}

bool read_zero_fraction(std::string_view& value, ReadTime& time, const LayoutChunk& chunk) {
  const auto length = chunk.text.size();
  if (value.size() < length) {
    return false;
  }
  const bool ok = read_fraction(value, length, time);
  value.remove_prefix(length);
  return ok;
}

// It may be missing, and have any number of digits.
bool read_nine_fraction(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  if ((!value.starts_with('.') && !value.starts_with(',')) || !is_digit_at(value, 1)) {
    return true;
  }
  const auto length = std::min(value.find_first_not_of("0123456789", 1), value.size());
  const bool ok = read_fraction(value, length, time);
  value.remove_prefix(length);
  return ok;
}

bool read_fraction(std::string_view text, std::size_t length, ReadTime& time) {
  if (text[0] != '.' && text[0] != ',') {
    return false;
  }
  length = std::min<std::size_t>(length, 10);
  const auto digits = as_number(text.substr(1, length - 1));
  if (!digits) {
    return false;
  }
  if (*digits < 0) {
    time.out_of_range = "fractional second";
    return true;
  }
  time.nanosecond = *digits;
  for (; length < 10; ++length) {
    time.nanosecond *= 10;
  }
  return true;
}

}  // namespace celldrift::sprig
