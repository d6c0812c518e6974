// From an Application's sources to Kubernetes objects, by Argo CD's rules (its repo server and, for
// what depends on the cluster, its controller).
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/scope.hpp"
#include "celldrift/fleet/application.hpp"
#include "celldrift/git/tree.hpp"

#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace celldrift::render {

enum class SourceType { directory, helm, kustomize, plugin };
std::string_view describe(SourceType type);

// What one source renders to, before anything that depends on the Application's name or its cell.
struct Manifests {
  std::vector<Value> objects;     // lists flattened, in file order; every node has its mark
  std::vector<Problem> warnings;  // duplicate keys and the like; they leave nothing unknown
};

// The type that Argo CD 3.5 would take the directory `path` of `tree` for, given the source's own
// blocks (`helm: {}` …). Error(repository) when the path is missing or several blocks are there.
SourceType detect(const git::Tree& tree, std::string_view path, const Value& source_spec);

// Renders sources and remembers what it rendered, failures too: cost grows with distinct (tree,
// path, options), not with Applications. Thread-safe; of threads that want the same, one works and
// the others wait.
class Renderer {
 public:
  // `controller_ns`: the namespace that Argo CD runs in.
  explicit Renderer(std::string controller_ns = "argocd")
      : controller_ns_(std::move(controller_ns)) {}

  // One source of an Application: what the cli uses. An empty path renders nothing (a source that
  // is only referenced). Files like .argocd-source.yaml beside the manifests change the source
  // first. Throws Error(unsupported) for a type without an engine and for sources that are not in
  // git; Error(parse, limit, repository) for broken input.
  std::shared_ptr<const Manifests> source(const git::Tree& tree,
                                          const fleet::ApplicationSource& source,
                                          const fleet::Application& application);

  // A directory of the tree, without an Application ("." is the root): an override file for one
  // Application is refused. The type is detected, or given.
  std::shared_ptr<const Manifests> source(const git::Tree& tree,
                                          std::string_view path,
                                          const Value& source_spec);
  std::shared_ptr<const Manifests> source(const git::Tree& tree,
                                          std::string_view path,
                                          const Value& source_spec,
                                          SourceType type);

 private:
  using Result = std::shared_future<std::shared_ptr<const Manifests>>;

  std::shared_ptr<const Manifests> render_checked(const git::Tree& tree,
                                                  std::string_view path,
                                                  const Value& source_spec,
                                                  std::optional<SourceType> type,
                                                  const fleet::Application* application);
  std::shared_ptr<const Manifests> remembered(const git::Tree& tree,
                                              const std::string& path,
                                              const Value& source_spec,
                                              SourceType type);

  const std::string controller_ns_;
  std::mutex mutex_;
  std::unordered_map<std::string, Result> done_;
  // Of sources that no file overrides: what all Applications with the same get.
  std::unordered_map<Hash, std::shared_ptr<const Manifests>> alike_;
};

// What an Application wants in its cell.
struct Desired {
  std::vector<std::pair<ObjectKey, Value>> objects;  // sorted by key
  std::vector<Problem> warnings;                     // objects that appear twice (the last wins), …
};

// What of it depends on the cell (Argo CD 3.5, NormalizeTargetObjects): cluster-scoped objects lose
// metadata.namespace, namespaced ones without one get the destination's, of duplicates the last
// wins. A namespaced object that still has no namespace is an Error(config), as in Argo CD.
Desired place(const std::vector<std::shared_ptr<const Manifests>>& sources,
              const fleet::Application& application,
              const ScopeTable& scopes);

}  // namespace celldrift::render
