#include "cli/gate_rehearsal.hpp"

#include "celldrift/core/kinds.hpp"
#include "cli/cell_view.hpp"

#include <algorithm>
#include <set>

namespace celldrift::cli {
namespace {

using audit::GateApplication;

// The objects that the two state are the same, in whatever order.
bool states_the_same(const Placed& a, const Placed& b) {
  if (a.objects.size() != b.objects.size()) {
    return false;
  }
  std::map<ObjectKey, Hash> hashes;
  for (const auto& [key, object] : a.objects) {
    hashes[key] = object.hash();
  }
  return std::ranges::all_of(b.objects, [&](const auto& each) {
    const auto found = hashes.find(each.first);
    return found != hashes.end() && found->second == each.second.hash();
  });
}

// That it comes from another revision is no difference by itself.
Value without_revision(const fleet::Application& application) {
  const Value* spec = application.object.find("spec");
  Value rest = spec == nullptr ? Value() : *spec;
  return rest.without("source").without("sources");
}

bool is_same(const Placed& a, const Placed& b) {
  return without_revision(*a.application) == without_revision(*b.application) &&
         states_the_same(a, b);
}

const Placed* of_name(const std::vector<Placed>& placed, const std::string& name) {
  const auto found = std::ranges::find(placed, name, [](const Placed& each) -> const std::string& {
    return each.application->name;
  });
  return found == placed.end() ? nullptr : &*found;
}

// Where an Application is on one side: rendered and placed, only named, or not at all.
struct Side {
  const fleet::Application* application = nullptr;
  const Placed* placed = nullptr;
  const compare::ObjectResults* compared = nullptr;
};
struct Pair {
  Side now;
  Side next;
};

std::map<std::string, Pair> pairs_of(const BothSides& sides) {
  std::map<std::string, Pair> pairs;
  for (const RenderedApplication* each : sides.now_rendered) {
    pairs[each->application.name].now.application = &each->application;
  }
  for (const RenderedApplication* each : sides.next_rendered) {
    pairs[each->application.name].next.application = &each->application;
  }
  for (std::size_t i = 0; i < sides.now.size(); ++i) {
    Side& side = pairs[sides.now[i].application->name].now;
    side.placed = &sides.now[i];
    side.compared = &sides.now_compared[i].objects;
  }
  for (const Placed& each : sides.next) {
    pairs[each.application->name].next.placed = &each;
  }
  for (const auto& [name, results] : sides.next_compared) {
    pairs[name].next.compared = &results;
  }
  return pairs;
}

bool could_not_be_placed(const Side& side) {
  return side.application != nullptr && side.placed == nullptr;
}

GateApplication joined(const observe::Observation& observation, const Pair& pair) {
  const fleet::Application& known =
      pair.next.application != nullptr ? *pair.next.application : *pair.now.application;
  GateApplication joined{.cell = observation.cell,
                         .application = known.name,
                         .component = known.component,
                         .ns = known.destination_namespace,
                         .before = pair.now.application != nullptr,
                         .after = pair.next.application != nullptr,
                         .failed = could_not_be_placed(pair.now) || could_not_be_placed(pair.next),
                         .object = known.object};
  const bool is_on_both = pair.now.placed != nullptr && pair.next.placed != nullptr;
  joined.differs = joined.failed || !is_on_both || !is_same(*pair.now.placed, *pair.next.placed);
  const auto* next = joined.differs ? pair.next.compared : pair.now.compared;
  if (next != nullptr) {
    joined.next = *next;
  }
  if (joined.differs && pair.now.compared != nullptr) {
    joined.now = *pair.now.compared;
  }
  return joined;
}

std::optional<std::map<std::string, std::string>> namespaces_of(
    const observe::Observation& observation) {
  const compare::CellView view = cell_view(observation);
  if (!observation.reachable || view.unknown(namespace_kind, "")) {
    return std::nullopt;
  }
  std::map<std::string, std::string> namespaces;
  for (const Value* each : view.all(namespace_kind)) {
    namespaces.emplace(each->string_at({"metadata", "name"}), each->string_at({"status", "phase"}));
  }
  return namespaces;
}

}  // namespace

Rehearsal::Rehearsal(const Setup& setup,
                     const RepoOptions& target,
                     const fleet::Fleet& fleet,
                     const fleet::GlobalProjects& global_projects)
    : manifests_(target),
      inputs_(setup, manifests_),
      desired_(desired_fleet({.manifests = manifests_,
                              .fleet = fleet,
                              .generators = inputs_.get(),
                              .controller_ns = controller_namespace(setup.options.fleet),
                              .global_projects = global_projects})) {
  for (const RenderedApplication& each : desired_.applications) {
    by_cell_[each.application.cell].push_back(&each);
  }
}

std::span<const RenderedApplication* const> Rehearsal::of(const std::string& cell) const {
  const auto found = by_cell_.find(cell);
  return found == by_cell_.end() ? std::span<const RenderedApplication* const>() : found->second;
}

void want_rehearsal(const std::vector<Placed>& next, observe::Wants& wants) {
  for (auto& [kind, wanted] : wants_of(next).kinds) {
    observe::Wanted& known = wants.kinds[kind];
    known.versions.insert(wanted.versions.begin(), wanted.versions.end());
    known.namespaces.insert(wanted.namespaces.begin(), wanted.namespaces.end());
  }
  wants.context.insert({namespace_kind, definition_kind});
}

std::vector<Placed> touched(const std::vector<Placed>& now, const std::vector<Placed>& next) {
  std::vector<Placed> result;
  std::ranges::copy_if(next, std::back_inserter(result), [&](const Placed& each) {
    const Placed* before = of_name(now, each.application->name);
    return before == nullptr || !is_same(*before, each);
  });
  return result;
}

RehearsedCell rehearsed(const observe::Observation& observation, BothSides sides) {
  RehearsedCell cell;
  for (const auto& [name, pair] : pairs_of(sides)) {
    cell.applications.push_back(joined(observation, pair));
  }
  cell.cell = {
      .name = observation.cell, .namespaces = namespaces_of(observation), .time = observation.time};
  for (const Value* each : cell_view(observation).all(definition_kind)) {
    cell.cell.definitions.push_back(*each);
  }
  return cell;
}

}  // namespace celldrift::cli
