#include "sprig/time_types.hpp"

#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "sprig/go_errors.hpp"

#include <cstdlib>

namespace celldrift::sprig {

using namespace gotemplate;

namespace {

extern const Type month_type;
extern const Type weekday_type;
extern const Type location_type;

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

const Type month_type{
    .kind = Kind::int_, .name = "time.Month", .methods = month_methods, .text = month_text};
const Type weekday_type{
    .kind = Kind::int_, .name = "time.Weekday", .methods = weekday_methods, .text = weekday_text};

// --- *time.Location

const Zone& zone_of(const Any& value) {
  return *static_cast<const Zone*>(value.object());
}

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

const Type location_struct_type{.kind = Kind::structure, .name = "time.Location"};
const Type location_type{.kind = Kind::pointer,
                         .name = "*time.Location",
                         .item = &location_struct_type,
                         .methods = location_methods,
                         .text = location_text,
                         .json = location_json};

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

// --- time.Time

std::string time_value_text(const Any& value) {
  return time_text(time_of(value));
}

// Throws Go's words for what RFC 3339 cannot express.
std::string rfc3339(const GoTime& time) {
  const auto year = civil_of(time).year;
  if (year < 0 || year > 9999) {
    fail("Time.MarshalJSON: year outside of range [0,9999]");
  }
  if (std::abs(period_of(time).offset / 60) >= 24 * 60) {
    fail("Time.MarshalJSON: timezone hour outside of range [0,23]");
  }
  return format_time(time, "2006-01-02T15:04:05.999999999Z07:00");
}

Value time_json(const Any& value) {
  try {
    return Value::string(rfc3339(time_of(value)));
  } catch (const Error& error) {
    fail("json: error calling MarshalJSON for type time.Time: " + error.message());
  }
}

template <auto field>
Any civil_field(const Call& call) {
  return Any::integer(civil_of(time_of(call[0])).*field);
}

Any month(const Call& call) {
  return Any::integer(civil_of(time_of(call[0])).month, month_type);
}

Any weekday(const Call& call) {
  return Any::integer(civil_of(time_of(call[0])).weekday, weekday_type);
}

Any nanosecond(const Call& call) {
  return Any::integer(time_of(call[0]).nanoseconds);
}

template <std::int64_t units_per_second>
Any unix_units(const Call& call) {
  const auto& time = time_of(call[0]);
  const auto fraction = time.nanoseconds / (one_second / units_per_second);
  return Any::integer(
      wrapping_add(wrapping_multiply(unix_seconds(time), units_per_second), fraction), int64_type);
}

std::strong_ordering order(const Call& call) {
  return compare_times(time_of(call[0]), time_of(call[1]));
}

Any compare(const Call& call) {
  return Any::integer(order(call) < 0 ? -1 : order(call) > 0 ? 1 : 0);
}
Any before(const Call& call) {
  return Any::boolean(order(call) < 0);
}
Any after(const Call& call) {
  return Any::boolean(order(call) > 0);
}
Any equal(const Call& call) {
  return Any::boolean(order(call) == 0);
}

Any add_duration(const Call& call) {
  return make_time_value(call.heap, add(time_of(call[0]), call[1].as_int()));
}

Any add_years_months_days(const Call& call) {
  const auto& time = time_of(call[0]);
  return make_time_value(call.heap,
                         add_date(time, call[1].as_int(), call[2].as_int(), call[3].as_int()));
}

Any difference(const Call& call) {
  return make_duration(subtract(time_of(call[0]), time_of(call[1])));
}

template <GoTime (*change)(const GoTime&, Nanoseconds)>
Any to_time_multiple(const Call& call) {
  return make_time_value(call.heap, change(time_of(call[0]), call[1].as_int()));
}

Any format(const Call& call) {
  return call.heap.string(format_time(time_of(call[0]), call[1].as_string()));
}

Any in_zone(const Call& call, Zone zone) {
  auto time = time_of(call[0]);
  time.zone = std::move(zone);
  return make_time_value(call.heap, std::move(time));
}

Any in(const Call& call) {
  return in_zone(call, zone_of(call[1]));
}
Any in_local_zone(const Call& call) {
  return in_zone(call, local_zone(call.environment));
}
Any in_utc(const Call& call) {
  return in_zone(call, nullptr);
}

Any location(const Call& call) {
  return Any::object(location_type, call.heap.make(time_of(call[0]).zone));
}

Any is_daylight(const Call& call) {
  return Any::boolean(period_of(time_of(call[0])).is_daylight);
}

Any is_zero(const Call& call) {
  const auto& time = time_of(call[0]);
  return Any::boolean(time.seconds == 0 && time.nanoseconds == 0);
}

Any make_bytes(Heap& heap, std::string_view bytes) {
  std::vector<Any> items;
  for (const char c : bytes) {
    items.push_back(Any::unsigned_integer(static_cast<unsigned char>(c), uint8_type));
  }
  return heap.make_list(std::move(items), byte_list_type);
}

Any marshal_json(const Call& call) {
  return make_bytes(call.heap, "\"" + rfc3339(time_of(call[0])) + "\"");
}

Any marshal_text(const Call& call) {
  try {
    return make_bytes(call.heap, rfc3339(time_of(call[0])));
  } catch (const Error& error) {
    const auto& message = error.message();
    fail("Time.MarshalText" + message.substr(message.find(": ")));
  }
}

// GoString: time.Date(2006, time.January, 2, 15, 4, 5, 0, time.UTC)
Any go_string(const Call& call) {
  const auto& time = time_of(call[0]);
  const auto civil = civil_of(time);
  const auto zone = time.zone == nullptr ? std::string("time.UTC")
                    : time.zone == local_zone(call.environment)
                        ? std::string("time.Local")
                        : "time.Location(" + quote_in_time_error(name_of(time.zone)) + ")";
  auto text =
      "time.Date(" + std::to_string(civil.year) + ", time." + std::string(month_name(civil.month));
  for (const auto number :
       {civil.day, civil.hour, civil.minute, civil.second, int(time.nanoseconds)}) {
    text += ", " + std::to_string(number);
  }
  return call.heap.string(text + ", " + zone + ")");
}

constexpr auto one_time = takes<time_type>;
constexpr auto two_times = takes<time_type, time_type>;
constexpr auto time_and_duration = takes<time_type, duration_type>;

constexpr Function time_methods[] = {
    {"Add", time_and_duration, false, &time_type, add_duration},
    {"AddDate",
     takes<time_type, int_type, int_type, int_type>,
     false,
     &time_type,
     add_years_months_days},
    {"After", two_times, false, &bool_type, after},
    {"Before", two_times, false, &bool_type, before},
    {"Compare", two_times, false, &int_type, compare},
    {"Day", one_time, false, &int_type, civil_field<&Civil::day>},
    {"Equal", two_times, false, &bool_type, equal},
    {"Format", takes<time_type, string_type>, false, &string_type, format},
    {"GoString", one_time, false, &string_type, go_string},
    {"Hour", one_time, false, &int_type, civil_field<&Civil::hour>},
    {"In", takes<time_type, location_type>, false, &time_type, in},
    {"IsDST", one_time, false, &bool_type, is_daylight},
    {"IsZero", one_time, false, &bool_type, is_zero},
    {"Local", one_time, false, &time_type, in_local_zone},
    {"Location", one_time, false, &location_type, location},
    {"MarshalJSON", one_time, false, &byte_list_type, marshal_json},
    {"MarshalText", one_time, false, &byte_list_type, marshal_text},
    {"Minute", one_time, false, &int_type, civil_field<&Civil::minute>},
    {"Month", one_time, false, &month_type, month},
    {"Nanosecond", one_time, false, &int_type, nanosecond},
    {"Round", time_and_duration, false, &time_type, to_time_multiple<round_time>},
    {"Second", one_time, false, &int_type, civil_field<&Civil::second>},
    {"String", one_time, false, &string_type, string_of<time_value_text>},
    {"Sub", two_times, false, &duration_type, difference},
    {"Truncate", time_and_duration, false, &time_type, to_time_multiple<truncate_time>},
    {"UTC", one_time, false, &time_type, in_utc},
    {"Unix", one_time, false, &int64_type, unix_units<1>},
    {"UnixMicro", one_time, false, &int64_type, unix_units<1'000'000>},
    {"UnixMilli", one_time, false, &int64_type, unix_units<1'000>},
    {"UnixNano", one_time, false, &int64_type, unix_units<one_second>},
    {"Weekday", one_time, false, &weekday_type, weekday},
    {"Year", one_time, false, &int_type, civil_field<&Civil::year>},
    {"YearDay", one_time, false, &int_type, civil_field<&Civil::year_day>},
};

}  // namespace

const Type duration_type{.kind = Kind::int64,
                         .name = "time.Duration",
                         .methods = duration_methods,
                         .text = duration_value_text};
const Type time_type{.kind = Kind::structure,
                     .name = "time.Time",
                     .methods = time_methods,
                     .text = time_value_text,
                     .json = time_json};

Any make_time_value(Heap& heap, GoTime time) {
  return Any::object(time_type, heap.make(std::move(time)));
}

const GoTime& time_of(const Any& value) {
  return *static_cast<const GoTime*>(value.object());
}

Zone local_zone(const Environment& environment) {
  return find_zone(environment.local_zone).value_or(nullptr);
}

GoTime now(const Environment& environment) {
  return time_at(environment.now, local_zone(environment));
}

}  // namespace celldrift::sprig
