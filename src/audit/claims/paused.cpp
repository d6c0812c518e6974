// Syncs that do not happen by themselves: paused by hand, by Git, by a project's sync windows.
#include "audit/claims/claims.hpp"
#include "audit/wording.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

bool is_off(const ClaimBook& book, const ToolApplication& application) {
  const ComparedApplication* compared = book.compared(application);
  return compared != nullptr && std::ranges::any_of(compared->objects, argo_sees);
}

Finding skipped(const ToolState& tool, const ToolApplication& application) {
  const bool is_declared = application.is_skipped_in_git;
  Finding finding =
      claim("paused", is_declared ? Severity::note : Severity::warning, tool, application);
  finding.what = "skip-reconcile";
  finding.changed_by = is_declared ? std::nullopt : application.skipper;
  finding.owner_unknown = !is_declared && !application.skipper;
  finding.reason = is_declared ? "Git says so" : "";
  finding.message = "Argo CD does not look at " + application.application +
                    ": it has the annotation " + std::string(skip_annotation) +
                    (is_declared ? "; Git says so" : by_text(application.skipper));
  return with_fingerprint(std::move(finding));
}

// Only where something waits for it: many sync by hand on purpose.
Finding by_hand_only(const ToolState& tool, const ToolApplication& application) {
  Finding finding = claim("paused", Severity::note, tool, application);
  finding.what = "manual";
  finding.message = application.application +
                    " is not as Git wants it, and Git has no automated sync for it: somebody has "
                    "to sync it";
  return with_fingerprint(std::move(finding));
}

Finding paused_cell(const KnownCell& cell) {
  Finding finding;
  finding.rule = "gitops/paused";
  finding.severity = Severity::warning;
  finding.category = Category::gitops;
  finding.cells = {cell.name};
  finding.component = cell.name;
  finding.what = "skip-reconcile";
  finding.message = "Argo CD does not look at anything in " + cell.name + ": " + cell.labelled_by +
                    " has the annotation " + std::string(skip_annotation);
  return with_fingerprint(std::move(finding));
}

// Applications that one reason of one project keeps from being synced.
struct Window {
  std::set<std::string> cells;
  std::size_t applications = 0;
  std::size_t waiting = 0;  // of them, those that are not as Git wants them
};
using Windows = std::map<std::tuple<std::string, std::string, std::string>, Window>;

Windows open_windows(const ClaimBook& book, const ToolState& tool) {
  Windows windows;
  for (const ToolApplication& application : tool.applications) {
    if (application.denied.empty() || application.application.empty() ||
        !is_automated(application.live)) {
      continue;
    }
    const std::string project(application.live.string_at({"spec", "project"}));
    Window& window = windows[{application.object.ns, project, application.denied}];
    window.cells.insert(application.cell.empty() ? tool.cluster : application.cell);
    ++window.applications;
    window.waiting += is_off(book, application) ? 1 : 0;
  }
  return windows;
}

Finding denied(const std::string& ns,
               const std::string& project,
               const std::string& why,
               const Window& window) {
  Finding finding;
  finding.rule = "gitops/sync-window";
  finding.severity = Severity::note;
  finding.category = Category::gitops;
  finding.cells = {window.cells.begin(), window.cells.end()};
  finding.component = project;
  finding.object = {
      .api_version = std::string(argo_version), .kind = "AppProject", .ns = ns, .name = project};
  finding.what = why;
  finding.reason = window.waiting == 0
                       ? ""
                       : std::to_string(window.waiting) +
                             (window.waiting == 1 ? " of them is" : " of them are") +
                             " not as Git wants, and will stay so until then";
  finding.message = "no automated sync may run of " + std::to_string(window.applications) +
                    (window.applications == 1 ? " Application" : " Applications") + " in " +
                    cells_text(finding.cells) + ": " + why +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

}  // namespace

std::vector<Finding> paused_syncs(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      const GitApplication* expected = book.expected(application);
      if (expected == nullptr) {
        continue;
      }
      if (is_skipped(application.live)) {
        findings.push_back(skipped(tool, application));
      }
      if (!expected->is_automated && !is_automated(application.live) && is_off(book, application)) {
        findings.push_back(by_hand_only(tool, application));
      }
    }
  }
  for (const KnownCell& cell : book.input().known) {
    const auto found = cell.annotations.find(std::string(skip_annotation));
    if (found != cell.annotations.end() && is_go_true(found->second)) {
      findings.push_back(paused_cell(cell));
    }
  }
  return findings;
}

std::vector<Finding> sync_windows(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState& tool : book.tools().states) {
    for (const auto& [key, window] : open_windows(book, tool)) {
      const auto& [ns, project, why] = key;
      findings.push_back(denied(ns, project, why, window));
    }
  }
  return findings;
}

}  // namespace celldrift::audit
