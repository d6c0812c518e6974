// Isolation: cells that share what each should have for itself, such as the id of a network.
#include "audit/findings/findings.hpp"
#include "audit/findings/fingerprint.hpp"
#include "audit/rules/by_kind.hpp"
#include "audit/rules/stages.hpp"
#include "audit/wording.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;

// One place of a value, in the order in which the first is told of.
struct Spot {
  std::string component;
  std::string cell;
  ObjectRef object;
  std::string path_text;
  std::string application;
  Value value;
  Value labels;

  auto order() const {
    return std::tie(component, object.kind, object.ns, object.name, path_text, cell, application);
  }
};

// Of one rule: by value. Within a process equal hashes are equal values.
using Spots = std::map<Hash, std::vector<Spot>>;

// Nothing is no value that cells could share.
bool says_something(const Value& value) {
  return !value.is_null() && !(value.is_string() && value.as_string().empty()) &&
         (value.is_scalar() || value.size() != 0);
}

void add(Spots& spots, Spot spot, const Value& value, const std::string& path) {
  if (value.is_list()) {
    for (const Value& item : value.items()) {
      add(spots, spot, item, path);
    }
  } else if (says_something(value)) {
    spot.value = value;
    spot.path_text = path;
    spots[value.hash()].push_back(std::move(spot));
  }
}

void gather(const Rule& rule,
            const ComparedApplication& application,
            const ObjectResult& result,
            const LabelsOfCells& cells,
            Spots& spots) {
  const Value& object = result.live.is_null() ? result.desired : result.live;
  const Value* labels = object.find({"metadata", "labels"});
  const Spot spot{.component = application.component,
                  .cell = application.cell,
                  .object = ref_of(result),
                  .path_text = "",
                  .application = application.application,
                  .value = {},
                  .labels = labels == nullptr ? Value() : *labels};
  const Match::Place place{.object = spot.object,
                           .labels = spot.labels,
                           .component = spot.component,
                           .application = spot.application,
                           .cell = spot.cell};
  if (!rule.match.matches(place, cells)) {
    return;
  }
  for (const PathPattern& pattern : rule.match.paths) {
    pattern.select(object, [&](const Value& value, const std::string& path) {
      add(spots, spot, value, path);
    });
  }
}

// Cells that may share are one; one that lacks the label is alone.
std::size_t strangers(const std::set<std::string>& sharing,
                      const std::string& label,
                      const LabelsOfCells& cells) {
  std::set<std::pair<bool, std::string>> groups;
  for (const std::string& cell : sharing) {
    const auto known = cells.find(cell);
    const bool is_known = !label.empty() && known != cells.end() && known->second.contains(label);
    groups.emplace(is_known, is_known ? known->second.at(label) : cell);
  }
  return groups.size();
}

Finding shared(const Rule& rule,
               const std::vector<Spot>& spots,
               const std::set<std::string>& cells) {
  const Spot& first = *std::ranges::min_element(
      spots, [](const Spot& a, const Spot& b) { return a.order() < b.order(); });
  const bool is_of_one = std::ranges::all_of(
      spots, [&](const Spot& spot) { return spot.component == first.component; });
  Finding finding;
  finding.rule = "isolation/shared";
  finding.category = Category::isolation;
  finding.severity = rule.severity.value_or(Severity::error);
  finding.cells = {cells.begin(), cells.end()};
  finding.component = is_of_one ? first.component : "";
  finding.object = first.object;
  finding.labels = first.labels;
  finding.path_text = first.path_text;
  finding.source = first.value.mark();
  finding.values = {{.value = first.value, .cells = finding.cells}};
  finding.message = brief(first.value) + " is " + first.path_text + " of " +
                    describe(first.object) + " in " + cells_text(finding.cells) +
                    ": cells may not share it (" + rule.name + ")";
  finding.reason = rule.why;
  finding.ruling = {.rule = rule.name, .source = rule.mark(), .was = finding.severity};
  finding.fingerprint = fingerprint({finding.rule, rule.name, yaml::canonical_json(first.value)});
  return finding;
}

std::vector<Finding> shared_of(const Rule& rule, const Spots& spots, const LabelsOfCells& known) {
  std::vector<Finding> findings;
  for (const auto& [hash, of_value] : spots) {
    std::set<std::string> cells;
    for (const Spot& spot : of_value) {
      cells.insert(spot.cell);
    }
    if (strangers(cells, rule.shared_within, known) > 1) {
      findings.push_back(shared(rule, of_value, cells));
    }
  }
  return findings;
}

}  // namespace

std::vector<Finding> shared_values(const RuleContext& context, const LabelsOfCells& cells) {
  std::vector<Rule> rules;
  std::ranges::copy_if(context.rules.rules, std::back_inserter(rules), &Rule::must_differ);
  if (rules.empty()) {
    return {};
  }
  const ByKind by_kind(rules);
  std::vector<Spots> spots(rules.size());
  for (const ComparedApplication& application : context.applications) {
    for (const ObjectResult& result : application.objects) {
      for (const std::size_t i : by_kind.of(result.key.kind)) {
        gather(rules[i], application, result, cells, spots[i]);
      }
    }
  }
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    std::ranges::move(shared_of(rules[i], spots[i], cells), std::back_inserter(findings));
  }
  return findings;
}

}  // namespace celldrift::audit
