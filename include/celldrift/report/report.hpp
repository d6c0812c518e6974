// Writers: a Report as text for people or JSON for programs. Equal reports give equal bytes.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/core/clock.hpp"

#include <string>

namespace celldrift::report {

enum class Colour { no, yes };

struct TextOptions {
  Colour colour = Colour::no;
  std::size_t width = 100;  // columns; long values are cut to fit
  std::optional<Time> now;  // ages ("2 days ago") are written against it; without it only dates
  bool quiet = false;       // the summary line alone
};

// Summary, then skew, then drift grouped by component, then what could not be looked at. Safe for a
// terminal whatever the names are.
std::string text(const audit::Report& report, const TextOptions& options);

// Schema "celldrift.report/v1", indented by two; see docs/report-v1.md.
std::string json(const audit::Report& report);

}  // namespace celldrift::report
