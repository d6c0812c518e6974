// The matrix as text.
#pragma once

#include "celldrift/report/report.hpp"
#include "report/matrix/matrix.hpp"
#include "report/page/page.hpp"

namespace celldrift::report {

struct MatrixLayout {
  // Columns that the page has no room for follow below, with the labels again; else they are
  // counted.
  bool whole = false;
  std::size_t width = 80;
};

// Component by component, then what the marks and the counted columns mean.
void write_matrix(Page& page,
                  const Matrix& matrix,
                  const audit::Report& report,
                  const MatrixLayout& layout,
                  const TextOptions& options);

// The rows that are out of step, at most ten, those with the worst findings; how many more there
// are.
void write_short_matrix(Page& page, const audit::Report& report, const TextOptions& options);

}  // namespace celldrift::report
