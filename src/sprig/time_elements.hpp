// How each element of a layout is written and read; see time_layout.hpp.
#pragma once

#include "sprig/time_layout.hpp"

namespace celldrift::sprig {

using WriteElement = decltype(LayoutElement::write);
using ReadElement = decltype(LayoutElement::read);

// A number, padded with zeros to a width.
void append_padded(std::string& text, std::int64_t number, int width);

// One or two digits; `fixed` takes two only.
enum class Digits { one_or_two, two };
std::optional<int> take_digits(std::string_view& value, Digits digits);
bool is_digit_at(std::string_view text, std::size_t index);

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
