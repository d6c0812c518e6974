#include "cli/placed.hpp"

#include "celldrift/core/text.hpp"

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

std::string version_in(const Value& object) {
  return std::string(version_of(object.string_at({"apiVersion"})));
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
    } catch (const Error& error) {
      problems.push_back(problem_of(error, Stage::render, application.cell, application.name));
    }
  }
  return placed;
}

Versions versions_of(const std::vector<Placed>& placed) {
  Versions versions;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      versions[key.group_kind()].insert(version_in(object));
    }
  }
  return versions;
}

std::size_t reading_of(const Versions& versions, const ObjectKey& key, const Value& object) {
  const std::set<std::string>& of_kind = versions.at(key.group_kind());
  return std::size_t(std::distance(of_kind.begin(), of_kind.find(version_in(object))));
}

std::vector<Wanted> wanted_kinds(const std::vector<Placed>& placed, const Versions& versions) {
  std::vector<Wanted> readings(1);
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      const std::size_t reading = reading_of(versions, key, object);
      readings.resize(std::max(readings.size(), reading + 1));
      observe::Wanted& kind = readings[reading][key.group_kind()];
      kind.version = version_in(object);
      if (!key.ns.empty()) {
        kind.namespaces.insert(key.ns);
      }
    }
  }
  return readings;
}

}  // namespace celldrift::cli
