#include "report/matrix/rows.hpp"

#include "celldrift/core/text.hpp"
#include "report/matrix/matrix.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

bool is_asked_for(const std::string& component, const SkewOptions& what) {
  return what.components.empty() ||
         std::ranges::any_of(what.components,
                             [&](const std::string& glob) { return glob_match(glob, component); });
}

bool has_cell(const audit::VersionRow& row, const std::vector<std::string>& cells) {
  return cells.empty() || std::ranges::any_of(row.values, [&](const audit::ValueGroup& group) {
           return std::ranges::find_first_of(group.cells, cells) != group.cells.end();
         });
}

}  // namespace

std::vector<const audit::VersionRow*> chosen_rows(const audit::Report& report,
                                                  const SkewOptions& what) {
  std::vector<const audit::VersionRow*> rows;
  for (const audit::VersionRow& row : report.versions) {
    if ((what.all || is_out_of_step(row)) && is_asked_for(row.component, what) &&
        has_cell(row, what.cells)) {
      rows.push_back(&row);
    }
  }
  return rows;
}

}  // namespace celldrift::report
