#include "audit/skew/version_text.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace celldrift::audit {
namespace {

constexpr std::string_view digits = "0123456789";

// Splits "registry:5000/app:v1.2@sha256:…" into what is before and after the tag's colon.
std::pair<std::string_view, std::string_view> split_image(std::string_view text) {
  text = text.substr(0, text.find('@'));
  const std::size_t slash = text.rfind('/');
  const std::size_t colon = text.rfind(':');
  if (colon != text.npos && (slash == text.npos || colon > slash)) {
    return {text.substr(0, colon), text.substr(colon + 1)};
  }
  return {{}, slash == text.npos ? text : std::string_view{}};
}

// What may stand before a version without taking its order away. "pr-12" is no version.
std::string_view without_prefix(std::string_view text) {
  static constexpr std::string_view prefixes[] = {"release-v", "release-", "release.", "v"};
  const std::string start = lower(text.substr(0, 9));
  for (const std::string_view prefix : prefixes) {
    if (start.starts_with(prefix)) {
      return text.substr(prefix.size());
    }
  }
  return text;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

std::size_t count_digits(std::string_view text) {
  return std::min(text.find_first_not_of(digits), text.size());
}

// Takes "2026" from the front where exactly so many digits stand there.
std::optional<unsigned> take_digits(std::string_view& text, std::size_t count) {
  if (count_digits(text) < count) {
    return std::nullopt;
  }
  const auto number = number_of(text.substr(0, count));
  text.remove_prefix(count);
  return unsigned(*number);
}

bool take(std::string_view& text, char separator) {
  const bool there = separator == '\0' || text.starts_with(separator);
  text.remove_prefix(there && separator != '\0' ? 1 : 0);
  return there;
}

// A whole day of this century at the front: two digits each for month and day, since 2026.1.15 may
// well be a version of its own.
std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
  for (const char separator : {'-', '.', '\0'}) {
    std::string_view rest = text;
    const auto year = take_digits(rest, 4);
    const auto month = year && take(rest, separator) ? take_digits(rest, 2) : std::nullopt;
    const auto day = month && take(rest, separator) ? take_digits(rest, 2) : std::nullopt;
    if (!day || *year < 2000 || *year > 2099) {
      continue;
    }
    const std::chrono::year_month_day date{
        std::chrono::year(int(*year)), std::chrono::month(*month), std::chrono::day(*day)};
    // "20260115103000" is a day and a time; longer ones are no dates
    if (date.ok() && (count_digits(rest) == 0 || (separator == '\0' && count_digits(rest) <= 6))) {
      text = rest;
      return std::chrono::sys_days(date);
    }
  }
  return std::nullopt;
}

// The time or serial number after a day: "T16-07-38Z", ".2", "103000".
void read_after_day(std::string_view rest, VersionText& version) {
  version.suffix = rest;
  const bool marked = rest.starts_with('T') || rest.starts_with('.');
  std::string_view text = rest.substr(marked ? 1 : 0);
  std::vector<std::uint64_t> numbers;
  while (count_digits(text) > 0 && (marked || numbers.empty())) {
    const std::size_t length = count_digits(text);
    const auto number = number_of(text.substr(0, length));
    if (!number) {
      return;
    }
    numbers.push_back(*number);
    text.remove_prefix(length);
    const bool goes_on = text.size() > 1 && (text[0] == '-' || text[0] == ':') &&
                         rest.starts_with('T') && count_digits(text.substr(1)) > 0;
    if (!goes_on) {
      break;
    }
    text.remove_prefix(1);
  }
  if (!numbers.empty()) {
    version.numbers = std::move(numbers);
    version.suffix = text == "Z" ? std::string_view{} : text;
  }
}

// Dates, serial numbers and hashes look alike.
bool may_be_hash(std::string_view number) {
  return number.size() >= 7;
}

}  // namespace

std::optional<VersionText> read_version(std::string_view text) {
  const auto [repository, tag] = split_image(text);
  std::string_view rest = without_prefix(tag);
  VersionText version{.repository = repository, .numbers = {}, .day = {}, .suffix = {}};
  version.day = take_day(rest);
  if (version.day) {
    read_after_day(rest, version);
    return version;
  }
  const std::size_t end = std::min(rest.find_first_not_of("0123456789."), rest.size());
  const std::string_view numbers = rest.substr(0, end);
  version.suffix = rest.substr(end);
  if (!version.suffix.empty() && version.suffix[0] != '-' && version.suffix[0] != '+') {
    return std::nullopt;
  }
  if (numbers.find('.') == numbers.npos && may_be_hash(numbers)) {
    return std::nullopt;
  }
  for (const std::string_view part : split(numbers, '.')) {
    const auto number = number_of(part);
    if (!number) {
      return std::nullopt;
    }
    version.numbers.push_back(*number);
  }
  return version;
}

}  // namespace celldrift::audit
