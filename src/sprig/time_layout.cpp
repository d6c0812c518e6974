#include "sprig/time_layout.hpp"

#include "sprig/time_elements.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using Names = std::string_view (*)(int);

// --- numbers

enum class Field { month, day, hour, hour12, minute, second };

int field_of(const GoTime& time, Field field) {
  const auto civil = civil_of(time);
  switch (field) {
    case Field::month:
      return civil.month;
    case Field::day:
      return civil.day;
    case Field::hour:
      return civil.hour;
    case Field::hour12:
      return civil.hour % 12 == 0 ? 12 : civil.hour % 12;
    case Field::minute:
      return civil.minute;
    case Field::second:
      return civil.second;
  }
  return 0;
}

template <Field field, int width>
void write_number(std::string& result, const GoTime& time, const LayoutChunk&) {
  append_padded(result, field_of(time, field), width);
}

struct Range {
  int ReadTime::* target;
  int low;
  int high;
  std::string_view name;
};

// Days are checked at the end, when month and year are known; in the order of Field.
constexpr Range ranges[] = {
    {&ReadTime::month, 1, 12, "month"},
    {&ReadTime::day, 0, 99, ""},
    {&ReadTime::hour, 0, 23, "hour"},
    {&ReadTime::hour, 0, 12, "hour"},
    {&ReadTime::minute, 0, 59, "minute"},
    {&ReadTime::second, 0, 59, "second"},
};

template <Field field, Digits digits>
bool read_number(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  const auto& range = ranges[std::size_t(field)];
  const auto number = take_digits(value, digits);
  if (number && (*number < range.low || *number > range.high)) {
    time.out_of_range = range.name;
  }
  time.*range.target = number.value_or(0);
  return number.has_value();
}

// A fraction may follow also where the layout has none.
template <Digits digits>
bool read_second(std::string_view& value, ReadTime& time, const LayoutChunk& chunk) {
  if (!read_number<Field::second, digits>(value, time, chunk)) {
    return false;
  }
  const bool has_fraction =
      (value.starts_with('.') || value.starts_with(',')) && is_digit_at(value, 1);
  if (!time.out_of_range.empty() || !has_fraction || is_fraction(next_chunk(chunk.rest))) {
    return true;
  }
  const auto length = std::min(value.find_first_not_of("0123456789", 1), value.size());
  const bool ok = read_fraction(value, length, time);
  value.remove_prefix(length);
  return ok;
}

// --- names

// Three letters, or all.
template <std::size_t length>
void write_month(std::string& result, const GoTime& time, const LayoutChunk&) {
  result += month_name(civil_of(time).month).substr(0, length);
}

template <std::size_t length>
void write_weekday(std::string& result, const GoTime& time, const LayoutChunk&) {
  result += weekday_name(civil_of(time).weekday).substr(0, length);
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const char lower = char(x | 0x20);
    return x == y || (lower == char(y | 0x20) && lower >= 'a' && lower <= 'z');
  });
}

// Which of the names from `first` to `last` the value starts with.
std::optional<int> take_name(
    std::string_view& value, Names name_of_number, int first, int last, std::size_t length) {
  for (int i = first; i <= last; ++i) {
    const auto name = name_of_number(i).substr(0, length);
    if (equal_but_for_case(value.substr(0, name.size()), name)) {
      value.remove_prefix(name.size());
      return i;
    }
  }
  return std::nullopt;
}

template <std::size_t length>
bool read_month(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  const auto month = take_name(value, month_name, 1, 12, length);
  time.month = month.value_or(0);
  return month.has_value();
}

// Weekdays are read, and then ignored.
template <std::size_t length>
bool read_weekday(std::string_view& value, ReadTime&, const LayoutChunk&) {
  return take_name(value, weekday_name, 0, 6, length).has_value();
}

void write_half(std::string& result, const GoTime& time, const LayoutChunk& chunk) {
  const bool is_lower = chunk.text == "pm";
  const bool is_pm = civil_of(time).hour >= 12;
  result += is_lower ? (is_pm ? "pm" : "am") : (is_pm ? "PM" : "AM");
}

bool read_half(std::string_view& value, ReadTime& time, const LayoutChunk& chunk) {
  const bool is_lower = chunk.text == "pm";
  const auto half = value.substr(0, 2);
  if (half == (is_lower ? "pm" : "PM")) {
    time.is_pm = true;
  } else if (half == (is_lower ? "am" : "AM")) {
    time.is_am = true;
  } else {
    return false;
  }
  value.remove_prefix(2);
  return true;
}

// --- zones

template <bool z_for_utc, bool colons, bool minutes, bool seconds>
void write_offset_as(std::string& result, const GoTime& time, const LayoutChunk&) {
  write_offset(result, time, {z_for_utc, colons, minutes, seconds});
}

