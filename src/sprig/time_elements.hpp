// How each element of a layout is written and read; see time_layout.hpp.
#pragma once

#include "sprig/time_layout.hpp"

namespace celldrift::sprig {

// A number, padded with zeros to a width.
void append_padded(std::string& text, std::int64_t number, int width);

// One or two digits; `fixed` takes two only.
enum class Digits { one_or_two, two };
std::optional<int> take_digits(std::string_view& value, Digits digits);
bool is_digit_at(std::string_view text, std::size_t index);

// Days of the month padded with a blank; days of the year, padded with blanks or zeros.
void write_blank_padded_day(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_blank_padded_day(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);
void write_year_day(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_year_day(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);

// Years, of four digits and of two.
void write_long_year(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_long_year(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);
void write_short_year(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_short_year(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);

// Fractions of seconds: ".000" keeps zeros at the end, ".999" drops them.
void write_zero_fraction(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_zero_fraction(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);
void write_nine_fraction(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_nine_fraction(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);
// ".5" or ",25": takes `length` bytes, of which no more than 10 count.
bool read_fraction(std::string_view text, std::size_t length, ReadTime& time);

// The forms of offsets: "-07:00", "Z0700", ….
struct OffsetForm {
  bool z_for_utc;
  bool colons;
  bool minutes;
  bool seconds;
};
void write_offset(std::string& result, const GoTime& time, OffsetForm form);
bool read_offset(std::string_view& value, ReadTime& time, OffsetForm form);
void write_zone_name(std::string& result, const GoTime& time, const LayoutChunk& chunk);
bool read_zone_name(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);

// "GMT+3": the hours that the name has; 0 for other names.
int hours_in_zone_name(std::string_view name);

}  // namespace celldrift::sprig
