#include "audit/gate/after.hpp"

#include "audit/gate/objections.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

// An object as it is once the deploy is applied, as far as versions go.
ObjectResult applied(const ObjectResult& next) {
  ObjectResult result = next;
  result.live = next.desired;
  result.status = Status::equal;
  result.differences.clear();
  return result;
}

bool is_wanted(const ObjectResult& result) {
  return result.status != Status::extra;
}

ComparedApplication after(const GateApplication& application, bool receives) {
  ComparedApplication result{.cell = application.cell,
                             .application = application.application,
                             .component = application.component};
  std::vector<ObjectResult> objects;
  for (const ObjectResult& next : application.next) {
    if (is_wanted(next)) {
      objects.push_back(receives && application.differs ? applied(next) : next);
    }
  }
  result.objects = std::move(objects);
  return result;
}

// What the budgets are held against, and nothing else of the audit.
Input fleet_after(const GateInput& input, const std::set<std::string>& components) {
  Input fleet{.manifests = input.target};
  fleet.cells = input.now.cells;
  for (const GateApplication& application : input.applications) {
    if (application.after && components.contains(application.component)) {
      fleet.applications.push_back(after(application, input.receives.contains(application.cell)));
    }
  }
  fleet.look = Look::versions;
  fleet.rules = input.rules;
  fleet.now = input.now_time;
  return fleet;
}

bool is_out_of_budget(const Finding& finding) {
  return finding.ruling && finding.ruling->says.starts_with("out of the budget ") &&
         finding.severity != Severity::note;
}

bool is_of_waves(const Finding& finding) {
  return finding.rule == "skew/wave";
}

Objection objection_of(const Finding& finding) {
  const std::string says = finding.ruling ? finding.ruling->says : "";
  return {.reason = is_of_waves(finding) ? GateReason::wave : GateReason::skew,
          .cells = finding.cells,
          .component = finding.component,
          .application = finding.application,
          .object = finding.object,
          .path_text = finding.path_text,
          .message = "after the deploy " + finding.message + (says.empty() ? "" : "; " + says),
          .source = finding.source,
          .fingerprint = finding.fingerprint};
}

}  // namespace

SkewAfter skew_after(const GateInput& input,
                     const std::set<std::string>& components,
                     WaveOrder order) {
  SkewAfter result;
  Report report = judge(fleet_after(input, components));
  for (Finding& finding : report.findings) {
    if (finding.category != Category::skew || !components.contains(finding.component) ||
        (is_of_waves(finding) && order == WaveOrder::leave)) {
      continue;
    }
    if (is_of_waves(finding) || is_out_of_budget(finding)) {
      result.objections.push_back(objection_of(finding));
    }
    result.findings.push_back(std::move(finding));
  }
  return result;
}

}  // namespace celldrift::audit
