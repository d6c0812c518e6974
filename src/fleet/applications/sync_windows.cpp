#include "celldrift/fleet/sync_windows.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/glob.hpp"
#include "celldrift/sprig/time.hpp"
#include "fleet/applications/cron.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

std::vector<std::string> texts(const Value& window, std::string_view field) {
  std::vector<std::string> result;
  if (const Value* list = window.find(field)) {
    for (const Value& item : list->items()) {
      if (item.is_string()) {
        result.emplace_back(item.as_string());
      }
    }
  }
  return result;
}

bool is_true(const Value& window, std::string_view field) {
  const Value* value = window.find(field);
  return value != nullptr && value->is_bool() && value->as_bool();
}

bool any_matches(const std::vector<std::string>& patterns, std::string_view text) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    return pattern == "*" || Glob(pattern).matches(text);
  });
}

bool names_cluster(const std::vector<std::string>& patterns, const WindowSubject& application) {
  return (!application.cluster.empty() && any_matches(patterns, application.cluster)) ||
         (!application.server.empty() && any_matches(patterns, application.server));
}

// Of the zone at this moment, whenever the window is: so does Argo CD.
std::int64_t offset_of(const std::string& zone, Time now) {
  const auto offset = sprig::zone_offset(zone, now.time_since_epoch().count());
  return offset ? offset->seconds : 0;  // an unknown zone is UTC
}

// Rounded up.
std::int64_t whole_seconds(std::int64_t nanoseconds) {
  constexpr std::int64_t second = 1'000'000'000;
  return nanoseconds / second + (nanoseconds % second > 0 ? 1 : 0);
}

SyncDenial denial_by(std::string why, std::vector<std::size_t> windows, bool manual) {
  return {.why = std::move(why), .manual = manual, .windows = std::move(windows)};
}

}  // namespace

SyncWindows::Window SyncWindows::read(const Value& window) {
  return {.kind = std::string(window.string_at({"kind"})),
          .schedule = std::string(window.string_at({"schedule"})),
          .duration = std::string(window.string_at({"duration"})),
          .time_zone = std::string(window.string_at({"timeZone"})),
          .applications = texts(window, "applications"),
          .clusters = texts(window, "clusters"),
          .namespaces = texts(window, "namespaces"),
          .needs_all = is_true(window, "andOperator"),
          .manual = is_true(window, "manualSync"),
          .project = {}};
}

void SyncWindows::add(const Value& project, std::string_view global_name) {
  if (const Value* windows = project.find({"spec", "syncWindows"})) {
    for (const Value& window : windows->items()) {
      windows_.push_back(read(window));
      windows_.back().project = global_name;
    }
  }
}

SyncWindows::SyncWindows(const Value& project, std::span<const Value* const> globals) {
  add(project, "");
  for (const Value* global : globals) {
    add(*global, global->string_at({"metadata", "name"}));
  }
}

// With andOperator the lists that are there must all match, but clusters count even where only
// namespaces follow, and namespaces have the last word.
bool SyncWindows::matches(const Window& window, const WindowSubject& application) {
  bool matched = any_matches(window.applications, application.name);
  bool is_set = !window.applications.empty();
  if (window.needs_all && is_set && !matched) {
    return false;
  }
  if (!window.needs_all && matched) {
    return true;
  }
  if (!window.clusters.empty()) {
    matched = names_cluster(window.clusters, application);
    is_set = true;
  }
  if (window.needs_all && is_set && !matched) {
    return false;
  }
  if (!window.needs_all && matched) {
    return true;
  }
  return window.namespaces.empty() ? matched : any_matches(window.namespaces, application.ns);
}

// Throws Error(config) for a schedule or a duration that is none.
bool SyncWindows::is_open(const Window& window, Time now) {
  const CronSchedule schedule(window.schedule);
  const auto duration = sprig::go_duration(window.duration);
  if (!duration) {
    throw Error(ErrorCode::config, "no duration: \"" + window.duration + "\"");
  }
  const std::int64_t local = now.time_since_epoch().count() + offset_of(window.time_zone, now);
  const auto next = schedule.next(local - whole_seconds(*duration));
  return !next || *next < local;  // one that never comes counts as open (Argo CD 3.5)
}

std::string SyncWindows::describe(const Window& window) {
  return window.kind + " window \"" + window.schedule + "\" of " + window.duration +
         (window.time_zone.empty() || window.time_zone == "UTC" ? "" : ", " + window.time_zone) +
         (window.project.empty() ? "" : " of the global project " + window.project);
}

std::optional<SyncDenial> SyncWindows::denial(const WindowSubject& application, Time now) const {
  std::vector<std::size_t> denies;
  std::vector<std::size_t> closed;
  bool is_allowed = false;
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const Window& window = windows_[i];
    if (!matches(window, application)) {
      continue;
    }
    bool open = false;
    try {
      open = is_open(window, now);
    } catch (const Error& error) {
      return denial_by(
          "the " + describe(window) + " cannot be read (" + error.message() + ")", {i}, false);
    }
    if (window.kind == "deny" && open) {
      denies.push_back(i);
    } else if (window.kind == "allow") {
      is_allowed = is_allowed || open;
      if (!open) {
        closed.push_back(i);
      }
    }
  }
  const auto all_manual = [&](const std::vector<std::size_t>& windows) {
    return std::ranges::all_of(windows, [&](std::size_t i) { return windows_[i].manual; });
  };
  if (!denies.empty()) {
    return denial_by(
        "the " + describe(windows_[denies.front()]) + " is open", denies, all_manual(denies));
  }
  if (!is_allowed && !closed.empty()) {
    return denial_by(
        "the " + describe(windows_[closed.front()]) + " is not open", closed, all_manual(closed));
  }
  return std::nullopt;
}

}  // namespace celldrift::fleet
