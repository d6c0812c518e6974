#include "audit/substrate/substrate.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

void move_into(std::vector<SubstrateDifference>& all, std::vector<SubstrateDifference> more) {
  std::ranges::move(more, std::back_inserter(all));
}

std::vector<SubstrateDifference> differences(const Cells& cells, Whose whose) {
  std::vector<SubstrateDifference> all = object_differences(cells, whose);
  move_into(all, default_differences(cells, whose));
  return all;
}

}  // namespace

SubstrateParity::SubstrateParity(const Input& input) {
  const Cells cells(input);
  if (known_cells(cells).size() < 2) {
    return;
  }
  ApiDifferences apis = api_differences(cells);
  by_version_ = std::move(apis.by_version);
  causes_ = differences(cells, Whose::anybodys);
  if (!input.unknown_applications.empty()) {
    return;
  }
  std::vector<SubstrateDifference> told = differences(cells, Whose::nobodys);
  move_into(told, std::move(apis.differences));
  std::ranges::transform(told, std::back_inserter(findings_), &SubstrateDifference::finding);
}

std::vector<Problem> unread_substrate(const Input& input) {
  std::vector<Problem> problems;
  const auto is_known = [](const KnownCell& cell) { return cell.substrate.is_known; };
  const bool compared = std::ranges::count_if(input.known, is_known) > 1;
  for (const KnownCell& cell : input.known) {
    std::map<std::string, std::set<std::string>> kinds;  // by reason
    for (const auto& [where, reason] : cell.substrate.unread) {
      kinds[reason].insert(where.first.kind);
    }
    if (!compared || !cell.substrate.is_known || kinds.empty()) {
      continue;
    }
    std::set<std::string> all;
    for (const auto& [reason, of_reason] : kinds) {
      all.insert(of_reason.begin(), of_reason.end());
    }
    problems.push_back({.stage = Stage::audit,
                        .cell = cell.name,
                        .message = "not compared with other cells, for they could not be read: " +
                                   join({all.begin(), all.end()}, ", ") + " (" +
                                   kinds.begin()->first + ")",
                        .unknown = LeavesUnknown::no});
  }
  return problems;
}

}  // namespace celldrift::audit
