// What GitOps tools say of themselves: Argo CD's and Flux's own objects, as clusters have them.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/compare/compare.hpp"
#include "celldrift/core/object.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::audit {

// A field of an Application that is not as Git has it.
struct AlteredField {
  compare::Difference difference;
  std::string let_be;  // why that is meant to be possible: a rule of the ApplicationSet; "" mostly
};

// A revision that Argo CD last compared with, beside the commit that Git wants by now.
struct StatusRevision {
  std::string source;  // "", or "source 2" where there are several
  std::string said;    // status.sync.revision
  std::string wanted;  // full hex
  // Of the two in Git: whether the one that is said comes before the other; nothing where it is
  // not known here (a shallow clone).
  std::optional<bool> is_older;
  std::size_t changes = 0;          // since then, of what the source's path has
  std::optional<Time> wanted_time;  // the committer's
  std::string last_change;          // the commit that last changed the path, as of what is said
};

// An Application of Argo CD as a cluster has it.
struct ToolApplication {
  ObjectRef object;
  std::string application;  // as the fleet knows it, where Git makes one of that name; else ""
  std::string component;
  std::string cell;  // that it deploys to; "" where that is none of the fleet
  Value live;        // metadata, spec, status: without long lists
  Mark mark;         // of Git's
  std::vector<AlteredField> altered;
  bool is_compared = false;     // as an object of another Application: its drift is told as such
  std::string part_of;          // the Application that it says it is part of; "" for none
  bool uses_our_repos = false;  // a source of it is one that Git's Applications have
  std::vector<StatusRevision> revisions;  // those that are not what Git wants
  std::optional<compare::Owner> maker;    // who made it, as far as managedFields tell
  bool is_skipped_in_git = false;         // Git has the annotation skip-reconcile
  std::optional<compare::Owner> skipper;  // who has set that annotation
  std::optional<compare::Owner> asker;    // who has asked for a refresh
  std::string denied;                     // why no automated sync may run now; "" when it may
};

// One cluster's objects of GitOps tools.
struct ToolState {
  std::string cluster;  // the cell, or what the hub is called
  bool is_hub = false;  // that Argo CD runs in which deploys to all cells
  Time now{};           // when it was read
  // Whether Argo CD's objects could be read, and in which namespaces: nothing is everywhere.
  bool has_applications = false;
  bool has_sets = false;
  std::optional<std::set<std::string>> namespaces;
  std::string unread;  // why some of it could not be read, where there may be some; "" mostly
  std::vector<ToolApplication> applications;
  std::vector<Value> sets;
  std::map<ObjectKey, std::vector<AlteredField>> altered_sets;
  std::set<ObjectKey> compared_sets;     // those whose drift is told as such
  std::vector<Value> flux;               // Kustomizations, HelmReleases, sources
  std::set<ObjectKey> suspended_in_git;  // of those
  // Revisions of sources in Git's repositories that are not what Git has.
  std::map<ObjectKey, StatusRevision> flux_revisions;
};

// An ApplicationSet that Git has.
struct ExpectedSet {
  std::string ns;
  std::string name;
  Mark mark;
};

// An Application that Git says there is, whether or not it could be compared.
struct GitApplication {
  std::string ns;  // of the object
  std::string application;
  std::string cell;
  std::string component;
  std::string application_set;  // that makes it; "" for none
  bool is_automated = false;
  Mark mark;
};

// All that is known of tools: what they have, and what Git has for them.
struct ToolClaims {
  std::vector<ToolState> states;  // of clusters that have any
  std::vector<GitApplication> applications;
  std::vector<ExpectedSet> sets;
};

// Whether Argo CD syncs an Application without anybody asking.
bool is_automated(const Value& application);
// Whether Flux does not look at an object of its own.
bool is_suspended(const Value& object);

// Findings of category gitops. Pure; the order of the input does not matter. What could not be
// read gives none.
std::vector<Finding> claims(const Input& input, const ToolClaims& tools);

// The report with them.
Report judge(Input input, ToolClaims tools);

}  // namespace celldrift::audit
