// spec.syncWindows of an AppProject: when Argo CD may sync what. (Argo CD 3.5)
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/core/value.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace celldrift::fleet {

// What windows are matched against: an Application.
struct WindowSubject {
  std::string name;
  std::string server;  // of its destination, as it states it; "" for none
  std::string cluster;
  std::string ns;
};

// Why no automated sync may run.
struct SyncDenial {
  std::string why;                   // "the deny window \"0 22 * * *\" for 8h is open"
  bool manual = false;               // a sync by hand may run all the same
  std::vector<std::size_t> windows;  // which ones deny it: their places in the list
};

class SyncWindows {
 public:
  // Of the AppProject, then of the global ones that join it; what is not of the right type in them
  // is as if it were not there.
  explicit SyncWindows(const Value& project, std::span<const Value* const> globals = {});

  bool empty() const { return windows_.empty(); }
  // Nothing where an automated sync may run. Where a window cannot be read, Argo CD syncs nothing
  // that it is about.
  std::optional<SyncDenial> denial(const WindowSubject& application, Time now) const;

 private:
  struct Window {
    std::string kind;
    std::string schedule;
    std::string duration;
    std::string time_zone;
    std::vector<std::string> applications;
    std::vector<std::string> clusters;
    std::vector<std::string> namespaces;
    bool needs_all = false;  // andOperator
    bool manual = false;     // manualSync
    std::string project;     // the global one that has it; "" for the project's own
  };

  static Window read(const Value& window);
  void add(const Value& project, std::string_view global_name);
  static bool matches(const Window& window, const WindowSubject& application);
  static bool is_open(const Window& window, Time now);
  static std::string describe(const Window& window);

  std::vector<Window> windows_;
};

}  // namespace celldrift::fleet
