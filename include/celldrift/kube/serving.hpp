// Serving: whether a cell serves a kind at a version, and where it has the kind otherwise.
#pragma once

#include "celldrift/core/object.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::kube {

struct Serving {
  enum class State { served, not_served, unknown } state = State::unknown;
  // Where the kind is when it is not served: "policy/v1", or the group that it moved to,
  // "networking.k8s.io/v1". "" when nowhere that is known.
  std::string elsewhere = {};
};

// Which versions of which kinds a cell serves.
struct ServedVersions {
  bool known = false;                                   // false: nothing is said of any kind
  std::map<GroupKind, std::vector<std::string>> kinds;  // the server's preferred version first
  // Groups whose discovery failed: group -> reason. Their kinds are unknown.
  std::map<std::string, std::string> failed_groups;

  Serving find(std::string_view api_version, std::string_view kind) const;
};

// The kinds that are the same objects under another group: {"extensions", "Ingress"} ->
// {"networking.k8s.io", "Ingress"}. Mostly none. The API server did serve both at a time (and for
// Events still does), or the kind's authors moved it.
std::vector<GroupKind> same_kind_elsewhere(const GroupKind& kind);

}  // namespace celldrift::kube
