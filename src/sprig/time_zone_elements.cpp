// Offsets and abbreviations of zones in layouts.
#include "sprig/time_elements.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace celldrift::sprig {
namespace {

// "+03": from -23 to +23. How many bytes it takes; 0 when it is none.
std::size_t signed_hours_length(std::string_view value) {
  if (!value.starts_with('+') && !value.starts_with('-')) {
    return 0;
  }
  const auto end = std::min(value.find_first_not_of("0123456789", 1), value.size());
  std::uint64_t hours = 0;
  const auto result = std::from_chars(value.data() + 1, value.data() + end, hours);
  return end == 1 || result.ec != std::errc{} || hours > 23 ? 0 : end;
}

// Abbreviations are what people make of them: three capital letters, or four or five with a T last.
std::size_t abbreviation_length(std::string_view value) {
  if (value.size() < 3) {
    return 0;
  }
  if (value.starts_with("ChST") || value.starts_with("MeST")) {
    return 4;
  }
  if (value.starts_with("GMT")) {
    return 3 + signed_hours_length(value.substr(3));
  }
  if (value.front() == '+' || value.front() == '-') {
    return signed_hours_length(value);
  }
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto six = value.substr(0, 6);
  const auto capitals = std::size_t(std::ranges::find_if_not(six, is_capital) - six.begin());
  switch (capitals) {
    case 3:
      return 3;
    case 4:
      return value[3] == 'T' || value.starts_with("WITA") ? 4 : 0;
    case 5:
      return value[4] == 'T' ? 5 : 0;
    default:
      return 0;
  }
}

// The two digits at `index`, where there must be some.
std::optional<int> two_digits(std::string_view value, std::size_t index) {
  auto rest = value.substr(index, 2);
  return take_digits(rest, Digits::two);
}

void append_sign(std::string& result, int minutes) {
  result += minutes < 0 ? '-' : '+';
}

}  // namespace

void write_offset(std::string& result, const GoTime& time, OffsetForm form) {
  const int offset = period_of(time).offset;
  if (offset == 0 && form.z_for_utc) {
    result += 'Z';
    return;
  }
  append_sign(result, offset / 60);
  const int minutes = std::abs(offset / 60);
  append_padded(result, minutes / 60, 2);
  if (form.minutes) {
    result += form.colons ? ":" : "";
    append_padded(result, minutes % 60, 2);
  }
  if (form.seconds) {
    // Go takes the sign of the minutes, also where an offset of less than one is negative.
    const int absolute = offset / 60 < 0 ? -offset : offset;
    result += form.colons ? ":" : "";
    append_padded(result, absolute % 60, 2);
  }
}

bool read_offset(std::string_view& value, ReadTime& time, OffsetForm form) {
  if (form.z_for_utc && value.starts_with('Z')) {
    value.remove_prefix(1);
    time.is_utc = true;
    return true;
  }
  const std::size_t step = form.colons ? 3 : 2;
  const std::size_t minutes_at = 1 + step;
  const std::size_t seconds_at = minutes_at + step;
  const std::size_t length = form.seconds ? seconds_at + 2 : form.minutes ? minutes_at + 2 : 3;
  if (value.size() < length || (form.colons && form.minutes && value[3] != ':') ||
      (form.colons && form.seconds && value[6] != ':')) {
    return false;
  }
  const auto hours = two_digits(value, 1);
  const auto minutes = form.minutes && hours ? two_digits(value, minutes_at) : std::optional(0);
  const auto seconds = form.seconds && minutes ? two_digits(value, seconds_at) : std::optional(0);
  const char sign = value.front();
  value.remove_prefix(length);

  // Up to 24, 60 and 60: some people write such offsets.
  if (hours.value_or(0) > 24) {
    time.out_of_range = "time zone offset hour";
  }
  if (minutes.value_or(0) > 60) {
    time.out_of_range = "time zone offset minute";
  }
  if (seconds.value_or(0) > 60) {
    time.out_of_range = "time zone offset second";
  }
  const int offset = (hours.value_or(0) * 60 + minutes.value_or(0)) * 60 + seconds.value_or(0);
  time.zone_offset = sign == '-' ? -offset : offset;
  return hours && minutes && seconds && (sign == '+' || sign == '-');
}

void write_zone_name(std::string& result, const GoTime& time, const LayoutChunk&) {
  const auto period = period_of(time);
  if (!period.name.empty()) {
    result += period.name;
    return;
  }
  write_offset(
      result, time, {.z_for_utc = false, .colons = false, .minutes = true, .seconds = false});
}

bool read_zone_name(std::string_view& value, ReadTime& time, const LayoutChunk&) {
  if (value.starts_with("UTC")) {
    value.remove_prefix(3);
    time.is_utc = true;
    return true;
  }
  const auto length = abbreviation_length(value);
  time.zone_name = value.substr(0, length);
  value.remove_prefix(length);
  return length > 0;
}

int hours_in_zone_name(std::string_view name) {
  if (name.size() <= 3 || !name.starts_with("GMT")) {
    return 0;
  }
  int hours = 0;
  std::from_chars(name.data() + 4, name.data() + name.size(), hours);
  return name[3] == '-' ? -hours : hours;
}

}  // namespace celldrift::sprig
