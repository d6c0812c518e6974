#include "sprig/time_zone.hpp"

#include "celldrift/core/text.hpp"
#include "sprig/time_zone_rule.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>

namespace celldrift::embedded {
extern const std::string_view time_zones;  // time_zones.txt, by tools/zoneinfo/record
}

namespace celldrift::sprig {
namespace {

std::int64_t read_number(std::string_view text, int base) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

// What the database has after a name and a blank.
std::optional<std::string_view> find_line(std::string_view name) {
  const auto start = "\n" + std::string(name) + " ";
  const auto place = embedded::time_zones.find(start);
  if (place == std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = embedded::time_zones.substr(place + start.size());
  return rest.substr(0, rest.find('\n'));
}

bool is_name(std::string_view name) {
  return name.find_first_of(" \n") == std::string_view::npos && !name.starts_with('#');
}

Zone read_zone(std::string_view name) {
  auto line = is_name(name) ? find_line(name) : std::nullopt;
  if (line && line->starts_with("= ")) {
    line = find_line(line->substr(2));
  }
  return line ? std::make_shared<const TimeZone>(name, *line) : nullptr;
}

}  // namespace

TimeZone::TimeZone(std::string_view abbreviation, int offset)
    : name_(abbreviation),
      kinds_{{std::string(abbreviation), offset, false}},
      transitions_{{INT64_MIN, 0}} {}

TimeZone::TimeZone(std::string_view name, std::string_view description) : name_(name) {
  auto parts = split(description, ' ');
  rule_ = parts[0] == "-" ? "" : parts[0];
  std::size_t i = 1;
  for (; parts[i] != ":"; ++i) {
    const auto fields = split(parts[i], ',');
    kinds_.push_back({std::string(fields[0]), int(read_number(fields[1], 10)), fields.size() > 2});
  }
  std::int64_t when = 0;
  for (++i; i < parts.size() && !parts[i].empty(); ++i) {
    when += read_number(parts[i].substr(0, parts[i].size() - 1), 36);
    transitions_.push_back({when, std::size_t(parts[i].back() - 'A')});
  }
  if (transitions_.empty()) {
    transitions_.push_back({INT64_MIN, 0});
  }
}

// The kind before the first transition, by the rules of tzcode.
std::size_t TimeZone::first_kind() const {
  const auto uses_first = [](const Transition& transition) { return transition.kind == 0; };
  if (std::ranges::none_of(transitions_, uses_first)) {
    return 0;
  }
  const auto first = transitions_.front().kind;
  if (kinds_[first].is_daylight) {
    for (auto kind = first; kind-- > 0;) {
      if (!kinds_[kind].is_daylight) {
        return kind;
      }
    }
  }
  const auto standard = std::ranges::find(kinds_, false, &Kind::is_daylight);
  return standard == kinds_.end() ? 0 : std::size_t(standard - kinds_.begin());
}

ZonePeriod TimeZone::at(std::int64_t unix_seconds) const {
  const auto next = std::ranges::upper_bound(transitions_, unix_seconds, {}, &Transition::when);
  const bool is_before_all = next == transitions_.begin();
  const auto& kind = kinds_[is_before_all ? first_kind() : std::prev(next)->kind];
  ZonePeriod period{.name = kind.name, .offset = kind.offset, .is_daylight = kind.is_daylight};
  if (!is_before_all) {
    period.start = std::prev(next)->when;
  }
  if (next != transitions_.end()) {
    period.end = next->when;
  } else if (!rule_.empty()) {
    return period_by_rule(rule_, period.start, unix_seconds).value_or(period);
  }
  return period;
}

std::optional<int> TimeZone::offset_of(std::string_view abbreviation,
                                       std::int64_t unix_seconds) const {
  std::optional<int> any;
  for (const auto& kind : kinds_) {
    if (kind.name != abbreviation) {
      continue;
    }
    const auto period = at(unix_seconds - kind.offset);
    if (period.name == abbreviation) {
      return period.offset;
    }
    any = any.value_or(kind.offset);
  }
  return any;
}

ZonePeriod period_at(const Zone& zone, std::int64_t unix_seconds) {
  return zone == nullptr ? ZonePeriod{} : zone->at(unix_seconds);
}

std::string_view name_of(const Zone& zone) {
  return zone == nullptr ? std::string_view("UTC") : zone->name();
}

std::optional<Zone> find_zone(std::string_view name) {
  if (name.empty() || name == "UTC") {
    return Zone{};
  }
  static std::mutex mutex;
  static std::map<std::string, Zone, std::less<>> known;
  const std::lock_guard lock(mutex);
  auto found = known.find(name);
  if (found == known.end()) {
    auto zone = read_zone(name);
    if (zone == nullptr) {
      return std::nullopt;
    }
    found = known.emplace(name, std::move(zone)).first;
  }
  return found->second;
}

}  // namespace celldrift::sprig
