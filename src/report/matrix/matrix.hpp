// The matrix of versions: one line for each thing that has a version, one column for each group of
// cells that are the same in all lines.
#pragma once

#include "celldrift/audit/report.hpp"

#include <span>
#include <string>
#include <vector>

namespace celldrift::report {

// What one group of cells has.
struct MatrixField {
  enum class State {
    fleet,    // what most have
    outlier,  // something else
    absent,   // the cells have no such thing
    unread,   // it could not be read there
  } state = State::absent;
  std::string text;  // short: "1.3", "4f2a91c"
  std::string mark;  // "↓", "↑", "≠", and "*" where Git wants it
};

struct MatrixLine {
  const audit::VersionRow* row = nullptr;
  std::string label;                        // distinct within the component: "image app"
  std::optional<audit::Severity> severity;  // the worst of its findings; nothing: in step
  std::vector<MatrixField> fields;          // one for each column
};

struct MatrixColumn {
  std::string label;               // "48 cells", "cell-7", "cell-2 +1"
  std::vector<std::string> cells;  // sorted
};

struct Matrix {
  // The largest group first, then those out of line, then by name.
  std::vector<MatrixColumn> columns;
  std::vector<MatrixLine> lines;  // in the order of the rows
};

// Of these rows of the report, and these cells (of its cells; empty: all of them).
Matrix matrix_of(const audit::Report& report,
                 std::span<const audit::VersionRow* const> rows,
                 const std::vector<std::string>& cells = {});

// True for a row of which somebody should know: it has a finding.
bool is_out_of_step(const audit::VersionRow& row);

}  // namespace celldrift::report
