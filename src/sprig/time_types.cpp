#include "sprig/time_types.hpp"

#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/format.hpp"

#include <cstdlib>

namespace celldrift::sprig {

using namespace gotemplate;

namespace {

// --- time.Month, time.Weekday

std::string month_text(const Any& value) {
  const auto month = value.as_int();
  return month >= 1 && month <= 12 ? std::string(month_name(int(month)))
                                   : "%!Month(" + std::to_string(std::uint64_t(month)) + ")";
}

std::string weekday_text(const Any& value) {
  const auto weekday = value.as_int();
  return weekday >= 0 && weekday <= 6 ? std::string(weekday_name(int(weekday)))
                                      : "%!Weekday(" + std::to_string(std::uint64_t(weekday)) + ")";
}

template <std::string (*text)(const Any&)>
Any string_of(const Call& call) {
  return call.heap.string(text(call[0]));
}

constexpr Function month_methods[] = {
    {"String", takes<month_type>, false, &string_type, string_of<month_text>},
};
constexpr Function weekday_methods[] = {
    {"String", takes<weekday_type>, false, &string_type, string_of<weekday_text>},
};

// --- *time.Location

std::string location_text(const Any& value) {
  return std::string(name_of(zone_of(value)));
}

constexpr Function location_methods[] = {
    {"String", takes<location_type>, false, &string_type, string_of<location_text>},
};

// Its fields are not exported, so that JSON has none.
Value location_json(const Any&) {
  return Value::map({});
}

// --- time.Duration

std::string duration_value_text(const Any& value) {
  return duration_text(value.as_int());
}

Any make_duration(Nanoseconds nanoseconds) {
  return Any::integer(nanoseconds, duration_type);
}

// Whole units, and the rest as a fraction: as Go computes it, to the last bit.
template <Nanoseconds unit>
Any in_units(const Call& call) {
  const auto duration = call[0].as_int();
  return Any::real(double(duration / unit) + double(duration % unit) / double(unit));
}

template <Nanoseconds unit>
Any in_whole_units(const Call& call) {
  return Any::integer(call[0].as_int() / unit, int64_type);
}

Any absolute(const Call& call) {
  const auto duration = call[0].as_int();
  return make_duration(duration == INT64_MIN ? INT64_MAX : std::abs(duration));
}

template <Nanoseconds (*change)(Nanoseconds, Nanoseconds)>
Any to_multiple(const Call& call) {
  return make_duration(change(call[0].as_int(), call[1].as_int()));
}

constexpr Nanoseconds one_minute = 60 * one_second;
constexpr Nanoseconds one_hour = 60 * one_minute;
constexpr auto one_duration = takes<duration_type>;
constexpr auto two_durations = takes<duration_type, duration_type>;

constexpr Function duration_methods[] = {
    {"Abs", one_duration, false, &duration_type, absolute},
    {"Hours", one_duration, false, &float64_type, in_units<one_hour>},
    {"Microseconds", one_duration, false, &int64_type, in_whole_units<1'000>},
    {"Milliseconds", one_duration, false, &int64_type, in_whole_units<1'000'000>},
    {"Minutes", one_duration, false, &float64_type, in_units<one_minute>},
    {"Nanoseconds", one_duration, false, &int64_type, in_whole_units<1>},
    {"Round", two_durations, false, &duration_type, to_multiple<round_duration>},
    {"Seconds", one_duration, false, &float64_type, in_units<one_second>},
    {"String", one_duration, false, &string_type, string_of<duration_value_text>},
    {"Truncate", two_durations, false, &duration_type, to_multiple<truncate_duration>},
};

const Type location_struct_type{.kind = Kind::structure, .name = "time.Location"};

}  // namespace

const Type month_type{
    .kind = Kind::int_, .name = "time.Month", .methods = month_methods, .text = month_text};
const Type weekday_type{
    .kind = Kind::int_, .name = "time.Weekday", .methods = weekday_methods, .text = weekday_text};
const Type location_type{.kind = Kind::pointer,
                         .name = "*time.Location",
                         .item = &location_struct_type,
                         .methods = location_methods,
                         .text = location_text,
                         .json = location_json};
const Type duration_type{.kind = Kind::int64,
                         .name = "time.Duration",
                         .methods = duration_methods,
                         .text = duration_value_text};

}  // namespace celldrift::sprig
