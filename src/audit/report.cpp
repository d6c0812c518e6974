// What parts of a report say, that is not written in them.
#include "celldrift/audit/report.hpp"

namespace celldrift::audit {

ObjectRef ref_of(const compare::ObjectResult& result) {
  return {.api_version = result.api_version,
          .kind = result.key.kind,
          .ns = result.key.ns,
          .name = result.key.name};
}

bool was_looked_at(const CellSummary& cell) {
  return cell.reachable && cell.coverage != "unknown";
}

bool is_unread(const CellSummary& cell, FactKind fact) {
  return !was_looked_at(cell) || cell.unread.contains(fact);
}

Severity severity_before_rules(const Finding& finding) {
  return finding.ruling ? finding.ruling->was : finding.severity;
}

}  // namespace celldrift::audit
