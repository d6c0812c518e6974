#include "audit/gate/in_step.hpp"

#include "audit/gate/effects.hpp"
#include "audit/gate/objections.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;
using Standing = GateChange::Standing;

std::optional<GateReason> reason_of(const Finding& finding) {
  if (finding.severity == Severity::note || finding.rule.starts_with("dry-run/")) {
    return std::nullopt;
  }
  switch (finding.category) {
    case Category::drift:
    case Category::missing:
    case Category::extra:
      return GateReason::drift;
    case Category::gitops:
      return GateReason::gitops;
    case Category::skew:
    case Category::parity:
    case Category::isolation:
    case Category::rules:
      break;
  }
  return std::nullopt;
}

const ObjectResult* next_of(const GateApplication& application, const ObjectRef& object) {
  const auto found = std::ranges::find_if(application.next, [&](const ObjectResult& each) {
    return each.key.kind == object.kind && each.key.ns == object.ns &&
           each.key.name == object.name && each.key.group == group_of(object.api_version);
  });
  return found == application.next.end() ? nullptr : &*found;
}

bool differs_at(const ObjectResult& next, const std::string& path_text) {
  return std::ranges::any_of(next.differences, [&](const compare::Difference& each) {
    return is_same_place(each.path.text(), path_text);
  });
}

// Whether the cell has it as the deploy wants it.
bool has_arrived(const GateApplication& application, const Finding& finding) {
  const ObjectResult* next = next_of(application, finding.object);
  if (next == nullptr) {
    return finding.category == Category::missing;  // the deploy does not want it either
  }
  switch (next->status) {
    case Status::equal:
      return true;
    case Status::drifted:
      return !finding.path_text.empty() && !differs_at(*next, finding.path_text);
    case Status::missing:
    case Status::extra:
    case Status::unknown:
      break;
  }
  return false;
}

Objection objection_of(const GateApplication& application,
                       GateReason reason,
                       const Finding& finding) {
  // The sentence of drift leaves out which object it is about.
  const bool needs_object = finding.category == Category::drift && !finding.path_text.empty();
  Objection objection =
      objection_to(reason,
                   application,
                   finding.object,
                   (needs_object ? describe(finding.object) + ": " : "") + finding.message);
  objection.path_text = finding.path_text;
  objection.source = finding.source;
  objection.fingerprint = finding.fingerprint;
  return objection;
}

bool is_off(const ObjectResult& result) {
  return result.status == Status::drifted || result.status == Status::missing ||
         (result.status == Status::extra && !result.orphan);
}

bool is_unknown(const ObjectResult& result) {
  return result.status == Status::unknown;
}

std::optional<Objection> unknown_objects(const GateApplication& application) {
  std::set<ObjectKey> known;
  std::size_t number = 0;
  const ObjectResult* first = nullptr;
  // What the deploy no longer wants may be there to be deleted.
  for (const compare::ObjectResults* results : {&application.next, &application.now}) {
    for (const ObjectResult& each : *results) {
      if (is_unknown(each) && known.insert(each.key).second) {
        ++number;
        first = first == nullptr ? &each : first;
      }
    }
  }
  if (first == nullptr) {
    return std::nullopt;
  }
  const std::string more = number > 1 ? " and " + std::to_string(number - 1) + " more" : "";
  // In the words of the problem that the audit makes of it, so that it is told once.
  Objection objection =
      objection_to(GateReason::unknown,
                   application,
                   describe(first->key) + more + ": " +
                       (first->reason.empty() ? "could not be looked at" : first->reason));
  objection.source = first->desired.mark();
  return objection;
}

Standing standing_of(const GateApplication& application, bool has_objection) {
  if (application.failed || std::ranges::any_of(application.next, is_unknown)) {
    return Standing::unknown;
  }
  if (has_objection) {
    return Standing::drifted;
  }
  const bool has_all = application.after && std::ranges::none_of(application.next, is_off);
  return has_all ? Standing::arrived : Standing::in_step;
}

}  // namespace

OwnFindings::OwnFindings(const Report& report) {
  for (const Finding& finding : report.findings) {
    if (finding.cells.size() == 1 && !finding.application.empty() && reason_of(finding)) {
      findings_[{finding.cells.front(), finding.application}].push_back(&finding);
    }
  }
}

const std::vector<const Finding*>& OwnFindings::of(const GateApplication& application) const {
  static const std::vector<const Finding*> none;
  const auto found = findings_.find({application.cell, application.application});
  return found == findings_.end() ? none : found->second;
}

InStep in_step(const GateApplication& application, const OwnFindings& findings) {
  InStep result;
  bool is_drifted = false;
  for (const Finding* finding : findings.of(application)) {
    const GateReason reason = *reason_of(*finding);
    if (reason == GateReason::gitops || !has_arrived(application, *finding)) {
      result.objections.push_back(objection_of(application, reason, *finding));
      is_drifted = is_drifted || reason == GateReason::drift;
    }
  }
  if (auto unknown = unknown_objects(application)) {
    result.objections.push_back(*std::move(unknown));
  }
  result.standing = standing_of(application, is_drifted);
  return result;
}

}  // namespace celldrift::audit
