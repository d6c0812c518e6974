// Version facts: which version of what each cell really runs.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// The component of what belongs to a whole cell: Kubernetes, nodes, the GitOps tool.
inline constexpr std::string_view cluster_component = "(cluster)";

// "skew/image", "skew/version", "skew/chart", …: the rule of findings about such facts.
std::string_view rule_of(FactKind kind);

// What a version is of. Equal subjects of different cells are compared.
struct Subject {
  std::string component;
  std::string kind;  // of the object, with its group: "apps/Deployment"
  std::string
      object;  // its name with the component's Application name taken out, so that cells line up
  std::string what;  // "image of container app", "label app.kubernetes.io/version"
  FactKind fact = FactKind::image;

  auto operator<=>(const Subject&) const = default;
};

// An Application in its cell; of a cell itself the name is "".
struct Bearer {
  std::string cell;
  std::string application;
};
// Sorted by cell; one at least.
using Bearers = std::shared_ptr<const std::vector<Bearer>>;

// What one cell has, or several have alike.
struct Fact {
  Subject subject;
  Bearers bearers;
  std::string version;                 // as live has it: "registry/backend:1.2"
  std::optional<std::string> desired;  // what Git wants there
  ObjectRef object;  // of a targetRevision as the first bearer has it: see object_of()
  std::string path;
  std::string path_text;
  Mark source;                          // of what Git wants
  std::optional<compare::Owner> owner;  // of live, where it is not what Git wants
};

// The object that a fact is about, in the cell of one of its bearers.
ObjectRef object_of(const Fact& fact, const Bearer& bearer);

// True where `word` stands in a name between "-", "." or an end.
bool has_word(std::string_view name, std::string_view word);

// A name with the Application's own name in it, where it stands between "-", "." or an end,
// replaced: abstracted("cell-a-backend-web", "cell-a-backend", "backend") is "backend-web".
std::string abstracted(std::string_view name,
                       std::string_view application,
                       std::string_view component);

// Container images (init containers included) of pod templates and pods, the labels
// app.kubernetes.io/version and helm.sh/chart, versions of CustomResourceDefinitions, digests that
// pods run, targetRevisions: of all live objects that Git wants. By component; what Applications
// have alike is one.
std::vector<Fact> version_facts(const std::vector<ComparedApplication>& applications);

// What a cell is made of: versions of Kubernetes, of its nodes, of the GitOps tool in it, and of
// the APIs of kinds that Git uses but does not define.
std::vector<Fact> cluster_facts(const ClusterVersions& cluster);

// One finding for each subject that cells disagree on: values grouped, outliers named. A note where
// each cell has what Git wants there, a warning where Git is silent, an error otherwise. `proved`
// tells lag from what is unknown.
std::vector<Finding> version_skew(const std::vector<Fact>& facts,
                                  const std::vector<Proved>& proved = {});

// One finding for each workload whose rollout has stopped half way in some cells.
std::vector<Finding> stopped_rollouts(const std::vector<ComparedApplication>& applications);

// Every subject with who runs what, in step or not; those of one component that all say the same
// under the same `what` as one row. `findings` have their fingerprints. Sorted by component, kind
// of fact, subject.
std::vector<VersionRow> version_rows(const std::vector<Fact>& facts,
                                     const std::vector<Finding>& findings);

// "1.9" before "1.10", "app:v1.2" before "app:v1.3", "1.3.0-rc1" before "1.3.0", dates by day;
// unordered where that cannot be told (other repositories, hashes, "latest", other suffixes of one
// number). Several versions joined by ", " are as far as the oldest of them.
std::partial_ordering compare_versions(std::string_view a, std::string_view b);

// How far apart two versions are: by the first number that differs, or by days where both are
// dates. Nothing where they are unordered; all zero where there is no such number (a
// pre-release, a build).
std::optional<VersionSteps> steps_between(std::string_view a, std::string_view b);

// True where both are numbers of builds, "1042": they have an order, but no majors.
bool are_builds(std::string_view a, std::string_view b);

// "one minor", "3 patches", "12 days"; "" for all zero.
std::string describe(const VersionSteps& steps);

}  // namespace celldrift::audit
