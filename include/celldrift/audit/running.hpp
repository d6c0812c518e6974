// What pods really run, and what a cell is made of: facts that no manifest tells.
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::audit {

// An image that some pods of a workload run in one container.
struct RunningImage {
  std::string image;   // as the pods state it
  std::string digest;  // "sha256:…" that the registry knows it by; "" where it is not known (yet)
  std::size_t pods = 0;

  auto operator<=>(const RunningImage&) const = default;
};

struct RunningContainer {
  std::string name;
  bool is_init = false;
  std::string image;                 // that the workload's template states
  std::vector<RunningImage> images;  // sorted

  bool operator==(const RunningContainer&) const = default;
};

// The pods of one workload that are there to stay: none that ended or is being deleted.
struct RunningPods {
  std::size_t pods = 0;
  bool rolling = false;  // pods are of several templates, or not of the workload's
  std::string stopped;   // of a rolling one: why it will not go on by itself; "" while it may
  std::vector<RunningContainer> containers;  // of the template, in its order

  bool operator==(const RunningPods&) const = default;
};

// `pods` as live has them, `workloads` the live objects that may have pods. Bounded by the size of
// both; pods of others are left out.
std::map<ObjectKey, RunningPods> running_pods(
    std::span<const Value* const> pods,
    const std::vector<std::pair<ObjectKey, const Value*>>& workloads,
    Time now);

// The kinds that `running_pods` knows workloads by.
bool has_pods(const GroupKind& kind);

// What a cell is made of. What could not be read is empty.
struct ClusterVersions {
  std::string cell;
  std::string kubernetes;                    // "v1.35.1"
  std::set<std::string> kubelets;            // of its nodes
  std::map<std::string, std::string> tools;  // "argocd-application-controller" -> its image
  struct Api {
    std::set<std::string> served;  // versions
    std::string stored;            // "" where the definition was not read
  };
  std::map<GroupKind, Api> apis;  // of kinds that Git uses and somebody else defines
};

// Kubelet versions of Node objects.
std::set<std::string> kubelets_of(std::span<const Value* const> nodes);

// The controllers of Argo CD and Flux among the workloads of a cell, with their images.
std::map<std::string, std::string> gitops_tools(
    const std::vector<std::pair<ObjectKey, const Value*>>& workloads);

// The versions that a CustomResourceDefinition serves, and the one that it stores.
ClusterVersions::Api api_of(const Value& definition);

}  // namespace celldrift::audit
