// globalProjects of the ConfigMap argocd-cm: AppProjects whose rules join those of others.
// (Argo CD 3.5)
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace celldrift::fleet {

class Selector;

class GlobalProjects {
 public:
  GlobalProjects() = default;  // there are none
  // Where the key cannot be read Argo CD goes on without any: a problem that leaves nothing
  // unknown.
  static GlobalProjects read(const Value& config_map, std::vector<Problem>& problems);

  // Their names, in the order of the ConfigMap.
  std::vector<std::string> names() const;
  // Those that join the AppProject, in order. `known`: all of its namespace, which it is one of.
  std::vector<const Value*> of(const Value& project, std::span<const Value> known) const;
  // The AppProjects, each with what its global ones add to it: their sources, destinations, windows
  // and lists of kinds. What else they say (orphanedResources, sourceNamespaces) is their own.
  std::vector<Value> joined(const std::vector<Value>& projects) const;

 private:
  struct Entry {
    std::string project;
    std::shared_ptr<const Selector> selector;  // null for a broken one: Argo CD stops there
  };
  std::vector<Entry> entries_;
};

}  // namespace celldrift::fleet
