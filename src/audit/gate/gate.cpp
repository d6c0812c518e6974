// The gate: each question on its own, then the verdict.
#include "celldrift/audit/gate.hpp"

#include "audit/gate/after.hpp"
#include "audit/gate/effects.hpp"
#include "audit/gate/in_step.hpp"
#include "audit/gate/objections.hpp"
#include "audit/gate/waves.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;

template <class Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
  std::ranges::move(more, std::back_inserter(items));
}

auto order_of(const GateApplication& application) {
  return std::tie(application.cell, application.application, application.component);
}

auto order_of_object(const ObjectEffect& effect) {
  const ObjectRef& object = effect.object;
  return std::tie(object.kind, object.ns, object.name, object.api_version);
}

// What a CustomResourceDefinition makes a cell serve.
void add_apis(const Value& definition, std::set<std::pair<GroupKind, std::string>>& apis) {
  const GroupKind kind{std::string(definition.string_at({"spec", "group"})),
                       std::string(definition.string_at({"spec", "names", "kind"}))};
  const Value* versions = definition.find({"spec", "versions"});
  for (const Value& each : versions == nullptr ? std::span<const Value>() : versions->items()) {
    const Value* served = each.find("served");
    if (served != nullptr && served->is_bool() && served->as_bool()) {
      apis.emplace(kind, each.string_at({"name"}));
    }
  }
}

class Gate {
 public:
  explicit Gate(GateInput input) : input_(std::move(input)), findings_(input_.now) {
    std::ranges::sort(input_.applications, {}, [](const auto& each) { return order_of(each); });
    for (const GateCell& cell : input_.cells) {
      cells_[cell.name].cell = &cell;
    }
    for (const GateApplication& application : input_.applications) {
      add_to_surroundings(application);
    }
  }

  GateReport take() {
    report_.base = input_.now.manifests;
    report_.target = input_.target;
    report_.wave = input_.wave ? input_.rules->waves[*input_.wave].name : "";
    report_.cells = {input_.receives.begin(), input_.receives.end()};
    for (const GateApplication& application : input_.applications) {
      if (is_touched(application)) {
        components_.insert(application.component);
        judge_application(application);
      }
    }
    EarlierWaves waves = earlier_waves(input_, components_);
    report_.waves = std::move(waves.waves);
    append(report_.objections, std::move(waves.objections));
    if (!components_.empty()) {
      SkewAfter skew =
          skew_after(input_, components_, input_.wave ? WaveOrder::leave : WaveOrder::heed);
      report_.skew = std::move(skew.findings);
      append(report_.objections, std::move(skew.objections));
    }
    take_problems(input_.now.problems);
    take_problems(input_.problems);
    take_unread_cells();
    conclude();
    return std::move(report_);
  }

 private:
  bool is_touched(const GateApplication& application) const {
    return application.differs && input_.receives.contains(application.cell);
  }

  void add_to_surroundings(const GateApplication& application) {
    GateSurroundings& cell = cells_[application.cell];
    for (const ObjectResult& next : application.next) {
      if (next.desired.is_null()) {
        continue;
      }
      if (next.key.group.empty() && next.key.kind == "Namespace") {
        cell.new_namespaces.insert(next.key.name);
      }
      if (next.key.kind == "CustomResourceDefinition") {
        add_apis(next.desired, cell.new_apis);
      }
    }
  }

  void judge_application(const GateApplication& application) {
    InStep step = in_step(application, findings_);
    Effects effects = effects_of(application, cells_[application.cell]);
    std::ranges::stable_sort(
        effects.objects, {}, [](const ObjectEffect& each) { return order_of_object(each); });
    append(report_.objections, std::move(step.objections));
    append(report_.objections, std::move(effects.objections));
    report_.changes.push_back({.cell = application.cell,
                               .application = application.application,
                               .component = application.component,
                               .standing = step.standing,
                               .is_new = !application.before,
                               .is_removed = !application.after,
                               .objects = std::move(effects.objects)});
  }

  // A problem that is about a cell or an Application that the deploy does not touch is another's.
  bool concerns(const Problem& problem) const {
    if (!problem.application.empty()) {
      return std::ranges::any_of(report_.changes, [&](const GateChange& change) {
        return change.application == problem.application &&
               (problem.cell.empty() || problem.cell == change.cell);
      });
    }
    return problem.cell.empty() || touches(problem.cell);
  }

  bool touches(const std::string& cell) const {
    return std::ranges::find(report_.changes, cell, &GateChange::cell) != report_.changes.end();
  }

  void take_problems(const std::vector<Problem>& problems) {
    for (const Problem& problem : problems) {
      const bool is_known = std::ranges::find(report_.problems, problem) != report_.problems.end();
      if (!concerns(problem) || is_known) {
        continue;
      }
      report_.problems.push_back(problem);
      if (problem.unknown == LeavesUnknown::yes && !is_told(problem) && !is_of_objects(problem)) {
        report_.objections.push_back(
            {.reason = GateReason::unknown,
             .cells = problem.cell.empty() ? std::vector<std::string>()
                                           : std::vector<std::string>{problem.cell},
             .application = problem.application,
             .message =
                 problem.message + (problem.source.empty() ? "" : " (" + problem.source + ")")});
      }
    }
  }

  // What could not be read of a cell that could be reached: objects of the deploy that are unknown
  // for it say so themselves.
  bool is_of_objects(const Problem& problem) const {
    const bool is_of_reading = problem.stage == Stage::observe || problem.stage == Stage::compare;
    const auto& cells = input_.now.cells;
    const auto cell = std::ranges::find(cells, problem.cell, &CellSummary::name);
    return is_of_reading && problem.application.empty() && cell != cells.end() &&
           was_looked_at(*cell);
  }

  bool is_told(const Problem& problem) const {
    return std::ranges::any_of(report_.objections, [&](const Objection& each) {
      return each.reason == GateReason::unknown && each.application == problem.application &&
             each.message == problem.message;
    });
  }

  // That a cell cannot be read is a problem of it in most cases, but not in all.
  void take_unread_cells() {
    for (const CellSummary& cell : input_.now.cells) {
      const bool has_some = std::ranges::any_of(report_.objections, [&](const Objection& each) {
        return each.reason == GateReason::unknown &&
               std::ranges::find(each.cells, cell.name) != each.cells.end();
      });
      if (!was_looked_at(cell) && !has_some && input_.receives.contains(cell.name)) {
        report_.objections.push_back({.reason = GateReason::unknown,
                                      .cells = {cell.name},
                                      .message = "the cell could not be read" +
                                                 (cell.reason.empty() ? "" : ": " + cell.reason)});
      }
    }
  }

  void conclude() {
    const auto is_unknown = [](const Objection& each) {
      return each.reason == GateReason::unknown;
    };
    report_.complete = std::ranges::none_of(report_.objections, is_unknown);
    report_.objections = settle(std::move(report_.objections), input_.policy);
    report_.verdict = GateVerdict::go;
    for (const Objection& each : report_.objections) {
      if (each.action == GateAction::block) {
        report_.verdict = is_unknown(each) && report_.verdict != GateVerdict::no_go
                              ? GateVerdict::unknown
                              : GateVerdict::no_go;
      }
    }
  }

  GateInput input_;
  OwnFindings findings_;
  std::map<std::string, GateSurroundings> cells_;
  std::set<std::string> components_;
  GateReport report_;
};

}  // namespace

GateReport gate(GateInput input) {
  return Gate(std::move(input)).take();
}

}  // namespace celldrift::audit
