#include "cli/placed.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"
#include "cli/managed_namespace.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

// Built-in kinds, then what the cell itself serves, then CRDs that Git brings (they may not be
// there yet).
ScopeTable scopes_of(std::span<const RenderedApplication* const> applications,
                     const ScopeTable& served) {
  ScopeTable scopes = ScopeTable::builtin();
  for (const RenderedApplication* rendered : applications) {
    for (const auto& source : rendered->sources) {
      scopes.add_definitions(source->objects);
    }
  }
  scopes.add(served);
  return scopes;
}

// What Git itself states of the Namespace wins.
void add_managed_namespace(Placed& placed) {
  auto object = managed_namespace(*placed.application);
  const auto is_it = [&](const auto& each) { return object && each.first == object->first; };
  if (object && std::ranges::none_of(placed.objects, is_it)) {
    placed.managed_namespace = object->first;
    placed.objects.push_back(*std::move(object));
  }
}

}  // namespace

std::vector<Placed> place_all(std::span<const RenderedApplication* const> applications,
                              const ScopeTable& served,
                              const fleet::Projects& projects,
                              const fleet::Cell& cell,
                              std::vector<Problem>& problems) {
  const ScopeTable scopes = scopes_of(applications, served);
  std::vector<Placed> placed;
  for (const RenderedApplication* rendered : applications) {
    if (rendered->failed) {
      continue;
    }
    const fleet::Application& application = rendered->application;
    try {
      render::Desired desired = render::place(rendered->sources, application, scopes);
      std::ranges::move(desired.warnings, std::back_inserter(problems));
      if (auto refused = refused_objects(projects, desired, application, cell)) {
        problems.push_back(*std::move(refused));
        continue;
      }
      Placed& next = placed.emplace_back(Placed{.application = &application});
      for (render::DesiredObject& object : desired.objects) {
        next.objects.emplace_back(std::move(object.key), std::move(object.object));
      }
      add_managed_namespace(next);
    } catch (const Error& error) {
      problems.push_back(problem_of(error, Stage::render, application.cell, application.name));
    }
  }
  return placed;
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
