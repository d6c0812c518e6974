#include "audit/findings/proved.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

using ByPlace = std::map<std::pair<std::string, std::string>, std::vector<const Proved*>>;

void add(const ByPlace& places,
         const std::pair<std::string, std::string>& place,
         Finding& finding) {
  if (const auto found = places.find(place); found != places.end()) {
    for (const Proved* proved : found->second) {
      finding.proved.push_back(*proved);
    }
  }
}

std::set<std::string> all_cells(const Finding& finding) {
  std::set<std::string> cells(finding.cells.begin(), finding.cells.end());
  for (const ValueGroup& group : finding.values) {
    cells.insert(group.cells.begin(), group.cells.end());
  }
  return cells;
}

bool is_about_live(const Finding& finding) {
  return finding.category == Category::drift || finding.category == Category::missing ||
         finding.category == Category::extra || finding.category == Category::gitops;
}

}  // namespace

void attach_proved(const std::vector<Proved>& proved,
                   const std::vector<ComparedApplication>& applications,
                   std::vector<Finding>& findings) {
  if (proved.empty()) {
    return;
  }
  ByPlace by_application;  // and cell
  for (const Proved& one : proved) {
    by_application[{one.cell, one.application}].push_back(&one);
  }
  ByPlace by_component;
  for (const ComparedApplication& application : applications) {
    const auto found = by_application.find({application.cell, application.application});
    if (found != by_application.end()) {
      auto& place = by_component[{application.cell, application.component}];
      place.insert(place.end(), found->second.begin(), found->second.end());
    }
  }
  for (Finding& finding : findings) {
    if (is_about_live(finding)) {
      for (const std::string& cell : finding.cells) {
        add(by_application, {cell, finding.application}, finding);
      }
    } else if (finding.category == Category::skew) {
      for (const std::string& cell : all_cells(finding)) {
        add(by_component, {cell, finding.component}, finding);
      }
    }
    std::ranges::sort(finding.proved, {}, [](const Proved& one) {
      return std::tie(one.cell, one.application, one.commit);
    });
  }
}

}  // namespace celldrift::audit
