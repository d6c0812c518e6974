// `celldrift gate`: the cells held against the revision that is to be deployed, in the same reading
// that they are held against Git in.
#pragma once

#include "celldrift/audit/gate.hpp"
#include "cli/cells.hpp"
#include "cli/inputs.hpp"
#include "cli/placed.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace celldrift::cli {

// What one cell says of a deploy.
struct RehearsedCell {
  std::vector<audit::GateApplication> applications;
  audit::GateCell cell;
  std::vector<Problem> problems;
};

// The desired side at the revision that is to be deployed.
class Rehearsal {
 public:
  // `target`: the revision. `setup` and `fleet` must outlive it. Error as Manifests and
  // desired_fleet() throw them.
  Rehearsal(const Setup& setup,
            const RepoOptions& target,
            const fleet::Fleet& fleet,
            const fleet::GlobalProjects& global_projects);
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;

  audit::ManifestsInfo info() const { return manifests_.info(); }
  const std::vector<Problem>& problems() const { return desired_.problems; }
  const fleet::Projects& projects() const { return desired_.projects; }
  std::span<const RenderedApplication* const> of(const std::string& cell) const;

 private:
  Manifests manifests_;
  Inputs inputs_;
  DesiredFleet desired_;
  std::map<std::string, std::vector<const RenderedApplication*>> by_cell_;
};

// Adds what the gate has to know of a cell beside what Git states.
void want_rehearsal(const std::vector<Placed>& next, observe::Wants& wants);

// Those of `next` that are not what `now` has, by name and by what they state.
std::vector<Placed> touched(const std::vector<Placed>& now, const std::vector<Placed>& next);

// Both comparisons of one cell.
struct BothSides {
  std::span<const RenderedApplication* const> now_rendered;
  const std::vector<Placed>& now;
  const std::vector<audit::ComparedApplication>& now_compared;  // in the order of `now`
  std::span<const RenderedApplication* const> next_rendered;
  const std::vector<Placed>& next;
  // Of those that the deploy touches, by name; and what is left of Applications that it removes.
  std::map<std::string, compare::ObjectResults> next_compared;
};

RehearsedCell rehearsed(const observe::Observation& observation, BothSides sides);

}  // namespace celldrift::cli
