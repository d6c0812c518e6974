#include "audit/fold/groups.hpp"
#include "audit/rules/stages.hpp"
#include "celldrift/core/object.hpp"

#include <unordered_map>

namespace celldrift::audit {
namespace {

std::string key_in_cell(const Finding& finding) {
  const ObjectRef& object = finding.object;
  return key_of(
      {finding.cells.front(), group_of(object.api_version), object.kind, object.ns, object.name});
}

bool lacks_labels(const Finding& finding) {
  return finding.labels.is_null() && !finding.cells.empty() && !finding.object.kind.empty();
}

}  // namespace

LabelsOfCells labels_of_cells(const std::vector<CellSummary>& cells) {
  LabelsOfCells labels;
  for (const CellSummary& cell : cells) {
    labels[cell.name] = cell.labels;
  }
  return labels;
}

void add_labels(std::vector<Finding>& findings,
                const std::vector<ComparedApplication>& applications) {
  std::unordered_map<std::string, Value> wanted;
  for (const Finding& finding : findings) {
    if (lacks_labels(finding)) {
      wanted.try_emplace(key_in_cell(finding));
    }
  }
  if (wanted.empty()) {
    return;
  }
  for (const ComparedApplication& application : applications) {
    for (const compare::ObjectResult& result : application.objects) {
      const ObjectKey& key = result.key;
      const auto found = wanted.find(
          key_of({application.cell, group_of(result.api_version), key.kind, key.ns, key.name}));
      const Value& object = result.live.is_null() ? result.desired : result.live;
      const Value* labels = object.find({"metadata", "labels"});
      if (found != wanted.end() && labels != nullptr) {
        found->second = *labels;
      }
    }
  }
  for (Finding& finding : findings) {
    if (lacks_labels(finding)) {
      finding.labels = wanted.at(key_in_cell(finding));
    }
  }
}

}  // namespace celldrift::audit
