// Inputs for gate(): one Application in some cells, at two revisions.
#pragma once

#include "celldrift/audit/gate.hpp"
#include "unit/audit/rules_inputs.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

inline Value parsed(std::string_view text) {
  return yaml::parse(text).value;
}

inline compare::Difference difference(const Path& path,
                                      std::string_view want,
                                      std::string_view have,
                                      std::string_view manager = "argocd-controller") {
  compare::Difference made;
  made.path = path;
  made.change = want.empty()   ? compare::Change::added
                : have.empty() ? compare::Change::removed
                               : compare::Change::modified;
  made.want = want.empty() ? std::nullopt : std::optional(parsed(want));
  made.have = have.empty() ? std::nullopt : std::optional(parsed(have));
  made.evidence = want.empty() ? compare::Evidence::owned : compare::Evidence::stated;
  if (!manager.empty()) {
    made.owner =
        compare::Owner{.manager = std::string(manager),
                       .operation = "Update",
                       .kind = compare::Managers::builtin().classify(manager, "Update", "")};
  }
  return made;
}

inline compare::ObjectResult differing(compare::ObjectResult result,
                                       std::vector<compare::Difference> differences) {
  result.status = compare::Status::drifted;
  result.differences = std::move(differences);
  return result;
}

inline compare::ObjectResult missing_object(std::string_view desired) {
  return object(compare::Status::missing, desired, "");
}

inline compare::ObjectResult extra_object(std::string_view live) {
  return object(compare::Status::extra, "", live);
}

inline GateApplication gated(const std::string& cell,
                             std::vector<compare::ObjectResult> now,
                             std::vector<compare::ObjectResult> next,
                             std::string_view spec = "{}") {
  GateApplication made;
  made.cell = cell;
  made.application = cell + "-backend";
  made.component = "backend";
  made.ns = "shop";
  made.object = Value::map({{"spec", parsed(spec)}});
  made.now = std::move(now);
  made.next = std::move(next);
  return made;
}

// The audit of what Git wants now is made of `now` of each, as a check would.
inline GateInput gate_input(std::vector<GateApplication> applications,
                            std::string_view rules_text = "{}") {
  GateInput input;
  input.now_time = *parse_time("2026-11-26T12:00:00Z");
  input.rules = std::make_shared<const Rules>(rules(rules_text));
  Input now;
  for (const GateApplication& each : applications) {
    if (!input.receives.insert(each.cell).second) {
      continue;
    }
    now.cells.push_back(cell(each.cell));
    input.cells.push_back({.name = each.cell,
                           .namespaces = std::map<std::string, std::string>{{"shop", "Active"}},
                           .time = input.now_time});
  }
  for (const GateApplication& each : applications) {
    now.applications.push_back({.cell = each.cell,
                                .application = each.application,
                                .component = each.component,
                                .objects = each.now});
  }
  input.now = judge(std::move(now));
  input.applications = std::move(applications);
  return input;
}

// "block drift cell-a; warn reverts cell-a", in the order of the report.
inline std::string reasons(const GateReport& report) {
  std::string text;
  for (const Objection& each : report.objections) {
    text += (text.empty() ? "" : "; ") + std::string(describe(each.action)) + " " +
            std::string(describe(each.reason));
    for (const std::string& name : each.cells) {
      text += " " + name;
    }
  }
  return text;
}

// "changed Deployment web: changes spec.replicas; added …" of the first Application.
inline std::string effects(const GateReport& report) {
  std::string text;
  for (const ObjectEffect& each : report.changes.front().objects) {
    text += (text.empty() ? "" : "; ") + std::string(describe(each.kind)) + " " + each.object.kind +
            " " + each.object.name;
    for (const FieldEffect& field : each.fields) {
      text += " " + std::string(describe(field.kind)) + " " + field.path_text;
    }
  }
  return text;
}

}  // namespace celldrift::audit
