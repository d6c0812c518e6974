#include "observe/cell_schema.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/parallel.hpp"
#include "celldrift/kube/openapi.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <set>

namespace celldrift::observe {
namespace {

// "v1.35.1-eks-3d2f" -> "v1.35"
std::string_view minor_of(std::string_view version) {
  return version.substr(0, version.find('.', version.find('.') + 1));
}

std::string api_version(const std::string& group, const std::string& version) {
  return group.empty() ? version : group + "/" + version;
}

// The group-versions to ask for: those that are read and that the built-in types do not cover.
std::set<std::string> uncovered(const Reached& reached, const std::map<GroupKind, Wanted>& kinds) {
  const auto& builtin = kube::Schema::builtin();
  const bool same_minor =
      minor_of(reached.observation.kubernetes_version) == minor_of(kube::Schema::builtin_version());
  std::set<std::string> group_versions;
  for (const auto& [kind, how] : kinds) {
    const auto served = reached.surface.kinds.find(kind);
    if (served == reached.surface.kinds.end()) {
      continue;
    }
    for (const kube::ResourceVersion& version : served->second.versions) {
      const std::string name = api_version(kind.group, version.version);
      const bool covered = same_minor && builtin.knows(name, kind.kind);
      if (how.versions.contains(version.version) && !covered) {
        group_versions.insert(name);
      }
    }
  }
  return group_versions;
}

// Where the cell has a group-version's document. What it says is believed only below /openapi/v3/.
std::string place_in(const Value& index, const std::string& group_version) {
  constexpr std::string_view root = "/openapi/v3/";
  const bool is_core = group_version.find('/') == std::string::npos;
  const std::string key = (is_core ? "api/" : "apis/") + group_version;
  const Value* paths = index.find("paths");
  const Value* entry = paths != nullptr ? paths->find(key) : nullptr;
  if (entry == nullptr) {
    throw Error(ErrorCode::not_found, "the cell publishes no OpenAPI document for it");
  }
  const auto url = entry->string_at({"serverRelativeURL"});
  const bool is_own = url.starts_with(std::string(root) + key + "?hash=");
  return is_own ? std::string(url) : std::string(root) + key;
}

struct Answer {
  std::string group_version;
  kube::Schema::Parts parts = {};
  std::string failure = {};
};

void ask(kube::Api& api,
         const Value& index,
         SchemaCache& cache,
         kube::Deadline deadline,
         Answer& answer) {
  try {
    const std::string path = place_in(index, answer.group_version);
    answer.parts = cache.get(api, answer.group_version, path, deadline);
  } catch (const Error& error) {
    answer.failure = error.message();
  }
}

Value read_index(kube::Api& api, kube::Deadline deadline) {
  const auto body =
      api.get({.path = "/openapi/v3", .accept = "application/json"}, deadline).get().body;
  try {
    return yaml::parse_json(body).value;
  } catch (const Error&) {
    throw Error(ErrorCode::server, "its OpenAPI index is no JSON");
  }
}

}  // namespace

CellSchema read_schema(kube::Api& api,
                       const Reached& reached,
                       const std::map<GroupKind, Wanted>& kinds,
                       SchemaCache& cache,
                       std::size_t in_flight) {
  CellSchema result;
  const auto& version = reached.observation.kubernetes_version;
  std::vector<Answer> answers;
  for (const std::string& group_version : uncovered(reached, kinds)) {
    answers.push_back({.group_version = group_version});
  }
  if (!answers.empty()) {
    try {
      const Value index = read_index(api, reached.deadline);
      for_each_index(answers.size(), in_flight, [&](std::size_t i) {
        ask(api, index, cache, reached.deadline, answers[i]);
      });
    } catch (const Error& error) {
      std::ranges::for_each(answers, [&](Answer& answer) { answer.failure = error.message(); });
    }
  }
  std::vector<kube::Schema::Parts> parts;
  for (Answer& answer : answers) {
    if (answer.parts != nullptr) {
      parts.push_back(std::move(answer.parts));
    } else {
      result.gaps[answer.group_version] = answer.failure;
    }
  }
  result.schema = kube::Schema::of_cell(std::move(parts), version);
  return result;
}

}  // namespace celldrift::observe
