#include "cli/rehearse_cell.hpp"

#include "cli/compare_placed.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

// The Applications that a deploy takes out of the cell.
std::vector<const fleet::Application*> removed_applications(const Rehearsed& at) {
  std::vector<const fleet::Application*> removed;
  for (const Placed& each : at.now) {
    const bool is_there = std::ranges::any_of(
        at.rules.rehearsal->of(at.cell.name), [&](const RenderedApplication* other) {
          return other->application.name == each.application->name;
        });
    if (!is_there) {
      removed.push_back(each.application);
    }
  }
  return removed;
}

}  // namespace

std::vector<Placed> place_next(const CompareRules& rules,
                               const CellReader& reader,
                               const fleet::Cell& cell,
                               std::vector<Problem>& problems) {
  if (rules.rehearsal == nullptr) {
    return {};
  }
  Placements& placements = rules.in_common->placements;
  std::vector<Placed> next = place_all(rules.rehearsal->of(cell.name),
                                       {.cell = cell,
                                        .served = reader.scopes(),
                                        .projects = rules.rehearsal->projects(),
                                        .placements = placements},
                                       problems);
  std::vector<Problem> told_already;
  leave_out_excluded(next, cell, rules.argo, placements, told_already);
  return next;
}

std::vector<Placed> cut_off(std::vector<Placed>& placed, std::size_t first) {
  const auto begin = placed.begin() + std::ptrdiff_t(first);
  std::vector<Placed> rest(std::make_move_iterator(begin), std::make_move_iterator(placed.end()));
  placed.erase(begin, placed.end());
  return rest;
}

RehearsedCell rehearse(const Rehearsed& at) {
  const Rehearsal& rehearsal = *at.rules.rehearsal;
  const std::vector<Placed> changed = touched(at.now, at.next);
  std::vector<audit::ComparedApplication> compared =
      compare_placed(changed,
                     {.view = at.view,
                      .controller_ns = at.rules.controller_ns,
                      .context = at.context,
                      .likeness = at.likeness,
                      .comparisons = at.rules.in_common->comparisons});
  std::vector<Problem> problems;
  if (!at.next_with_secrets.empty()) {
    problems = second_opinions(
        at.reader, at.observation, at.key, at.next_with_secrets, compared, AskOfNew::yes);
  }
  BothSides sides{.now_rendered = at.rendered,
                  .now = at.now,
                  .now_compared = at.now_compared,
                  .next_rendered = rehearsal.of(at.cell.name),
                  .next = at.next,
                  .next_compared = {}};
  for (audit::ComparedApplication& each : compared) {
    sides.next_compared[each.application] = std::move(each.objects);
  }
  std::vector<const fleet::Application*> applications = applications_of(changed);
  std::ranges::move(removed_applications(at), std::back_inserter(applications));
  auto extra = extra_of({.applications = applications,
                         .wanted = wanted_keys(at.next),
                         .live = at.live,
                         .cell = at.cell,
                         .projects = rehearsal.projects(),
                         .controller_ns = at.rules.controller_ns},
                        at.context);
  for (std::size_t i = 0; i < applications.size(); ++i) {
    append(std::move(extra[i]), sides.next_compared[applications[i]->name]);
  }
  RehearsedCell cell = rehearsed(at.observation, std::move(sides));
  cell.problems = std::move(problems);
  return cell;
}

}  // namespace celldrift::cli
