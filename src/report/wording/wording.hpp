// Who, when and where, in words; shared by text and unified diffs.
#pragma once

#include "celldrift/report/report.hpp"
#include "report/wording/items.hpp"

#include <string>
#include <vector>

namespace celldrift::report {

// True for what --server-dry-run told: its message says all.
bool is_second_opinion(const audit::Finding& finding);

// "kubectl-edit (a person)", "argocd-controller (GitOps)", "kubectl (a person, scale)".
std::string writer_text(const compare::Owner& owner);

// "kubectl-edit (a person), 2 hours ago (2026-03-01T09:30:00Z)", "removed; no record of who".
std::string who(const Item& item, const TextOptions& options);

// "in Git at apps/backend.yaml:12 and 3 more", "not in Git, would be near apps/backend.yaml:9".
std::string origin(const Delta& delta, const TextOptions& options);

// " [3f2c1ab9]": what `celldrift explain` takes; all of it where everything is shown.
std::string explainable(const std::string& fingerprint, const TextOptions& options);
// The same for what an item tells: of the cause where it is all that the item has.
std::string explainable(const Item& item, const Delta& delta, const TextOptions& options);

// "cell-1, cell-2, … (48 cells)" in `limit` columns; all of them with options.full.
std::string cells_text(const std::vector<std::string>& cells,
                       std::size_t limit,
                       const audit::Report& report,
                       const TextOptions& options);

// "Deployment backend/web", "30 Deployments", "4 objects".
std::string objects_text(const std::vector<Spot>& spots);
// Their names alone, where they are of one kind; with the kind otherwise.
std::vector<std::string> object_names(const std::vector<Spot>& spots);

}  // namespace celldrift::report
