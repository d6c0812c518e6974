// One cell: what its Applications want against what was read of it.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/claims.hpp"
#include "cli/cell_reader.hpp"
#include "cli/desired.hpp"
#include "cli/gate_rehearsal.hpp"
#include "cli/in_common.hpp"

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace celldrift::cli {

class Prover;
class ToolExpectations;

// What decides comparisons beside the objects, the same in all cells.
struct CompareRules {
  const fleet::Projects& projects;
  std::string controller_ns = "argocd";  // where Argo CD runs
  compare::Managers managers = compare::Managers::builtin();
  compare::RightsTable rights = compare::RightsTable::builtin();
  compare::ArgoSettings argo = compare::ArgoSettings::defaults();
  compare::Explain explain = compare::Explain::no;
  ServerDryRun server_dry_run = ServerDryRun::no;
  audit::Look look = audit::Look::everything;
  compare::ApplicationNames application_names = {};  // of all cells' Applications
  // Why there may be Applications that are not known; "" when all are.
  std::string unknown_applications = {};
  Prover* prover = nullptr;  // tells which commit each Application runs; null: nobody asks
  std::shared_ptr<InCommon> in_common = std::make_shared<InCommon>();
  const Rehearsal* rehearsal = nullptr;  // what cells are compared with as well; null: nothing
  ToolExpectations* tools = nullptr;     // for what GitOps tools say; null: nobody asks
};

struct ComparedCell {
  audit::CellSummary summary;
  std::vector<audit::ComparedApplication> applications;
  std::optional<audit::ClusterVersions> versions;  // nothing for Argo CD's own cluster
  std::vector<audit::Proved> proved;
  std::vector<Problem> problems;
  audit::KnownCell known;
  std::optional<RehearsedCell> rehearsed;
  std::optional<audit::ToolState> tools;
};

// Reads the cell (already reached) and compares all its Applications, but those with objects that
// their project refuses. Never throws for what is in the cell.
ComparedCell compare_cell(const fleet::Cell& cell,
                          CellReader& reader,
                          std::span<const RenderedApplication* const> applications,
                          const CompareRules& rules);

}  // namespace celldrift::cli
