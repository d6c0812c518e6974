#include "yaml/timestamps.hpp"

#include <chrono>
#include <optional>

namespace celldrift::yaml {
namespace {

// Takes one or two digits (exactly `least` or more) off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int number = 0;
  while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9') {
    number = number * 10 + (text[count++] - '0');
  }
  if (count < least) {
    return std::nullopt;
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

// "2006-1-2"
bool take_date(std::string_view& text) {
  const auto year = take_digits(text, 4, 4);
  if (!year || !take(text, '-')) {
    return false;
  }
  const auto month = take_digits(text, 1, 2);
  if (!month || !take(text, '-')) {
    return false;
  }
  const auto day = take_digits(text, 1, 2);
  return day && std::chrono::year_month_day(std::chrono::year(*year),
                                            std::chrono::month(unsigned(*month)),
                                            std::chrono::day(unsigned(*day)))
                    .ok();
}

// "15:4:5", with a fraction or without
bool take_time(std::string_view& text) {
  const auto hour = take_digits(text, 1, 2);
  if (!hour || *hour > 23 || !take(text, ':')) {
    return false;
  }
  const auto minute = take_digits(text, 1, 2);
  if (!minute || *minute > 59 || !take(text, ':')) {
    return false;
  }
  const auto second = take_digits(text, 1, 2);
  if (!second || *second > 59) {
    return false;
  }
  return !(text.starts_with('.') || text.starts_with(',')) ||
         (text.remove_prefix(1), take_digits(text, 1, 18).has_value());
}

// "Z", "+07:00"
bool take_zone(std::string_view& text) {
  if (take(text, 'Z')) {
    return true;
  }
  if (!take(text, '+') && !take(text, '-')) {
    return false;
  }
  const auto hours = take_digits(text, 2, 2);
  if (!hours || *hours > 24 || !take(text, ':')) {
    return false;
  }
  const auto minutes = take_digits(text, 2, 2);
  return minutes && *minutes <= 60;
}

}  // namespace

bool is_timestamp(std::string_view text) {
  if (!take_date(text)) {
    return false;
  }
  if (text.empty()) {
    return true;
  }
  if (take(text, 'T') || take(text, 't')) {
    return take_time(text) && take_zone(text) && text.empty();
  }
  return take(text, ' ') && take_time(text) && text.empty();
}

}  // namespace celldrift::yaml
