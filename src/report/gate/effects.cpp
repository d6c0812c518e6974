#include "report/gate/effects.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace celldrift::report {
namespace {

using audit::FieldEffect;
using audit::GateChange;
using audit::ObjectEffect;
using Kind = ObjectEffect::Kind;

// Values are told apart by what they are, not where they stand.
std::string text_of(const std::optional<Value>& value) {
  return value ? yaml::emit_json(*value) : "-";
}

// Equal signatures, equal texts.
std::string signature(const GateChange& change) {
  constexpr char end = '\n';
  std::string text = std::string(describe(change.standing)) + (change.is_new ? "new" : "") +
                     (change.is_removed ? "removed" : "") + end;
  for (const ObjectEffect& effect : change.objects) {
    text += std::string(describe(effect.kind)) + end + effect.object.api_version + end +
            effect.object.kind + end + effect.object.ns + end + effect.object.name + end +
            effect.why + end;
    for (const FieldEffect& field : effect.fields) {
      text += std::string(describe(field.kind)) + end + field.path_text + end +
              text_of(field.from) + end + text_of(field.to) + end +
              (field.owner ? field.owner->manager : "") + end;
    }
  }
  return text;
}

}  // namespace

std::vector<SameChange> same_changes(const std::vector<GateChange>& changes) {
  std::vector<SameChange> same;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const GateChange& change : changes) {
    const auto [place, is_new] =
        known.emplace(std::pair(change.component, signature(change)), same.size());
    if (is_new) {
      same.push_back({.first = &change, .cells = {}});
    }
    same[place->second].cells.push_back(change.cell);
  }
  for (SameChange& each : same) {
    std::ranges::sort(each.cells);
  }
  std::ranges::stable_sort(
      same, {}, [](const SameChange& each) { return std::tie(each.first->component, each.cells); });
  return same;
}

EffectWords words_of(Kind kind) {
  struct Row {
    Kind kind;
    EffectWords words;
  };
  static constexpr Row rows[] = {{Kind::added, {"+", "", Style::green}},
                                 {Kind::changed, {"~", "", Style::yellow}},
                                 {Kind::pruned, {"-", "deleted", Style::red}},
                                 {Kind::left, {"?", "left where it is", Style::dim}},
                                 {Kind::recreated, {"!", "deleted and made again", Style::red}},
                                 {Kind::kept, {"=", "kept as it is", Style::dim}}};
  return std::ranges::find(rows, kind, &Row::kind)->words;
}

}  // namespace celldrift::report
