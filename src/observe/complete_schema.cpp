// What stands in for the types that a cell did not tell.
#include "celldrift/core/error.hpp"
#include "celldrift/core/kinds.hpp"
#include "celldrift/kube/openapi.hpp"
#include "celldrift/observe/observe.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::observe {
namespace {

// A version of a kind whose types are looked for.
struct Sought {
  GroupKind kind;
  std::string api_version;
};

std::vector<Sought> unknown_types(const Observation& observation,
                                  const std::map<GroupKind, Wanted>& kinds) {
  std::vector<Sought> sought;
  for (const auto& [kind, how] : kinds) {
    for (const std::string& version : how.versions) {
      std::string name = kind.group.empty() ? version : kind.group + "/" + version;
      const bool is_served =
          observation.served.find(name, kind.kind).state != kube::Serving::State::not_served;
      if (is_served && !observation.schema.knows(name, kind.kind)) {
        sought.push_back({kind, std::move(name)});
      }
    }
  }
  return sought;
}

bool defines(const Value& definition, const Sought& sought) {
  if (definition.string_at({"spec", "group"}) != sought.kind.group ||
      definition.string_at({"spec", "names", "kind"}) != sought.kind.kind) {
    return false;
  }
  const Value* versions = definition.find({"spec", "versions"});
  return versions != nullptr && std::ranges::any_of(versions->items(), [&](const Value& version) {
           return version.string_at({"name"}) == version_of(sought.api_version);
         });
}

std::vector<Value> own_definitions(const Observation& observation) {
  std::vector<Value> definitions;
  for (const LiveObject* definition : observation.objects.of_kind(definition_kind)) {
    definitions.push_back(definition->object);
  }
  return definitions;
}

kube::Schema::Parts parts_of(std::span<const Value> definitions, const Sought& sought) {
  const auto found = std::ranges::find_if(
      definitions, [&](const Value& definition) { return defines(definition, sought); });
  if (found == definitions.end()) {
    return nullptr;
  }
  try {
    return kube::parts_of_text(kube::definition_text(*found));
  } catch (const Error&) {
    return nullptr;
  }
}

std::string why(const Observation& observation, const std::string& api_version) {
  const auto gap = observation.schema_gaps.find(api_version);
  if (gap != observation.schema_gaps.end()) {
    return gap->second;
  }
  return observation.from_snapshot ? "the snapshot does not have them" : "they were not read";
}

Problem note(const Observation& observation,
             const std::string& api_version,
             std::string_view what) {
  return {.stage = Stage::observe,
          .cell = observation.cell,
          .message = "the types of " + printable(api_version) + " " + std::string(what) + ": " +
                     why(observation, api_version),
          .unknown = LeavesUnknown::no};
}

}  // namespace

std::vector<Problem> complete_schema(Observation& observation,
                                     const std::map<GroupKind, Wanted>& kinds,
                                     std::span<const Value> definitions) {
  if (!observation.reachable) {
    return {};
  }
  std::map<std::string, Problem> problems;  // one for each group-version
  std::vector<kube::Schema::Parts> found;
  const std::vector<Sought> sought = unknown_types(observation, kinds);
  const std::vector<Value> own =
      sought.empty() ? std::vector<Value>{} : own_definitions(observation);
  for (const Sought& one : sought) {
    if (auto parts = parts_of(own, one)) {
      found.push_back(std::move(parts));
      observation.schema_gaps.erase(one.api_version);
      continue;
    }
    auto parts = parts_of(definitions, one);
    problems.emplace(one.api_version,
                     note(observation,
                          one.api_version,
                          parts != nullptr ? "are taken from the CRD in Git"
                                           : "are not known, and values are compared as they are "
                                             "written"));
    if (parts != nullptr) {
      found.push_back(std::move(parts));
    }
  }
  for (const auto& [api_version, reason] : observation.schema_gaps) {
    // Of another minor version; whatever is not ours was looked for above.
    problems.emplace(
        api_version,
        note(observation,
             api_version,
             "are taken as those of Kubernetes " + std::string(kube::Schema::builtin_version())));
  }
  observation.schema =
      observation.schema.with(std::move(found)).with_known_types(kube::known_types());
  std::vector<Problem> list;
  std::ranges::transform(
      problems, std::back_inserter(list), [](auto& each) { return each.second; });
  return list;
}

}  // namespace celldrift::observe
