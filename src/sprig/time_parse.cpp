#include "sprig/go_errors.hpp"
#include "sprig/time_elements.hpp"
#include "sprig/time_layout.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

// Takes a literal of the layout, in which any number of blanks is as good as any other.
bool take_literal(std::string_view& value, std::string_view literal) {
  const auto take_blanks = [](std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  };
  while (!literal.empty()) {
    if (literal.front() == ' ') {
      if (!value.empty() && value.front() != ' ') {
        return false;
      }
      take_blanks(literal);
      take_blanks(value);
    } else if (value.starts_with(literal.front())) {
      literal.remove_prefix(1);
      value.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

class Parser {
 public:
  Parser(std::string_view layout, std::string_view text, const Zone& zone)
      : layout_(layout), text_(text), zone_(zone) {}

  GoTime parse() {
    read_fields();
    if (read_.is_pm && read_.hour < 12) {
      read_.hour += 12;
    } else if (read_.is_am && read_.hour == 12) {
      read_.hour = 0;
    }
    settle_day();
    return in_zone();
  }

 private:
  [[noreturn]] void fail_with(const std::string& problem) const {
    fail("parsing time " + quote_in_time_error(text_) + problem);
  }
  [[noreturn]] void fail_at(std::string_view value, std::string_view element) const {
    fail_with(" as " + quote_in_time_error(layout_) + ": cannot parse " +
              quote_in_time_error(value) + " as " + quote_in_time_error(element));
  }

  void read_fields() {
    auto value = text_;
    for (auto layout = layout_;;) {
      const auto chunk = next_chunk(layout);
      if (!take_literal(value, chunk.literal)) {
        fail_at(value, chunk.literal);
      }
      if (chunk.element == nullptr) {
        break;
      }
      const auto before = value;
      const bool ok = chunk.element->read(value, read_, chunk);
      if (!read_.out_of_range.empty()) {
        fail_with(": " + std::string(read_.out_of_range) + " out of range");
      }
      if (!ok) {
        fail_at(before, chunk.text);
      }
      layout = chunk.rest;
    }
    if (!value.empty()) {
      fail_with(": extra text: " + quote_in_time_error(value));
    }
  }

  // Month and day from the day of the year, where that is given; else January 1 by default.
  void settle_day() {
    if (read_.year_day >= 0) {
      settle_year_day();
    }
    read_.month = read_.month < 0 ? 1 : read_.month;
    read_.day = read_.day < 0 ? 1 : read_.day;
    if (read_.day < 1 || read_.day > days_in_month(read_.month, read_.year)) {
      fail_with(": day out of range");
    }
  }

  void settle_year_day() {
    const int days_in_year = is_leap_year(read_.year) ? 366 : 365;
    if (read_.year_day < 1 || read_.year_day > days_in_year) {
      fail_with(": day-of-year out of range");
    }
    int month = 1;
    int day = read_.year_day;
    while (day > days_in_month(month, read_.year)) {
      day -= days_in_month(month, read_.year);
      ++month;
    }
    if (read_.month >= 0 && read_.month != month) {
      fail_with(": day-of-year does not match month");
    }
    if (read_.day >= 0 && read_.day != day) {
      fail_with(": day-of-year does not match day");
    }
    read_.month = month;
    read_.day = day;
  }

  GoTime made_in(const Zone& zone) const {
    return make_time({.year = read_.year,
                      .month = read_.month,
                      .day = read_.day,
                      .hour = read_.hour,
                      .minute = read_.minute,
                      .second = read_.second,
                      .nanosecond = read_.nanosecond},
                     zone);
  }

  GoTime in_zone() const {
    if (read_.is_utc) {
      return made_in(nullptr);
    }
    if (read_.zone_offset && *read_.zone_offset != -1) {
      return at_offset(*read_.zone_offset);
    }
    return read_.zone_name.empty() ? made_in(zone_) : in_named_zone();
  }

  static GoTime moved(GoTime time, int offset, Zone zone) {
    time.seconds -= offset;
    time.zone = std::move(zone);
    return time;
  }

  // In the local zone where that has this offset at that time; else in one made up for it.
  GoTime at_offset(int offset) const {
    auto time = moved(made_in(nullptr), offset, nullptr);
    const auto local = period_at(zone_, unix_seconds(time));
    const bool is_local =
        local.offset == offset && (read_.zone_name.empty() || local.name == read_.zone_name);
    time.zone = is_local ? zone_ : std::make_shared<const TimeZone>(read_.zone_name, offset);
    return time;
  }

  GoTime in_named_zone() const {
    const auto utc = made_in(nullptr);
    const auto local =
        zone_ == nullptr ? std::nullopt : zone_->offset_of(read_.zone_name, unix_seconds(utc));
    if (local) {
      return moved(utc, *local, zone_);
    }
    // Go takes the instant as if in UTC, whatever the name.
    const int offset = hours_in_zone_name(read_.zone_name) * 3600;
    return moved(utc, 0, std::make_shared<const TimeZone>(read_.zone_name, offset));
  }

  std::string_view layout_;
  std::string_view text_;
  const Zone& zone_;
  ReadTime read_;
};

}  // namespace

GoTime parse_time(std::string_view layout, std::string_view text, const Zone& zone) {
  return Parser(layout, text, zone).parse();
}

}  // namespace celldrift::sprig
