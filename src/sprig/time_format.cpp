#include "sprig/time_layout.hpp"

namespace celldrift::sprig {
namespace {

constexpr std::string_view months[] = {"January",
                                       "February",
                                       "March",
                                       "April",
                                       "May",
                                       "June",
                                       "July",
                                       "August",
                                       "September",
                                       "October",
                                       "November",
                                       "December"};
constexpr std::string_view weekdays[] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

}  // namespace

std::string_view month_name(int month) {
  return months[month - 1];
}

std::string_view weekday_name(int weekday) {
  return weekdays[weekday];
}

std::string format_time(const GoTime& time, std::string_view layout) {
  std::string result;
  while (!layout.empty()) {
    const auto chunk = next_chunk(layout);
    result += chunk.literal;
    if (chunk.element == nullptr) {
      break;
    }
    chunk.element->write(result, time, chunk);
    layout = chunk.rest;
  }
  return result;
}

std::string time_text(const GoTime& time) {
  return format_time(time, "2006-01-02 15:04:05.999999999 -0700 MST");
}

}  // namespace celldrift::sprig
