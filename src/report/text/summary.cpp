#include "celldrift/core/short_commit.hpp"
#include "celldrift/core/text.hpp"
#include "report/text/sections.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <set>

namespace celldrift::report {
namespace {

using audit::Report;
using audit::Severity;
using audit::Verdict;
using compare::Status;

std::size_t objects(const Report& report, Status status) {
  const auto found = report.summary.objects.find(status);
  return found == report.summary.objects.end() ? 0 : found->second;
}

std::size_t findings(const Report& report, Severity severity) {
  return std::size_t(std::ranges::count(report.findings, severity, &audit::Finding::severity));
}

// "2 errors, 1 warning"; notes count nowhere but in the parentheses.
std::string severities(const Report& report) {
  std::vector<std::string> parts;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    if (const std::size_t number = findings(report, severity); number > 0) {
      parts.push_back(count(number, describe(severity)));
    }
  }
  return join(parts, ", ");
}

std::size_t cells_with_findings(const Report& report) {
  std::set<std::string_view> cells;
  for (const audit::Finding& finding : report.findings) {
    if (finding.severity != Severity::note) {
      cells.insert(finding.cells.begin(), finding.cells.end());
    }
  }
  return cells.size();
}

std::string compared(const Report& report) {
  std::size_t total = 0;
  for (const auto& [status, number] : report.summary.objects) {
    total += status == Status::unknown ? 0 : number;
  }
  std::string text = count(total, "object") + " compared";
  const std::size_t unknown = objects(report, Status::unknown);
  text += unknown > 0 ? ", " + std::to_string(unknown) + " unknown" : "";
  const std::size_t by_right = report.summary.by_right;
  text += by_right > 0 ? ", " + count(by_right, "difference") + " by right" : "";
  const std::size_t ignored = report.summary.ignored;
  return text + (ignored > 0 ? ", " + count(ignored, "difference") + " ignored as Git asks" : "");
}

std::string fleet(const Report& report) {
  return count(report.summary.cells, "cell");
}

std::string clean_text(const Report& report) {
  const std::size_t notes = findings(report, Severity::note);
  return (report.summary.cells == 1 ? "1 cell has" : fleet(report) + " have") + " what Git wants" +
         (notes > 0 ? " (" + count(notes, "note") + ")" : "");
}

std::string drifted_text(const Report& report) {
  const std::size_t causes = report.summary.causes;
  const std::string folded =
      causes > 0 && causes < report.findings.size() ? ", " + count(causes, "cause") : "";
  return count(report.findings.size(), "finding") + folded + " (" + severities(report) + ") in " +
         std::to_string(cells_with_findings(report)) + " of " + fleet(report);
}

std::string snapshot_times(const std::vector<std::string>& times, const TextOptions& options) {
  const auto [oldest, newest] = std::ranges::minmax(times);
  const auto time = parse_time(oldest);
  const std::string first = time ? when(*time, options.now) : oldest;
  return (oldest == newest ? "recorded " : "the oldest recorded ") + first;
}

// Which cells' snapshots are how old, the oldest first, where they are not all of one age.
void write_ages(Page& page, const Report& report, const TextOptions& options) {
  constexpr std::size_t most = 4;
  std::map<std::chrono::seconds, std::vector<std::string>, std::greater<>> by_age;
  std::map<std::string, std::chrono::seconds> spoken;  // those that read alike are one
  for (const audit::CellSummary& cell : report.cells) {
    if (const auto recorded = parse_time(cell.snapshot_time); recorded && options.now) {
      const std::chrono::seconds age = *options.now - *recorded;
      const auto [known, is_new] = spoken.try_emplace(describe_age(age), age);
      by_age[known->second].push_back(cell.name);
    }
  }
  if (by_age.size() < 2) {
    return;
  }
  std::size_t written = 0;
  for (auto& [age, cells] : by_age) {
    if (written == most && !options.full && by_age.size() > most + 1) {
      page.line(2, {{"and newer ones", Style::dim}});
      return;
    }
    const std::string head = describe_age(age) + " old: ";
    const std::string names =
        options.full
            ? all_names(std::move(cells))
            : list_names(std::move(cells), page.room(2 + head.size()), report.cells.size());
    page.line(2, {{head + names, Style::dim}});
    ++written;
  }
}

}  // namespace

Line summary_line(const Report& report) {
  switch (report.verdict) {
    case Verdict::clean:
      return {{"clean", Style::green}, {": " + clean_text(report) + "; " + compared(report)}};
    case Verdict::incomplete:
      return {{"incomplete", Style::yellow},
              {": nothing found in what could be looked at; " + compared(report)}};
    case Verdict::drifted:
      break;
  }
  return {{"drifted", findings(report, Severity::error) > 0 ? Style::red : Style::yellow},
          {std::string(report.complete ? "" : " (and incomplete)") + ": " + drifted_text(report) +
           "; " + compared(report)}};
}

void write_subject(Page& page, const Report& report, const TextOptions& options) {
  const audit::ManifestsInfo& manifests = report.manifests;
  std::string text = "manifests: " + manifests.repo;
  text += manifests.revision.empty() ? "" : " at " + manifests.revision;
  text += manifests.commit.empty() ? "" : " (" + short_commit(manifests.commit) + ")";
  text += manifests.worktree ? ", with uncommitted changes" : "";
  page.line(0, {{text, Style::dim}});
  std::vector<std::string> times;
  for (const audit::CellSummary& cell : report.cells) {
    if (!cell.snapshot_time.empty()) {
      times.push_back(cell.snapshot_time);
    }
  }
  if (!times.empty()) {
    page.line(0,
              {{"snapshots: " + count(times.size(), "cell") + ", " + snapshot_times(times, options),
                Style::dim}});
    write_ages(page, report, options);
  }
}

}  // namespace celldrift::report
