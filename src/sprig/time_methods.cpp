// time.Time and its methods.
#include "celldrift/core/value.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/time_types.hpp"
#include "sprig/values.hpp"

#include <cstdlib>

namespace celldrift::sprig {

using namespace gotemplate;

namespace {

std::string time_value_text(const Any& value) {
  return time_text(time_of(value));
}

Any text_method(const Call& call) {
  return call.heap.string(time_value_text(call[0]));
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
  return Any::integer(subtract(time_of(call[0]), time_of(call[1])), duration_type);
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

Any marshal_json(const Call& call) {
  return bytes_value(call.heap, "\"" + rfc3339(time_of(call[0])) + "\"");
}

Any marshal_text(const Call& call) {
  try {
    return bytes_value(call.heap, rfc3339(time_of(call[0])));
  } catch (const Error& error) {
    const auto& message = error.message();
    fail("Time.MarshalText" + message.substr(message.find(": ")));
  }
}

Any append_format(const Call& call) {
  return bytes_value(call.heap,
                     bytes_of(call[1]) + format_time(time_of(call[0]), call[2].as_string()));
}

void append_big_endian(std::string& bytes, std::uint64_t number, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    bytes += char(number >> shift);
  }
}

// MarshalBinary: a version, seconds, nanoseconds, the offset in minutes, and, in version 2, its
// seconds. An offset of -1 is UTC.
std::string binary_of(const GoTime& time) {
  const int offset = period_of(time).offset;
  const int seconds = offset % 60;
  const int minutes = time.zone == nullptr ? -1 : offset / 60;
  if (time.zone != nullptr && (minutes == -1 || minutes < -32'768 || minutes > 32'767)) {
    fail("Time.MarshalBinary: unexpected zone offset");
  }
  std::string bytes(1, seconds == 0 ? '\1' : '\2');
  append_big_endian(bytes, std::uint64_t(time.seconds), 8);
  append_big_endian(bytes, std::uint64_t(time.nanoseconds), 4);
  append_big_endian(bytes, std::uint64_t(minutes), 2);
  if (seconds != 0) {
    bytes += char(seconds);
  }
  return bytes;
}

Any marshal_binary(const Call& call) {
  return bytes_value(call.heap, binary_of(time_of(call[0])));
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

// A method that text/template refuses to call.
constexpr Function refused(std::string_view name, std::string_view refusal) {
  return {name, one_time, false, nullptr, nullptr, Determinism::pure, refusal};
}

constexpr Function time_methods[] = {
    {"Add", time_and_duration, false, &time_type, add_duration},
    {"AddDate",
     takes<time_type, int_type, int_type, int_type>,
     false,
     &time_type,
     add_years_months_days},
    {"After", two_times, false, &bool_type, after},
    {"AppendFormat",
     takes<time_type, byte_list_type, string_type>,
     false,
     &byte_list_type,
     append_format},
    {"Before", two_times, false, &bool_type, before},
    refused("Clock", "function Clock has 3 return values; should be 1 or 2"),
    {"Compare", two_times, false, &int_type, compare},
    refused("Date", "function Date has 3 return values; should be 1 or 2"),
    {"Day", one_time, false, &int_type, civil_field<&Civil::day>},
    {"Equal", two_times, false, &bool_type, equal},
    {"Format", takes<time_type, string_type>, false, &string_type, format},
    {"GoString", one_time, false, &string_type, go_string},
    {"GobEncode", one_time, false, &byte_list_type, marshal_binary},
    {"Hour", one_time, false, &int_type, civil_field<&Civil::hour>},
    refused("ISOWeek",
            "invalid function signature for ISOWeek: second return value should be error; is int"),
    {"In", takes<time_type, location_type>, false, &time_type, in},
    {"IsDST", one_time, false, &bool_type, is_daylight},
    {"IsZero", one_time, false, &bool_type, is_zero},
    {"Local", one_time, false, &time_type, in_local_zone},
    {"Location", one_time, false, &location_type, location},
    {"MarshalBinary", one_time, false, &byte_list_type, marshal_binary},
    {"MarshalJSON", one_time, false, &byte_list_type, marshal_json},
    {"MarshalText", one_time, false, &byte_list_type, marshal_text},
    {"Minute", one_time, false, &int_type, civil_field<&Civil::minute>},
    {"Month", one_time, false, &month_type, month},
    {"Nanosecond", one_time, false, &int_type, nanosecond},
    {"Round", time_and_duration, false, &time_type, to_time_multiple<round_time>},
    {"Second", one_time, false, &int_type, civil_field<&Civil::second>},
    {"String", one_time, false, &string_type, text_method},
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
    refused("Zone",
            "invalid function signature for Zone: second return value should be error; is int"),
    refused("ZoneBounds",
            "invalid function signature for ZoneBounds: second return value should be error; is "
            "time.Time"),
};

// What printf shows of a time where it does not show its text. Without a zone Go holds none for
// UTC.
Any wall(const Call& call) {
  return Any::unsigned_integer(std::uint64_t(time_of(call[0]).nanoseconds));
}
Any extended_seconds(const Call& call) {
  return Any::integer(time_of(call[0]).seconds, int64_type);
}
Any location_pointer(const Call& call) {
  const Zone& zone = time_of(call[0]).zone;
  return Any::object(location_type, zone == nullptr ? nullptr : &zone);
}
constexpr Function hidden_fields[] = {
    {"wall", takes<time_type>, false, &uint64_type, wall},
    {"ext", takes<time_type>, false, &int64_type, extended_seconds},
    {"loc", takes<time_type>, false, &location_type, location_pointer},
};

}  // namespace

const Type time_type{.kind = Kind::structure,
                     .name = "time.Time",
                     .methods = time_methods,
                     .hidden = hidden_fields,
                     .text = time_value_text,
                     .json = time_json};

Any make_time_value(Heap& heap, GoTime time) {
  return Any::object(time_type, heap.make(std::move(time)));
}

const GoTime& time_of(const Any& value) {
  return *static_cast<const GoTime*>(value.object());
}

const Zone& zone_of(const Any& location) {
  if (location.object() == nullptr) {
    fail("time: missing Location in call to Time.In");
  }
  return *static_cast<const Zone*>(location.object());
}

Zone local_zone(const Environment& environment) {
  return find_zone(environment.local_zone).value_or(nullptr);
}

GoTime now(const Environment& environment) {
  return time_at(environment.now, local_zone(environment));
}

}  // namespace celldrift::sprig
