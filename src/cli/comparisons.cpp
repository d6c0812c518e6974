#include "cli/comparisons.hpp"

#include "cli/likeness.hpp"
#include "cli/managed_namespace.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

using compare::ObjectResult;
using compare::Status;

void add_served(const kube::ServedVersions& served, Likeness& likeness) {
  likeness.number(std::uint64_t(served.known)).number(served.kinds.size());
  for (const auto& [kind, versions] : served.kinds) {
    likeness.text(kind.group).text(kind.kind).number(versions.size());
    std::ranges::for_each(versions, [&](const std::string& version) { likeness.text(version); });
  }
  for (const auto& [group, reason] : served.failed_groups) {
    likeness.text(group).text(reason);
  }
}

void add_coverage(const observe::Observation& observation, Likeness& likeness) {
  for (const auto& [kind, coverage] : observation.coverage) {
    likeness.text(kind.group).text(kind.kind).number(std::uint64_t(coverage.state));
    likeness.text(coverage.reason).number(coverage.namespaces.size());
    std::ranges::for_each(coverage.namespaces, [&](const std::string& ns) { likeness.text(ns); });
  }
}

// Whether who may change what was asked about it, or what else the cell has.
bool hung_on_others(const ObjectResult& result) {
  const bool is_undecided = result.status == Status::unknown && !result.live.is_null();
  return !result.differences.empty() || !result.accepted.empty() || result.api_not_served ||
         is_undecided;
}

bool hung_on_name(const ObjectResult& result, const compare::ArgoSettings& settings) {
  return compare::names_an_application(result.desired, settings) ||
         compare::names_an_application(result.live, settings);
}

}  // namespace

CellLikeness::CellLikeness(const observe::Observation& observation, compare::Explain explain)
    : objects(observation.objects) {
  Likeness likeness(Question::cell);
  likeness.number(std::uint64_t(explain)).number(std::uint64_t(observation.reachable));
  likeness.number(std::uint64_t(observation.from_snapshot)).text(observation.schema.version());
  for (const std::string_view types : observation.schema.texts()) {
    likeness.text(types);
  }
  add_served(observation.served, likeness);
  always = likeness.sum();
  add_coverage(observation, likeness);
  others = likeness.text(observation.reason).address(objects.address()).sum();
}

compare::ObjectResults Comparisons::compare(const ToCompare& application) {
  const Live live = live_objects(application);
  const Hash first = likeness(application, live);
  for (Hash sum = first;;) {
    const auto known = compared_.find(sum);
    if (known == nullptr) {
      break;
    }
    if (known->hangs_on == HangsOn::nothing_else) {
      return known->results;
    }
    sum = with(known->hangs_on, sum, application);
  }
  return remembered(first,
                    application,
                    live,
                    compare::compare_desired(application.name,
                                             application.spec,
                                             application.placed.objects.list(),
                                             application.view,
                                             application.context));
}

// What the comparison will look up.
Comparisons::Live Comparisons::live_objects(const ToCompare& application) {
  Live live;
  live.reserve(application.placed.objects.size());
  for (const auto& [key, object] : application.placed.objects) {
    live.push_back(application.view.find(key, object.string_at({"apiVersion"})));
  }
  return live;
}

// Nodes of live objects are the same where a reader of snapshots has met the same text before.
Hash Comparisons::likeness(const ToCompare& application, const Live& live) {
  const Placed& placed = application.placed;
  Likeness likeness(Question::comparing);
  likeness.hash(application.cell.always).address(placed.objects.identity());
  likeness.number(std::uint64_t(placed.managed_namespace.has_value()));
  if (const Value* rules = application.spec.find("ignoreDifferences")) {
    likeness.content(*rules);
  }
  for (std::size_t i = 0; i < live.size(); ++i) {
    if (live[i] != nullptr) {
      likeness.node(*live[i]);
    } else {
      const auto unknown = application.view.unknown(placed.objects[i].first);
      likeness.number(unknown ? 1 : 0).text(unknown.value_or(""));
    }
  }
  return likeness.sum();
}

Hash Comparisons::with(HangsOn what, const Hash& likeness, const ToCompare& application) {
  return what == HangsOn::name
             ? Likeness(Question::name).hash(likeness).text(application.name).sum()
             : Likeness(Question::others).hash(likeness).hash(application.cell.others).sum();
}

compare::ObjectResults Comparisons::remembered(const Hash& likeness,
                                               const ToCompare& application,
                                               const Live& live,
                                               std::vector<ObjectResult> results) {
  const auto& name_space = application.placed.managed_namespace;
  const bool by_name = std::ranges::any_of(results, [&](const ObjectResult& each) {
    return hung_on_name(each, application.context.settings);
  });
  const bool by_others = std::ranges::any_of(results, hung_on_others);
  if (name_space) {
    const auto found = std::ranges::find(results, *name_space, &ObjectResult::key);
    if (found != results.end()) {
      leave_to_others(*found);
    }
  }
  Compared compared{.desired = application.placed.objects, .live = {}};
  for (const Value* each : live) {
    if (each != nullptr) {
      compared.live.push_back(*each);
    }
  }
  Hash sum = likeness;
  const auto lead_on = [&](HangsOn what) {
    compared.hangs_on = what;
    compared_.add(sum, std::make_shared<const Compared>(compared));
    sum = with(what, sum, application);
  };
  if (by_name) {
    lead_on(HangsOn::name);
  }
  if (by_others) {
    compared.objects = application.cell.objects;
    lead_on(HangsOn::others);
  }
  compared.hangs_on = HangsOn::nothing_else;
  compared.results = std::move(results);
  return compared_.add(sum, std::make_shared<const Compared>(std::move(compared)))->results;
}

}  // namespace celldrift::cli
