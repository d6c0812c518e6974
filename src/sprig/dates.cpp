// Dates and durations.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/time_types.hpp"

#include <charconv>
#include <optional>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::string_view html_layout = "2006-01-02";

// The time that an argument is: a time.Time, or a count of seconds since 1970. Other types, a
// float64 (what JSON has for numbers) among them, count as none.
std::optional<GoTime> read_time(const Call& call, const Any& value) {
  if (value.is(time_type)) {
    return time_of(value);
  }
  if (value.is(int_type) || value.is(int64_type) || value.is(int32_type)) {
    return time_from_unix(value.as_int(), local_zone(call.environment));
  }
  return std::nullopt;
}

// An unknown zone is UTC.
Zone read_zone(const Call& call, std::string_view name) {
  return name == "Local" ? local_zone(call.environment) : find_zone(name).value_or(nullptr);
}

// Without a time, of now.
Any format_in_zone(const Call& call, std::string_view layout, const Any& value, Zone zone) {
  const auto given = read_time(call, value);
  auto time = given.value_or(now(call.environment));
  time.zone = std::move(zone);
  const auto text = call.heap.string(format_time(time, layout));
  return given ? text : text.with_volatile();
}

Any date(const Call& call) {
  return format_in_zone(call, call[0].as_string(), call[1], local_zone(call.environment));
}

Any date_in_zone(const Call& call) {
  return format_in_zone(call, call[0].as_string(), call[1], read_zone(call, call[2].as_string()));
}

Any html_date(const Call& call) {
  return format_in_zone(call, html_layout, call[0], local_zone(call.environment));
}

Any html_date_in_zone(const Call& call) {
  return format_in_zone(call, html_layout, call[0], read_zone(call, call[1].as_string()));
}

std::optional<Nanoseconds> try_parse_duration(std::string_view text) {
  try {
    return parse_duration(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// A duration that cannot be read changes nothing.
Any modify_date(const Call& call) {
  const auto duration = try_parse_duration(call[0].as_string()).value_or(0);
  return make_time_value(call.heap, add(time_of(call[1]), duration));
}

Any must_modify_date(const Call& call) {
  return make_time_value(call.heap, add(time_of(call[1]), parse_duration(call[0].as_string())));
}

Any ago(const Call& call) {
  const auto present = now(call.environment);
  const bool is_int32 = call[0].is(int32_type);  // the one function that does not take these
  const auto time = is_int32 ? present : read_time(call, call[0]).value_or(present);
  return call.heap.string(duration_text(round_duration(subtract(present, time), one_second)));
}

// strconv.ParseInt, of which sprig takes the number whatever the error: the nearest that fits.
std::int64_t read_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return 0;
    }
  }
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  if (result.ptr != end) {
    return 0;
  }
  if (result.ec == std::errc::result_out_of_range) {
    return negative ? INT64_MIN : INT64_MAX;
  }
  return result.ec == std::errc{} ? number : 0;
}

Any duration(const Call& call) {
  std::int64_t seconds = 0;
  if (call[0].is(string_type)) {
    seconds = read_integer(call[0].as_string());
  } else if (call[0].is(int64_type)) {
    seconds = call[0].as_int();
  }
  return call.heap.string(duration_text(wrapping_multiply(seconds, one_second)));
}

struct RoundUnit {
  std::uint64_t seconds;
  std::string_view name;
};
constexpr RoundUnit round_units[] = {
    {365 * 86'400, "y"}, {30 * 86'400, "mo"}, {86'400, "d"}, {3'600, "h"}, {60, "m"}, {1, "s"}};

// In the largest unit that it has more than one of.
std::string rounded_text(Nanoseconds duration) {
  const auto size = duration < 0 ? 0 - std::uint64_t(duration) : std::uint64_t(duration);
  for (const auto& unit : round_units) {
    const auto nanoseconds = unit.seconds * std::uint64_t(one_second);
    if (size > nanoseconds) {
      return std::to_string(size / nanoseconds) + std::string(unit.name);
    }
  }
  return "0s";
}

Any round_duration_text(const Call& call) {
  const auto& value = call[0];
  if (value.is(time_type)) {
    const auto since = subtract(now(call.environment), time_of(value));
    return call.heap.string(rounded_text(since)).with_volatile();
  }
  Nanoseconds duration = 0;
  if (value.is(string_type)) {
    duration = try_parse_duration(value.as_string()).value_or(0);
  } else if (value.is(int64_type)) {
    duration = value.as_int();
  }
  return call.heap.string(rounded_text(duration));
}

Any must_to_date(const Call& call) {
  return make_time_value(
      call.heap,
      parse_time(call[0].as_string(), call[1].as_string(), local_zone(call.environment)));
}

// What cannot be read is the zero time.
Any to_date(const Call& call) {
  try {
    return must_to_date(call);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::config) {
      throw;
    }
    return make_time_value(call.heap, {});
  }
}

Any current_time(const Call& call) {
  return make_time_value(call.heap, now(call.environment));
}

Any unix_epoch(const Call& call) {
  return call.heap.string(std::to_string(unix_seconds(time_of(call[0]))));
}

constexpr auto varies = Determinism::varies;
constexpr auto text_and_any = takes<string_type, interface_type>;
constexpr auto text_and_time = takes<string_type, time_type>;
constexpr auto text_any_text = takes<string_type, interface_type, string_type>;

// Those that look at the clock only where they were given no time say so themselves.
constexpr Function functions_of_dates[] = {
    {"ago", takes<interface_type>, false, &string_type, ago, varies},
    {"date", text_and_any, false, &string_type, date},
    {"dateInZone", text_any_text, false, &string_type, date_in_zone},
    {"dateModify", text_and_time, false, &time_type, modify_date},
    {"date_in_zone", text_any_text, false, &string_type, date_in_zone},
    {"date_modify", text_and_time, false, &time_type, modify_date},
    {"duration", takes<interface_type>, false, &string_type, duration},
    {"durationRound", takes<interface_type>, false, &string_type, round_duration_text},
    {"htmlDate", takes<interface_type>, false, &string_type, html_date},
    {"htmlDateInZone", takes<interface_type, string_type>, false, &string_type, html_date_in_zone},
    {"mustDateModify", text_and_time, false, &time_type, must_modify_date},
    {"mustToDate", takes<string_type, string_type>, false, &time_type, must_to_date},
    {"must_date_modify", text_and_time, false, &time_type, must_modify_date},
    {"now", {}, false, &time_type, current_time, varies},
    {"toDate", takes<string_type, string_type>, false, &time_type, to_date},
    {"unixEpoch", takes<time_type>, false, &string_type, unix_epoch},
};

}  // namespace

std::span<const Function> dates_functions() {
  return functions_of_dates;
}

}  // namespace celldrift::sprig
