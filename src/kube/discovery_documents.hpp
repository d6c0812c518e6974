// The documents of discovery, read. No requests here.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/discovery.hpp"

#include <string>
#include <vector>

namespace celldrift::kube {

// A group and its versions, the preferred one first.
struct GroupVersions {
  std::string group;
  std::vector<std::string> versions;
};

// An APIGroupDiscoveryList (v2 or v2beta1) of /api or /apis.
bool is_aggregated(const Value& document);
void add_aggregated(const Value& document, ApiSurface& surface);

// What /api (APIVersions) and /apis (APIGroupList) say when the server does not aggregate.
std::vector<GroupVersions> read_groups(const Value& document);
// The APIResourceList of one group and version. Call in the groups' order of preference.
void add_resources(const Value& document,
                   const std::string& group,
                   const std::string& version,
                   ApiSurface& surface);

}  // namespace celldrift::kube
