// Two cells, and everything that differs between them.
#include "audit/findings/apply.hpp"
#include "audit/findings/findings.hpp"
#include "audit/parity/judged.hpp"
#include "audit/parity/parity.hpp"
#include "audit/substrate/substrate.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

using Kind = CellDifference::Kind;
using Nature = CellDifference::Nature;
using compare::ObjectResult;
using compare::Status;

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

// Nothing: the cell has none.
std::optional<Value> value_in(const std::string& cell, const std::vector<ValueGroup>& values) {
  for (const ValueGroup& group : values) {
    if (!group.value.is_null() && std::ranges::find(group.cells, cell) != group.cells.end()) {
      return group.value;
    }
  }
  return std::nullopt;
}

class Differ {
 public:
  Differ(const Input& input, CellDiff& diff, Values values)
      : input_(input), diff_(diff), values_(values), cells_{diff.left.name, diff.right.name} {}

  void run() {
    for (const Component& component : components_of(input_, cells_)) {
      Component compared = component;
      if (values_ == Values::raw) {
        compared.abstraction = Abstraction();
      }
      fields(component, compared);
    }
    objects();
    applications();
    std::ranges::stable_sort(diff_.differences, {}, [](const CellDifference& each) {
      const ObjectRef& object = each.object;
      return std::tie(each.component, object.kind, object.ns, object.name, each.path_text);
    });
    std::ranges::stable_sort(diff_.pairs, {}, [](const ObjectPair& pair) {
      return std::tie(pair.component, pair.subject);
    });
  }

 private:
  // Objects are lined up by their abstract names either way.
  void fields(const Component& component, const Component& compared) {
    const std::vector<Line> lines = lines_of(component);
    ++diff_.components;
    diff_.objects += lines.size();
    for (const Line& line : lines) {
      for (const Line::Side& side : line.sides) {
        matched_.insert(side.result);
      }
      std::vector<Variant> variants = variants_of(compared, line);
      const std::vector<Judged> judged = judge_line(variants, Drift::told);
      for (const Judged& one : judged) {
        add_field(component, line, one);
      }
      if (!judged.empty()) {
        add_pair(component, line, judged);
      }
    }
  }

  void add_pair(const Component& component, const Line& line, const std::vector<Judged>& judged) {
    std::vector<compare::Difference> changes;
    for (const Judged& one : judged) {
      compare::Difference change{.path = one.path};
      change.have = value_in(cells_.back(), one.values);
      changes.push_back(std::move(change));
    }
    const Value left = compare::without_own(line.sides.front().result->live);
    diff_.pairs.push_back({.component = component.name,
                           .subject = describe(line.shared),
                           .left = left,
                           .right = with_differences(left, changes)});
  }

  void add_field(const Component& component, const Line& line, const Judged& judged) {
    CellDifference difference{.kind = Kind::field,
                              .nature = judged.nature,
                              .component = component.name,
                              .object = ref_of(*line.sides.front().result),
                              .subject = describe(line.shared),
                              .path_text = judged.path.text(),
                              .left = {},
                              .right = {},
                              .drifted = judged.drifted,
                              .reason = judged.reason};
    difference.left = value_in(cells_.front(), judged.values);
    difference.right = value_in(cells_.back(), judged.values);
    diff_.differences.push_back(std::move(difference));
  }

  // What one of the cells has alone: by Git, without Git, or because the other lacks it.
  void objects() {
    for (const ComparedApplication& application : input_.applications) {
      const bool is_left = application.cell == cells_.front();
      if (!is_left && application.cell != cells_.back()) {
        continue;
      }
      for (const ObjectResult& result : application.objects) {
        if (!result.live.is_null() && !matched_.contains(&result)) {
          add_object(application, result, is_left);
        }
      }
    }
  }

  void add_object(const ComparedApplication& application,
                  const ObjectResult& result,
                  bool is_left) {
    const std::string& other = is_left ? cells_.back() : cells_.front();
    const std::optional<Status> there = status_in(other, application, result);
    if (there == Status::unknown || there == Status::extra || there == Status::equal ||
        there == Status::drifted) {
      return;  // not known, or the other cell has it under another Application
    }
    CellDifference difference{.kind = Kind::object,
                              .nature = Nature::declared,
                              .component = application.component,
                              .object = ref_of(result),
                              .subject = shared_name(application, result),
                              .path_text = "",
                              .left = {},
                              .right = {},
                              .drifted = {},
                              .reason = "Git wants it in " + application.cell + " alone"};
    (is_left ? difference.left : difference.right) = Value::string("there");
    if (result.status == Status::extra) {
      difference.nature = Nature::drift;
      difference.drifted = {application.cell};
      difference.reason = "it is not in Git";
    } else if (there == Status::missing) {
      difference.nature = Nature::drift;
      difference.drifted = {other};
      difference.reason = "it is missing in " + other;
    } else if (!runs(other, application.component)) {
      return;  // told of the Application
    }
    diff_.differences.push_back(std::move(difference));
    const Value whole = compare::without_own(result.live);
    diff_.pairs.push_back({.component = application.component,
                           .subject = shared_name(application, result),
                           .left = is_left ? whole : Value(),
                           .right = is_left ? Value() : whole});
  }

