// The objects that some Applications want in one cell, compared with what the cell has; what else
// it has of theirs; and what its API server says of them.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "cli/cell_reader.hpp"
#include "cli/comparisons.hpp"
#include "cli/placed.hpp"
#include "cli/second_opinions.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace celldrift::cli {

struct CompareIn {
  const compare::LiveView& view;
  const std::string& controller_ns;
  const compare::Context& context;
  const CellLikeness& likeness;
  Comparisons& comparisons;  // of all cells
};
// One for each of `placed`, in their order.
std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const CompareIn& cell);

// What Argo CD does not manage in this cell is not Git's to want. (Argo CD 3.5 warns:
// ExcludedResourceWarning.) Only an argocd-cm tells.
void leave_out_excluded(std::vector<Placed>& placed,
                        const fleet::Cell& cell,
                        const compare::ArgoSettings& settings,
                        Placements& placements,
                        std::vector<Problem>& problems);

// What extra_of() is asked of.
struct ExtraObjects {
  const std::vector<const fleet::Application*>& applications;
  const std::set<ObjectKey>& wanted;  // by any Application of the cell
  const std::vector<std::pair<ObjectKey, Value>>& live;
  const fleet::Cell& cell;
  const fleet::Projects& projects;
  const std::string& controller_ns;
};
// Objects that are tracked as one of the Applications and that none wants: for each of them, in
// their order. An Application that could not be rendered is to be left out: what it wants is not
// known.
std::vector<std::vector<compare::ObjectResult>> extra_of(const ExtraObjects& question,
                                                         const compare::Context& context);

// Adds what is extra of an Application to how the rest of its objects stands.
void append(std::vector<compare::ObjectResult> extra, compare::ObjectResults& objects);

// What Argo CD calls them, each in one word.
compare::ApplicationNames names_of(const std::vector<const fleet::Application*>& applications,
                                   const std::string& controller_ns);

std::vector<const fleet::Application*> applications_of(const std::vector<Placed>& placed);

// A snapshot cannot be asked, and of a cell that was not reached there is a problem already.
std::vector<Problem> second_opinions(const CellReader& reader,
                                     const observe::Observation& observation,
                                     const observe::SecretKey& key,
                                     std::span<const Placed> desired,
                                     std::vector<audit::ComparedApplication>& compared,
                                     AskOfNew ask_of_new = AskOfNew::no);

}  // namespace celldrift::cli
