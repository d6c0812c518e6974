#include "fleet/applications/cron.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/sprig/time.hpp"
#include "fleet/applications/cron_search.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <vector>

namespace celldrift::fleet {
namespace {

struct Bounds {
  std::uint64_t min;
  std::uint64_t max;
  std::span<const std::string_view> names;  // of min, min + 1, …
};

constexpr std::string_view months[] = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
const Bounds minute_bounds{0, 59, {}};
const Bounds hour_bounds{0, 23, {}};
const Bounds day_bounds{1, 31, {}};
const Bounds month_bounds{1, 12, months};
const Bounds weekday_bounds{0, 6, weekdays};

Error wrong(std::string_view what, std::string_view part) {
  return {ErrorCode::config, std::string(what) + ": " + std::string(part)};
}

// strconv.Atoi, of what is not negative.
std::uint64_t number_of(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || value < 0) {
    throw wrong("failed to parse int", text);
  }
  return std::uint64_t(value);
}

std::uint64_t number_or_name(std::string_view text, const Bounds& bounds) {
  const auto found = std::ranges::find(bounds.names, lower(text));
  return found == bounds.names.end() ? number_of(text)
                                     : bounds.min + std::uint64_t(found - bounds.names.begin());
}

struct Range {
  std::uint64_t start;
  std::uint64_t end;
  std::uint64_t step = 1;
  std::uint64_t extra = 0;
};

std::uint64_t bits_of(const Range& range, const Bounds& bounds, std::string_view text) {
  if (range.start < bounds.min) {
    throw wrong("beginning of range below minimum", text);
  }
  if (range.end > bounds.max) {
    throw wrong("end of range above maximum", text);
  }
  if (range.start > range.end) {
    throw wrong("beginning of range beyond end of range", text);
  }
  if (range.step == 0) {
    throw wrong("step of range should be a positive number", text);
  }
  std::uint64_t bits = range.extra;
  for (std::uint64_t i = range.start; i <= range.end; i += std::min(range.step, bounds.max + 1)) {
    bits |= std::uint64_t(1) << i;
  }
  return bits;
}

// number | number "-" number [ "/" number ]
std::uint64_t range_bits(std::string_view text, const Bounds& bounds) {
  const std::vector<std::string_view> parts = split(text, '/');
  const std::vector<std::string_view> ends = split(parts[0], '-');
  Range range{.start = bounds.min, .end = bounds.max};
  if (ends[0] == "*" || ends[0] == "?") {
    range.extra = CronFields::star;
  } else {
    range.start = number_or_name(ends[0], bounds);
    if (ends.size() > 2) {
      throw wrong("too many hyphens", text);
    }
    range.end = ends.size() == 2 ? number_or_name(ends[1], bounds) : range.start;
  }
  if (parts.size() > 2) {
    throw wrong("too many slashes", text);
  }
  if (parts.size() == 2) {
    range.step = number_of(parts[1]);
    range.end = ends.size() == 1 ? bounds.max : range.end;  // "5/10" is "5-59/10"
    range.extra = range.step > 1 ? 0 : range.extra;
  }
  return bits_of(range, bounds, text);
}

std::uint64_t field_bits(std::string_view text, const Bounds& bounds) {
  std::uint64_t bits = 0;
  for (const std::string_view part : split(text, ',')) {
    bits |= part.empty() ? 0 : range_bits(part, bounds);
  }
  return bits;
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\v\f\r";
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == text.npos) {
      return words;
    }
    text.remove_prefix(begin);
    words.push_back(text.substr(0, text.find_first_of(blanks)));
    text.remove_prefix(words.back().size());
  }
}

// "TZ=Europe/Berlin " or "CRON_TZ=… " in front is taken off.
std::optional<std::string_view> take_zone(std::string_view& text) {
  if (!text.starts_with("TZ=") && !text.starts_with("CRON_TZ=")) {
    return std::nullopt;
  }
  const std::size_t equals = text.find('=');
  const std::size_t blank = text.find(' ');
  if (blank == text.npos) {
    throw wrong("no schedule after the time zone", text);
  }
  const std::string_view zone = text.substr(equals + 1, blank - equals - 1);
  text = trim(text.substr(blank));
  return zone;
}

}  // namespace

CronSchedule::CronSchedule(std::string_view text) {
  if (text.empty()) {
    throw wrong("empty spec string", text);
  }
  std::string_view rest = text;
  if (const auto zone = take_zone(rest)) {
    zone_ = *zone == "Local" ? "UTC" : *zone;
    if (!sprig::zone_offset(zone_, 0)) {
      throw wrong("provided bad location", *zone);
    }
  }
  const std::vector<std::string_view> words = words_of(rest);
  if (rest.starts_with('@') || words.size() != 5) {
    throw wrong("expected exactly 5 fields", rest);
  }
  fields_ = {.minute = field_bits(words[0], minute_bounds),
             .hour = field_bits(words[1], hour_bounds),
             .day = field_bits(words[2], day_bounds),
             .month = field_bits(words[3], month_bounds),
             .weekday = field_bits(words[4], weekday_bounds)};
}

std::optional<std::int64_t> CronSchedule::next(std::int64_t unix_seconds) const {
  return CronSearch(fields_, zone_, unix_seconds).run();
}

}  // namespace celldrift::fleet
