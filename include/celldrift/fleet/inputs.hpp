// What generators ask of the world outside the ApplicationSet, apart from cells. Edges of
// celldrift: each has a real form and one in memory for tests.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/git/tree.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// The repositories that git generators and Applications name.
class Repositories {
 public:
  virtual ~Repositories() = default;
  // The files of `url` at `revision` (resolved as Argo CD resolves a targetRevision; "" is HEAD).
  // Throws Error(repository) when there is no way to it. Thread-safe; each is fetched once.
  virtual std::shared_ptr<const git::Tree> tree(const std::string& url,
                                                const std::string& revision) = 0;
};

// A question to a service: one scmProvider, pullRequest or plugin generator, after interpolation.
struct ServiceQuestion {
  std::string kind;             // "scmProvider", "pullRequest", "plugin"
  Value spec;                   // what the generator states, without template and values
  std::string application_set;  // its name: plugins are told
};

// The services that SCM, pull request and plugin generators ask.
class Services {
 public:
  virtual ~Services() = default;
  // A list of maps, in the service's order:
  //   scmProvider  {organization, repository, repository_id, url, branch, sha, labels: [..]}, after
  //                the generator's filters
  //   pullRequest  {number, title, branch, target_branch, head_sha, labels: [..], author}, after
  //                the generator's filters; `labels` is null where Argo CD's slice is nil. Empty
  //                for an unknown repository where the generator says continueOnRepoNotFoundError.
  //   plugin       the parameter maps as the plugin gave them
  // Throws an Error that says what to do when nobody can answer. Thread-safe.
  virtual Value ask(const ServiceQuestion& question) = 0;
};

// Objects of Argo CD's own namespace: ConfigMaps and the resources that a clusterDecisionResource
// names.
class ArgoObjects {
 public:
  virtual ~ArgoObjects() = default;
  virtual std::optional<Value> config_map(std::string_view name) = 0;
  // All objects of a resource in the API server's order (by name). `resource` is the plural
  // ("placementdecisions"). Throws an Error when they cannot be read.
  virtual std::vector<Value> list(std::string_view api_version, std::string_view resource) = 0;
};

// How `files` patterns of git generators are read. `pathspec` is Argo CD's default, as `git
// ls-files` reads them; `doublestar` is what its controller does with
// --enable-new-git-file-globbing.
enum class FileGlobbing { pathspec, doublestar };

// All of them. A missing one makes the generators that need it a problem that says so.
struct GeneratorInputs {
  Repositories* repositories = nullptr;
  Services* services = nullptr;
  ArgoObjects* objects = nullptr;
  FileGlobbing file_globbing = FileGlobbing::pathspec;
};

}  // namespace celldrift::fleet
