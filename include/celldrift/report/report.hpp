// Writers: a Report as text or as unified diffs for people, or as JSON for programs. Equal reports
// give equal bytes. Safe for a terminal whatever is in them.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/core/clock.hpp"

#include <string>
#include <vector>

namespace celldrift::report {

enum class Colour { no, yes };

struct TextOptions {
  Colour colour = Colour::no;
  std::size_t width = 100;    // columns; long values are cut to fit
  std::optional<Time> now;    // ages ("2 days ago") are written against it; else only dates
  bool quiet = false;         // the summary line alone
  bool full = false;          // nothing is cut or counted: all values, objects and cells
  bool show_ignored = false;  // what ignoreDifferences hides is listed
  std::optional<std::size_t> context;  // equal lines around changed ones; text: 1, unified: 3
};

// Summary, then skew, then drift grouped by cause, then what could not be looked at.
std::string text(const audit::Report& report, const TextOptions& options);

// A unified diff for each object that is not as Git wants it, as git and patch have them, those
// that are the same in several cells once. Both sides are YAML of what Git states and of what was
// added; lines before a "---" say who and when. Secret values are their hashes.
std::string unified(const audit::Report& report, const TextOptions& options);

// What the matrix of versions is to show.
struct SkewOptions {
  bool all = false;                     // also what is in step
  std::vector<std::string> components;  // globs; empty: all
  std::vector<std::string> cells;       // names; empty: all
};

// The matrix of components and cells, then who is behind and why, then what could not be looked at.
std::string skew_text(const audit::Report& report,
                      const SkewOptions& what,
                      const TextOptions& options);
// Schema "celldrift.skew/v1"; see docs/skew.md.
std::string skew_json(const audit::Report& report, const SkewOptions& what);

// Schema "celldrift.report/v1", indented by two; see docs/report-v1.md.
std::string json(const audit::Report& report);

}  // namespace celldrift::report
