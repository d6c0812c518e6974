// Fields of objects that both cells have.
#include "audit/diff/parts.hpp"
#include "audit/findings/apply.hpp"
#include "audit/findings/findings.hpp"
#include "audit/parity/judged.hpp"
#include "celldrift/audit/names.hpp"

#include <utility>

namespace celldrift::audit {
namespace {

void add_field(const Component& component, const Line& line, const Judged& judged, CellDiff& diff) {
  diff.differences.push_back({.kind = CellDifference::Kind::field,
                              .nature = judged.nature,
                              .component = component.name(),
                              .object = ref_of(*line.sides.front().result),
                              .subject = describe(line.shared),
                              .path_text = judged.path.text(),
                              .left = value_in(diff.left.name, judged.values),
                              .right = value_in(diff.right.name, judged.values),
                              .drifted = judged.drifted,
                              .reason = judged.reason});
}

void add_pair(const Component& component,
              const Line& line,
              const std::vector<Judged>& judged,
              CellDiff& diff) {
  std::vector<compare::Difference> changes;
  for (const Judged& one : judged) {
    compare::Difference change{.path = one.path};
    change.have = value_in(diff.right.name, one.values);
    changes.push_back(std::move(change));
  }
  const Value left = compare::without_own(line.sides.front().result->live);
  diff.pairs.push_back({.component = component.name(),
                        .subject = describe(line.shared),
                        .left = left,
                        .right = with_differences(left, changes)});
}

// `compared` says what is taken out of the values.
void add_line(const Component& component,
              const Component& compared,
              const Line& line,
              CellDiff& diff) {
  std::vector<Variant> variants = variants_of(compared, line);
  const std::vector<Judged> judged = judge_line(variants, Drift::told);
  for (const Judged& one : judged) {
    add_field(component, line, one, diff);
  }
  if (!judged.empty()) {
    add_pair(component, line, judged, diff);
  }
}

}  // namespace

// Objects are lined up by their abstract names whatever way their values are compared.
MatchedObjects add_fields(const Input& input, Values values, CellDiff& diff) {
  MatchedObjects matched;
  for (const Component& component : components_of(input, {diff.left.name, diff.right.name})) {
    Component compared = component;
    if (values == Values::raw) {
      compared.keep_values();
    }
    const std::vector<Line> lines = lines_of(component);
    ++diff.components;
    diff.objects += lines.size();
    for (const Line& line : lines) {
      for (const Line::Side& side : line.sides) {
        matched.insert(side.result);
      }
      add_line(component, compared, line, diff);
    }
  }
  return matched;
}

}  // namespace celldrift::audit
