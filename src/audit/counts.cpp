#include "audit/counts.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

using NameInCell = std::pair<std::string_view, std::string_view>;

// Applications are known by their comparison, or by what kept them from it. Sorted.
std::vector<NameInCell> known_applications(const Input& input) {
  std::vector<NameInCell> names;
  for (const ComparedApplication& application : input.applications) {
    names.emplace_back(application.cell, application.application);
  }
  for (const Problem& problem : input.problems) {
    if (!problem.cell.empty() && !problem.application.empty()) {
      names.emplace_back(problem.cell, problem.application);
    }
  }
  if (!std::ranges::is_sorted(names)) {
    std::ranges::sort(names);
  }
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

constexpr Status all_statuses[] = {
    Status::equal, Status::drifted, Status::missing, Status::extra, Status::unknown};

using Counts = std::map<Status, std::size_t>;

Counts no_objects() {
  Counts counts;
  for (const Status status : all_statuses) {
    counts[status] = 0;
  }
  return counts;
}

// By the lists' indices.
std::vector<Counts> counts_of(const std::vector<HeldList>& lists) {
  std::vector<Counts> all;
  for (const HeldList& list : lists) {
    Counts& counts = all.emplace_back(no_objects());
    for (const ObjectResult& result : list.objects) {
      ++counts[result.status];
    }
  }
  return all;
}

void add(const Counts& more, std::size_t times, Counts& counts) {
  for (const auto& [status, count] : more) {
    counts[status] += count * times;
  }
}

void count_in_cells(const std::vector<NameInCell>& applications,
                    const std::vector<HeldList>& lists,
                    const std::vector<Counts>& counts,
                    std::vector<CellSummary>& cells) {
  std::map<std::string_view, CellSummary*> by_name;
  for (CellSummary& cell : cells) {
    cell.applications = 0;
    cell.objects = no_objects();
    by_name[cell.name] = &cell;
  }
  for (const auto& [cell, application] : applications) {
    if (const auto found = by_name.find(cell); found != by_name.end()) {
      ++found->second->applications;
    }
  }
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const ComparedApplication* holder : lists[i].holders) {
      if (const auto found = by_name.find(holder->cell); found != by_name.end()) {
        add(counts[i], 1, found->second->objects);
      }
    }
  }
}

void count_findings(const std::vector<Finding>& findings, Summary& summary) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    summary.by_severity[severity] = 0;
  }
  for (const Category category : all_categories) {
    summary.by_category[category] = 0;
  }
  for (const Finding& finding : findings) {
    ++summary.by_severity[finding.severity];
    ++summary.by_category[finding.category];
  }
}

Summary summarise(const std::vector<HeldList>& lists,
                  const std::vector<Counts>& counts,
                  const std::vector<Finding>& findings) {
  Summary summary;
  summary.objects = no_objects();
  std::unordered_set<std::string_view> components;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    add(counts[i], lists[i].holders.size(), summary.objects);
    for (const ComparedApplication* holder : lists[i].holders) {
      components.insert(holder->component);
    }
  }
  summary.components = components.size();
  count_findings(findings, summary);
  return summary;
}

}  // namespace

void count(Input& input, const std::vector<HeldList>& lists, Report& report) {
  const std::vector<NameInCell> applications = known_applications(input);
  const std::vector<Counts> counts = counts_of(lists);
  report.summary = summarise(lists, counts, report.findings);
  report.summary.cells = input.cells.size();
  report.summary.applications = applications.size();
  report.summary.waived = report.waived.size();
  count_in_cells(applications, lists, counts, input.cells);
}

}  // namespace celldrift::audit
