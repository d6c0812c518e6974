// Time zones (Go's time.Location), of Go's own database, which is built in: nothing is read from
// the machine.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::sprig {

// What holds in a zone from `start` to before `end`, in seconds since 1970.
struct ZonePeriod {
  std::string_view name = "UTC";  // "CEST"; lives as long as the zone
  int offset = 0;                 // seconds east of UTC
  std::int64_t start = INT64_MIN;
  std::int64_t end = INT64_MAX;
  bool is_daylight = false;
};

class TimeZone {
 public:
  // One with an offset that never changes (time.FixedZone).
  TimeZone(std::string_view abbreviation, int offset);
  // A line of the database after its name: see tools/zoneinfo/main.go.
  TimeZone(std::string_view name, std::string_view description);

  const std::string& name() const { return name_; }
  ZonePeriod at(std::int64_t unix_seconds) const;
  // The offset that an abbreviation stands for, best in use at that local time taken as UTC.
  std::optional<int> offset_of(std::string_view abbreviation, std::int64_t unix_seconds) const;

 private:
  struct Kind {
    std::string name;
    int offset = 0;
    bool is_daylight = false;
  };
  struct Transition {
    std::int64_t when = 0;
    std::size_t kind = 0;
  };

  std::size_t first_kind() const;

  std::string name_;
  std::vector<Kind> kinds_;
  std::vector<Transition> transitions_;
  std::string rule_;  // what holds after the last transition; "" for no change
};

// nullptr is UTC.
using Zone = std::shared_ptr<const TimeZone>;

ZonePeriod period_at(const Zone& zone, std::int64_t unix_seconds);
std::string_view name_of(const Zone& zone);

// time.LoadLocation: "", "UTC" and names such as "Europe/Berlin". Nothing for unknown names.
// Thread-safe; each zone is read once.
std::optional<Zone> find_zone(std::string_view name);

}  // namespace celldrift::sprig
