// Two cells, and everything that differs between them.
#include "audit/diff/parts.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <tuple>

namespace celldrift::audit {
namespace {

const CellSummary& cell_named(const Input& input, const std::string& name) {
  const auto found = std::ranges::find(input.cells, name, &CellSummary::name);
  if (found == input.cells.end()) {
    std::vector<std::string> names;
    for (const CellSummary& cell : input.cells) {
      names.push_back(cell.name);
    }
    std::ranges::sort(names);
    throw no_such_cell(name, names);
  }
  return *found;
}

void sort_by_place(CellDiff& diff) {
  std::ranges::stable_sort(diff.differences, {}, [](const CellDifference& each) {
    const ObjectRef& object = each.object;
    return std::tie(each.component, object.kind, object.ns, object.name, each.path_text);
  });
  std::ranges::stable_sort(diff.pairs, {}, [](const ObjectPair& pair) {
    return std::tie(pair.component, pair.subject);
  });
}

// Those that leave something of either cell unknown.
std::vector<Problem> problems_of(const Input& input, const CellDiff& diff) {
  std::vector<Problem> problems;
  for (const Problem& problem : input.problems) {
    const bool is_about =
        problem.cell.empty() || problem.cell == diff.left.name || problem.cell == diff.right.name;
    if (is_about && problem.unknown == LeavesUnknown::yes) {
      problems.push_back(problem);
    }
  }
  return problems;
}

bool has_unknown(const ComparedApplication& application) {
  return std::ranges::any_of(application.objects, [](const compare::ObjectResult& result) {
    return result.status == compare::Status::unknown;
  });
}

bool is_complete(const Input& input, const CellDiff& diff) {
  return diff.problems.empty() && was_looked_at(diff.left) && was_looked_at(diff.right) &&
         std::ranges::none_of(input.applications, [&](const ComparedApplication& application) {
           return (application.cell == diff.left.name || application.cell == diff.right.name) &&
                  has_unknown(application);
         });
}

}  // namespace

std::string_view describe(CellDifference::Nature nature) {
  static constexpr std::string_view names[] = {"undeclared", "drift", "others", "declared"};
  return names[std::size_t(nature)];
}

CellDiff diff_cells(const Input& input,
                    const std::string& left,
                    const std::string& right,
                    Values values) {
  CellDiff diff{.left = cell_named(input, left),
                .right = cell_named(input, right),
                .differences = {},
                .problems = {}};
  if (left == right) {
    throw Error(ErrorCode::usage, "a cell does not differ from itself: name two");
  }
  add_unwanted(input, diff);
  add_objects(input, add_fields(input, values, diff), diff);
  add_applications(input, diff);
  sort_by_place(diff);
  diff.problems = problems_of(input, diff);
  diff.complete = is_complete(input, diff);
  return diff;
}

}  // namespace celldrift::audit