  std::string shared_name(const ComparedApplication& application,
                          const ObjectResult& result) const {
    return describe(shared_object(ref_of(result), application.application, application.cell));
  }

  // How the object stands in the other cell; nothing where that has no such.
  std::optional<Status> status_in(const std::string& cell,
                                  const ComparedApplication& application,
                                  const ObjectResult& result) {
    const auto& statuses = statuses_of(cell);
    const auto found =
        statuses.find({application.component, result.key.group, shared_name(application, result)});
    return found == statuses.end() ? std::nullopt : std::optional(found->second);
  }

  bool runs(const std::string& cell, const std::string& component) {
    const auto& statuses = statuses_of(cell);
    const auto found = statuses.lower_bound({component, "", ""});
    return found != statuses.end() && std::get<0>(found->first) == component;
  }

  using Statuses = std::map<std::tuple<std::string, std::string, std::string>, Status>;

  // By component, group, and the name that cells share.
  const Statuses& statuses_of(const std::string& cell) {
    const auto [place, is_new] = statuses_.try_emplace(cell);
    for (const ComparedApplication& application : input_.applications) {
      if (is_new && application.cell == cell) {
        for (const ObjectResult& each : application.objects) {
          place->second.emplace(
              std::tuple(application.component, each.key.group, shared_name(application, each)),
              each.status);
        }
      }
    }
    return place->second;
  }

  void applications() {
    std::map<std::string, std::map<std::string, const Expected*>> components;
    for (const Expected& expected : input_.expected) {
      components[expected.component].emplace(expected.cell, &expected);
    }
    for (const auto& [name, in] : components) {
      for (const std::string& cell : cells_) {
        const std::string& other = cell == cells_.front() ? cells_.back() : cells_.front();
        if (in.contains(cell) && !in.contains(other)) {
          add_application(name, *in.at(cell), cell == cells_.front());
        }
      }
    }
  }

  void add_application(const std::string& name, const Expected& expected, bool is_left) {
    CellDifference difference{.kind = Kind::application,
                              .nature = Nature::declared,
                              .component = name,
                              .object = {.api_version = "argoproj.io/v1alpha1",
                                         .kind = "Application",
                                         .ns = "",
                                         .name = expected.application},
                              .subject = "",
                              .path_text = "",
                              .left = {},
                              .right = {},
                              .drifted = {},
                              .reason = "Git wants it in " + expected.cell + " alone"};
    (is_left ? difference.left : difference.right) = Value::string("there");
    diff_.differences.push_back(std::move(difference));
  }

  const Input& input_;
  CellDiff& diff_;
  Values values_;
  std::vector<std::string> cells_;
  std::set<const ObjectResult*> matched_;
  std::map<std::string, Statuses> statuses_;
};

// What findings over the whole fleet say of exactly these cells.
void add_loose(const Input& input, CellDiff& diff) {
  Input two = input;
  const auto is_other = [&](const auto& each) {
    return each.name != diff.left.name && each.name != diff.right.name;
  };
  std::erase_if(two.known, is_other);
  for (const Finding& finding : object_parity(two)) {
    CellDifference difference{.kind = Kind::object,
                              .nature = Nature::undeclared,
                              .component = finding.component,
                              .object = finding.object,
                              .subject = finding.subject,
                              .path_text = "",
                              .left = {},
                              .right = {},
                              .drifted = {},
                              .reason = "no Application wants it"};
    (finding.cells.front() == diff.left.name ? difference.left : difference.right) =
        Value::string("there");
    diff.differences.push_back(std::move(difference));
  }
}

// What the two stand on.
void add_substrate(const Input& input, CellDiff& diff) {
  Input two = input;
  std::erase_if(two.known, [&](const KnownCell& each) {
    return each.name != diff.left.name && each.name != diff.right.name;
  });
  const SubstrateParity substrate(two);
  for (const Finding& finding : substrate.findings()) {
    const bool is_whole = finding.path_text.empty();
    diff.differences.push_back(
        {.kind = is_whole ? Kind::object : Kind::field,
         .nature = Nature::undeclared,
         .component = finding.component,
         .object = finding.object,
         .subject = finding.subject,
         .path_text = finding.path_text,
         .left = value_in(diff.left.name, finding.values),
         .right = value_in(diff.right.name, finding.values),
         .drifted = {},
         .reason = finding.reason.empty() ? "no Application wants it" : finding.reason});
  }
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
  add_loose(input, diff);
  add_substrate(input, diff);
  Differ(input, diff, values).run();
  for (const Problem& problem : input.problems) {
    const bool is_about = problem.cell.empty() || problem.cell == left || problem.cell == right;
    if (is_about && problem.unknown == LeavesUnknown::yes) {
      diff.problems.push_back(problem);
    }
  }
  const bool has_unknown =
      std::ranges::any_of(input.applications, [&](const ComparedApplication& application) {
        return (application.cell == left || application.cell == right) &&
               std::ranges::any_of(application.objects, [](const ObjectResult& result) {
                 return result.status == Status::unknown;
               });
      });
  diff.complete = diff.problems.empty() && !has_unknown && was_looked_at(diff.left) &&
                  was_looked_at(diff.right);
  return diff;
}

}  // namespace celldrift::audit