template <bool z_for_utc, bool colons, bool minutes, bool seconds>
bool read_offset_as(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  return read_offset(value, time, {z_for_utc, colons, minutes, seconds});
}

template <bool z_for_utc, bool colons, bool minutes, bool seconds>
constexpr LayoutElement offset_element(std::string_view text) {
  return {text,
          write_offset_as<z_for_utc, colons, minutes, seconds>,
          read_offset_as<z_for_utc, colons, minutes, seconds>};
}

constexpr LayoutElement zero_fraction{".0", write_zero_fraction, read_zero_fraction};
constexpr LayoutElement nine_fraction{".9", write_nine_fraction, read_nine_fraction};

// Where one text begins with another, the longer is first.
constexpr LayoutElement elements[] = {
    {"January", write_month<99>, read_month<99>},
    {"Jan", write_month<3>, read_month<3>},
    {"Monday", write_weekday<99>, read_weekday<99>},
    {"Mon", write_weekday<3>, read_weekday<3>},
    {"MST", write_zone_name, read_zone_name},
    {"01", write_number<Field::month, 2>, read_number<Field::month, Digits::two>},
    {"02", write_number<Field::day, 2>, read_number<Field::day, Digits::two>},
    {"03", write_number<Field::hour12, 2>, read_number<Field::hour12, Digits::two>},
    {"04", write_number<Field::minute, 2>, read_number<Field::minute, Digits::two>},
    {"05", write_number<Field::second, 2>, read_second<Digits::two>},
    {"06", write_short_year, read_short_year},
    {"002", write_year_day, read_year_day},
    {"15", write_number<Field::hour, 2>, read_number<Field::hour, Digits::one_or_two>},
    {"1", write_number<Field::month, 0>, read_number<Field::month, Digits::one_or_two>},
    {"2006", write_long_year, read_long_year},
    {"2", write_number<Field::day, 0>, read_number<Field::day, Digits::one_or_two>},
    {"_2", write_blank_padded_day, read_blank_padded_day},
    {"__2", write_year_day, read_year_day},
    {"3", write_number<Field::hour12, 0>, read_number<Field::hour12, Digits::one_or_two>},
    {"4", write_number<Field::minute, 0>, read_number<Field::minute, Digits::one_or_two>},
    {"5", write_number<Field::second, 0>, read_second<Digits::one_or_two>},
    {"PM", write_half, read_half},
    {"pm", write_half, read_half},
    offset_element<false, false, true, true>("-070000"),
    offset_element<false, true, true, true>("-07:00:00"),
    offset_element<false, false, true, false>("-0700"),
    offset_element<false, true, true, false>("-07:00"),
    offset_element<false, false, false, false>("-07"),
    offset_element<true, false, true, true>("Z070000"),
    offset_element<true, true, true, true>("Z07:00:00"),
    offset_element<true, false, true, false>("Z0700"),
    offset_element<true, true, true, false>("Z07:00"),
    offset_element<true, false, false, false>("Z07"),
};

// "Month" has no "Mon", and "_2006" is a "_" before a year.
bool is_part_of_word(std::string_view element, std::string_view layout) {
  if (element == "Jan" || element == "Mon") {
    return layout.size() > 3 && layout[3] >= 'a' && layout[3] <= 'z';
  }
  return element == "_2" && layout.starts_with("_2006");
}

// ".000" or ",999", which no other digit follows.
std::size_t fraction_length(std::string_view layout) {
  if (layout.size() < 2 || (layout[0] != '.' && layout[0] != ',') ||
      (layout[1] != '0' && layout[1] != '9')) {
    return 0;
  }
  const auto end = std::min(layout.find_first_not_of(layout[1], 1), layout.size());
  return is_digit_at(layout, end) ? 0 : end;
}

}  // namespace

LayoutChunk next_chunk(std::string_view layout) {
  for (std::size_t i = 0; i < layout.size(); ++i) {
    const auto rest = layout.substr(i);
    const auto chunk = [&](const LayoutElement& element, std::size_t length) {
      return LayoutChunk{
          layout.substr(0, i), &element, rest.substr(0, length), rest.substr(length)};
    };
    if (const auto length = fraction_length(rest)) {
      return chunk(rest[1] == '0' ? zero_fraction : nine_fraction, length);
    }
    for (const auto& element : elements) {
      if (rest.starts_with(element.text) && !is_part_of_word(element.text, rest)) {
        return chunk(element, element.text.size());
      }
    }
  }
  return {.literal = layout};
}

bool is_fraction(const LayoutChunk& chunk) {
  return chunk.element == &zero_fraction || chunk.element == &nine_fraction;
}

}  // namespace celldrift::sprig
