// The elements of Go's time layouts ("Jan", "02", ".000", "Z07:00"): a table in which each has the
// function that writes it and the one that reads it.
#pragma once

#include "sprig/go_time.hpp"

#include <string>
#include <string_view>

namespace celldrift::sprig {

// What is read of a text, field by field. Negative fields were not given.
struct ReadTime {
  std::int64_t year = 0;
  int month = -1;
  int day = -1;
  int year_day = -1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t nanosecond = 0;
  bool is_pm = false;
  bool is_am = false;
  bool is_utc = false;
  std::optional<int> zone_offset;
  std::string_view zone_name;
  std::string_view out_of_range;  // the field that is: "month"
};

struct LayoutElement;

// A literal text, then an element, then the rest of the layout.
struct LayoutChunk {
  std::string_view literal;
  const LayoutElement* element = nullptr;  // nullptr at the end
  std::string_view text;                   // of the element: ".000"
  std::string_view rest;
};

struct LayoutElement {
  std::string_view text;  // as layouts have it
  void (*write)(std::string& result, const GoTime& time, const LayoutChunk& chunk);
  // Takes the field off the front of `value`. False when it is not there.
  bool (*read)(std::string_view& value, ReadTime& time, const LayoutChunk& chunk);
};

LayoutChunk next_chunk(std::string_view layout);
bool is_fraction(const LayoutChunk& chunk);

}  // namespace celldrift::sprig
