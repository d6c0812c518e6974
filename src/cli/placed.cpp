#include "cli/placed.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

// Of all that the Applications render to.
std::shared_ptr<const ScopeTable> scopes_of(
    std::span<const RenderedApplication* const> applications, const PlaceInto& cell) {
  std::vector<const Placements::Sources*> sources;
  std::ranges::transform(applications,
                         std::back_inserter(sources),
                         [](const RenderedApplication* each) { return &each->sources; });
  return cell.placements.scopes(sources, cell.served);
}

// Those that were rendered, and not what is added to them.
std::span<const PlacedObjects::value_type> rendered_objects(const Placements::Placement& placed) {
  const std::span all(placed.objects.list());
  return placed.managed_namespace ? all.first(all.size() - 1) : all;
}

}  // namespace

std::vector<Placed> place_all(std::span<const RenderedApplication* const> applications,
                              const PlaceInto& cell,
                              std::vector<Problem>& problems) {
  const std::shared_ptr<const ScopeTable> scopes = scopes_of(applications, cell);
  std::vector<Placed> placed;
  placed.reserve(applications.size());
  for (const RenderedApplication* rendered : applications) {
    if (rendered->failed) {
      continue;
    }
    const fleet::Application& application = rendered->application;
    try {
      auto next = cell.placements.place(rendered->sources, application, scopes);
      std::ranges::move(next.warnings, std::back_inserter(problems));
      if (auto refused =
              refused_objects(cell.projects, rendered_objects(next), application, cell.cell)) {
        problems.push_back(*std::move(refused));
        continue;
      }
      placed.push_back({.application = &application,
                        .objects = std::move(next.objects),
                        .managed_namespace = std::move(next.managed_namespace)});
    } catch (const Error& error) {
      problems.push_back(problem_of(error, Stage::render, application.cell, application.name));
    }
  }
  return placed;
}

std::vector<PlacedObjects> lists_of(const std::vector<Placed>& placed) {
  std::vector<PlacedObjects> lists;
  std::ranges::transform(placed, std::back_inserter(lists), &Placed::objects);
  return lists;
}

observe::Wants wants_of(const std::vector<Placed>& placed) {
  observe::Wants wants;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      observe::Wanted& kind = wants.kinds[key.group_kind()];
      kind.versions.emplace(version_of(object.string_at({"apiVersion"})));
      if (!key.ns.empty()) {
        kind.namespaces.insert(key.ns);
      }
    }
  }
  return wants;
}

std::set<ObjectKey> wanted_keys(std::span<const Placed> placed) {
  std::set<ObjectKey> keys;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      keys.merge(compare::identities(key));
    }
  }
  return keys;
}

std::vector<Value> definitions_in(const std::vector<Placed>& placed) {
  std::vector<Value> definitions;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      if (key.kind == "CustomResourceDefinition") {
        definitions.push_back(object);
      }
    }
  }
  return definitions;
}

}  // namespace celldrift::cli
