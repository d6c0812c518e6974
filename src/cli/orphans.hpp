// Orphaned resources: live objects that no Application wants, in the namespaces of those whose
// AppProject asks for them (spec.orphanedResources).
#pragma once

#include "celldrift/audit/audit.hpp"
#include "cli/compare_cell.hpp"
#include "cli/placed.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace celldrift::cli {

// An Application whose project asks for them.
struct OrphanWatch {
  const fleet::Application& application;
  const fleet::Project& project;

  // Its destination's namespace; everywhere where it has none. (Argo CD 3.5)
  bool is_where_it_asks(const ObjectKey& object) const;
  bool is_about(const ObjectKey& object, const fleet::Cell& cell) const;
  // The project knows of the object, and asks for nothing (spec.orphanedResources.ignore).
  bool lets_be(const ObjectKey& object) const;
};

// In the order of the Applications; one that could not be rendered has its own problem. None in
// most fleets.
std::vector<OrphanWatch> orphan_watches(std::span<const Placed> placed,
                                        const fleet::Projects& projects);

// What has to be read for them: for Wants::ownerless. Of a snapshot, what it has of that.
std::map<GroupKind, std::set<std::string>> kinds_of_orphans(std::span<const OrphanWatch> watches,
                                                            const observe::Reached& reached,
                                                            const fleet::Cell& cell,
                                                            const compare::ArgoSettings& settings);

// What is known of the cell when its orphans are looked for.
struct OrphanQuestion {
  const fleet::Cell& cell;
  const observe::Observation& observation;
  const std::vector<std::pair<ObjectKey, Value>>& live;    // distinct_objects() of its table
  const std::vector<std::pair<ObjectKey, Value>>& beside;  // LeftOver's
  const observe::Wants& wants;
  const std::vector<Placed>& placed;
  std::size_t applications;  // that go to the cell: more than `placed` where some fail to render
  const CompareRules& rules;
};

// Adds them to the first Application that asks for each. Problems for what could not be read. An
// object is unknown where Applications that may want it are.
std::vector<Problem> add_orphans(std::span<const OrphanWatch> watches,
                                 const OrphanQuestion& question,
                                 const compare::Context& context,
                                 std::vector<audit::ComparedApplication>& compared);

}  // namespace celldrift::cli
