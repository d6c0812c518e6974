// What an API server serves: kinds, their resource names, scopes and versions.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/scope.hpp"
#include "celldrift/kube/api.hpp"
#include "celldrift/kube/serving.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::kube {

struct ResourceVersion {
  std::string version;   // "v1"
  std::string resource;  // the plural, as in URLs: "deployments"
  bool listable = false;
};

struct ServedKind {
  Scope scope = Scope::namespaced;
  std::vector<ResourceVersion> versions;  // the server's preferred one first

  // The entry for `version`; nullptr when it is not served.
  const ResourceVersion* find(std::string_view version) const;
};

struct ApiSurface {
  std::string git_version;  // "v1.35.1"; "" when /version could not be read
  std::map<GroupKind, ServedKind> kinds;
  // Groups whose discovery failed (a broken aggregated API): group -> reason. Kinds in them are
  // unknown, not absent.
  std::map<std::string, std::string> failed_groups;

  ScopeTable scopes() const;
  ServedVersions served() const;
};

// Aggregated discovery (two requests), else group by group. Throws the Error of the first request
// that nothing could replace: an unreachable or forbidding server.
ApiSurface discover(Api& api, Deadline deadline);

}  // namespace celldrift::kube
