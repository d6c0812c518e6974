// Since when a live object is as it is.
#include "audit/health/parts.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using health::list_at;

std::optional<Time> later(std::optional<Time> a, std::optional<Time> b) {
  return !a ? b : !b ? a : std::max(a, b);
}

std::optional<Time> time_at(const Value& object, std::initializer_list<std::string_view> path) {
  return parse_time(object.string_at(path));
}

// When a condition last changed. A Deployment's Progressing stays True from one rollout to the
// next: then only lastUpdateTime tells.
std::optional<Time> of_conditions(const Value& live) {
  std::optional<Time> latest;
  for (const Value& each : list_at(live, {"status", "conditions"})) {
    latest = later(latest, time_at(each, {"lastTransitionTime"}));
    latest = later(latest, time_at(each, {"lastUpdateTime"}));
  }
  return latest;
}

// When somebody last wrote to it. What has no conditions says by that when its status changed.
std::optional<Time> of_writers(const Value& live) {
  const bool has_conditions = !list_at(live, {"status", "conditions"}).empty();
  std::optional<Time> latest;
  for (const Value& each : list_at(live, {"metadata", "managedFields"})) {
    const bool is_status = each.string_at({"subresource"}) == "status";
    if (!is_status || !has_conditions) {
      latest = later(latest, time_at(each, {"time"}));
    }
  }
  return latest;
}

}  // namespace

std::optional<Time> unchanged_since(const compare::ObjectResult& result) {
  const Value& live = result.live;
  return later(time_at(live, {"metadata", "creationTimestamp"}),
               later(of_conditions(live), of_writers(live)));
}

}  // namespace celldrift::audit
