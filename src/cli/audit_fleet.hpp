// The whole way from Git to a Report.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/gate.hpp"
#include "celldrift/fleet/cell.hpp"
#include "cli/cells.hpp"
#include "cli/manifests.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace celldrift::cli {

struct Audited {
  audit::Report report;
  std::vector<audit::ComparedApplication> applications;  // empty unless explanations are asked for
  std::shared_ptr<Manifests> manifests;
  // With Options::only_cells: what there is to judge; the report is empty then.
  std::optional<audit::Input> input = {};
  // With Options::rehearse: what the cells say of that revision, the report with it.
  std::optional<audit::GateInput> rehearsed = {};
};

// Throws Error only for what makes an audit impossible (the repo, the configuration); everything
// else is a problem in the report.
Audited audit_fleet(const Setup& setup);

}  // namespace celldrift::cli
