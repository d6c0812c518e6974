// The matrix of versions as JSON, schema celldrift.skew/v1: docs/skew.md says what each key means.
#include "report/json/parts.hpp"
#include "report/matrix/rows.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using audit::Report;
using audit::VersionRow;

// Cells that a row has nothing of because it could not be read there.
std::vector<std::string> unread_cells(const Report& report, const VersionRow& row) {
  std::vector<std::string> cells;
  for (const audit::CellSummary& cell : report.cells) {
    const bool is_there = std::ranges::any_of(row.values, [&](const audit::ValueGroup& group) {
      return std::ranges::binary_search(group.cells, cell.name);
    });
    if (!is_there && is_unread(cell, row.fact)) {
      cells.push_back(cell.name);
    }
  }
  return cells;
}

void write_row(JsonWriter& json, const Report& report, const VersionRow& row) {
  json.start_object();
  json.key("component");
  json.text(row.component);
  json.key("fact");
  json.text(describe(row.fact));
  json.key("what");
  json.text(row.what);
  json.key("subjects");
  write_names(json, row.subjects);
  json.key("inStep");
  json.boolean(row.findings.empty());
  json.key("values");
  write_list(json, row.values, write_group);
  json.key("unread");
  write_names(json, unread_cells(report, row));
  json.key("findings");
  write_names(json, row.findings);
  json.end_object();
}

}  // namespace

std::string skew_json(const Report& report, const SkewOptions& what) {
  JsonWriter json;
  start_document(json, "celldrift.skew/v1", report);
  json.key("rows");
  json.start_list();
  for (const VersionRow* row : chosen_rows(report, what)) {
    write_row(json, report, *row);
  }
  json.end_list();
  json.key("findings");
  write_list(json, report.findings, write_finding);
  json.key("problems");
  write_list(json, report.problems, write_problem);
  json.end_object();
  return json.take();
}

}  // namespace celldrift::report
