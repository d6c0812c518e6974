#include "report/text/sections.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <set>

namespace celldrift::report {
namespace {

using audit::CellSummary;
using audit::Report;

// One thing that could not be looked at.
struct Gap {
  std::string what;  // "cell-c", "cell-a-backend in cell-a"
  bool whole_cell = false;
  std::string reason;
  std::string source;
};

bool unreachable(const Report& report, const std::string& name) {
  return std::ranges::any_of(
      report.cells, [&](const CellSummary& cell) { return cell.name == name && !cell.reachable; });
}

std::string part_of(const Problem& problem) {
  if (problem.application.empty()) {
    return problem.cell.empty() ? std::string(describe(problem.stage)) : problem.cell;
  }
  return problem.application + (problem.cell.empty() ? "" : " in " + problem.cell);
}

Gap gap_of(const Report& report, const Problem& problem) {
  return {.what = part_of(problem),
          .whole_cell = problem.application.empty() && unreachable(report, problem.cell),
          .reason = problem.message,
          .source = problem.source};
}

// All that is unknown, and why: the problems, then cells that no problem speaks of.
std::vector<Gap> gaps(const Report& report) {
  std::vector<Gap> result;
  std::set<std::string> explained;
  for (const Problem& problem : report.problems) {
    if (problem.unknown == LeavesUnknown::yes) {
      result.push_back(gap_of(report, problem));
      explained.insert(problem.cell);
    }
  }
  for (const CellSummary& cell : report.cells) {
    if (!was_looked_at(cell) && !explained.contains(cell.name)) {
      result.push_back({.what = cell.name,
                        .whole_cell = true,
                        .reason = cell.reason.empty() ? "no reason is known" : cell.reason,
                        .source = ""});
    }
  }
  return result;
}

std::string sentence(const Gap& gap) {
  return gap.what + (gap.whole_cell ? " could not be read: " : ": ") + gap.reason;
}

std::vector<std::string> distinct_parts(const std::vector<Gap>& gaps) {
  std::set<std::string> parts;
  for (const Gap& gap : gaps) {
    parts.insert(gap.what);
  }
  return {parts.begin(), parts.end()};
}

Line problem_line(const std::string& text, const std::string& source) {
  return source.empty() ? Line{{text}} : Line{{text}, {" (" + source + ")", Style::dim}};
}

void write_others(Page& page, const Report& report) {
  bool headed = false;
  for (const Problem& problem : report.problems) {
    if (problem.unknown == LeavesUnknown::no) {
      if (!headed) {
        page.gap();
        page.line(0, {{"Worth knowing", Style::bold}});
      }
      headed = true;
      page.line(2, problem_line(part_of(problem) + ": " + problem.message, problem.source));
    }
  }
}

}  // namespace

void write_incomplete(Page& page, const Report& report) {
  if (report.complete) {
    return;
  }
  const std::vector<Gap> all = gaps(report);
  const std::vector<std::string> parts = distinct_parts(all);
  Line line{{"INCOMPLETE", Style::yellow}};
  if (all.size() == 1) {
    line.push_back({": " + sentence(all.front())});
  } else {
    line.push_back({": not everything could be looked at: " +
                    list_names(parts, 2 * page.room(0) - 60, 0, "part")});
  }
  page.line(0, line);
}

void write_problems(Page& page, const Report& report) {
  const std::vector<Gap> all = gaps(report);
  if (!all.empty()) {
    page.gap();
    page.line(0, {{"Could not be looked at", Style::bold}});
  }
  for (const Gap& gap : all) {
    page.line(2, problem_line(sentence(gap), gap.source));
  }
  write_others(page, report);
}

}  // namespace celldrift::report
