#include "kube/discovery_documents.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

struct Resource {
  std::string kind;
  std::string name;  // the plural
  Scope scope = Scope::namespaced;
  bool listable = false;
};

bool has_verb(const Value& resource, std::string_view verb) {
  const Value* verbs = resource.find("verbs");
  const auto items = verbs ? verbs->items() : std::span<const Value>{};
  return std::any_of(items.begin(), items.end(), [&](const Value& each) {
    return each.is_string() && each.as_string() == verb;
  });
}

// Two resources of one kind in one version: the one that can be listed, else the one that is named
// after the kind (OpenShift serves some kinds a second time under another name, which are views of
// the first).
bool better(const Resource& resource, const ResourceVersion& known) {
  if (resource.listable != known.listable) {
    return resource.listable;
  }
  const std::string kind = lower(resource.kind);
  return resource.name.starts_with(kind) && !known.resource.starts_with(kind);
}

void add(const Resource& resource,
         const std::string& group,
         const std::string& version,
         ApiSurface& surface) {
  if (resource.kind.empty() || resource.name.empty() ||
      resource.name.find('/') != std::string::npos) {
    return;  // subresources have no objects of their own
  }
  ServedKind& served = surface.kinds[GroupKind{group, resource.kind}];
  const auto known = std::find_if(served.versions.begin(),
                                  served.versions.end(),
                                  [&](const auto& each) { return each.version == version; });
  if (served.versions.empty()) {
    served.scope = resource.scope;
  }
  if (known == served.versions.end()) {
    served.versions.push_back({version, resource.name, resource.listable});
  } else if (better(resource, *known)) {
    *known = {version, resource.name, resource.listable};
    served.scope = resource.scope;
  }
}

void add_aggregated_version(const Value& entry, const std::string& group, ApiSurface& surface) {
  const std::string version(entry.string_at({"version"}));
  // "Stale": the server behind an APIService did not answer, and the list is an old or an empty
  // one.
  if (entry.string_at({"freshness"}) == "Stale") {
    surface.failed_groups.try_emplace(group,
                                      "the API server could not discover " + group + "/" + version);
    return;
  }
  const Value* resources = entry.find("resources");
  for (const Value& each : resources ? resources->items() : std::span<const Value>{}) {
    add({.kind = std::string(each.string_at({"responseKind", "kind"})),
         .name = std::string(each.string_at({"resource"})),
         .scope = each.string_at({"scope"}) == "Cluster" ? Scope::cluster : Scope::namespaced,
         .listable = has_verb(each, "list")},
        group,
        version,
        surface);
  }
}

GroupVersions read_group(const Value& group) {
  GroupVersions read{std::string(group.string_at({"name"})), {}};
  const std::string preferred(group.string_at({"preferredVersion", "version"}));
  if (!preferred.empty()) {
    read.versions.push_back(preferred);
  }
  const Value* versions = group.find("versions");
  for (const Value& each : versions ? versions->items() : std::span<const Value>{}) {
    const std::string version(each.string_at({"version"}));
    if (!version.empty() && version != preferred) {
      read.versions.push_back(version);
    }
  }
  return read;
}

[[noreturn]] void nonsense(const Value& document) {
  const std::string kind(document.string_at({"kind"}));
  throw Error(ErrorCode::server,
              "the server's discovery answers with " +
                  (kind.empty() ? "no kind" : "kind \"" + printable(kind) + "\"") +
                  "; is this a Kubernetes API server?");
}

}  // namespace

bool is_aggregated(const Value& document) {
  return document.string_at({"kind"}) == "APIGroupDiscoveryList";
}

void add_aggregated(const Value& document, ApiSurface& surface) {
  const Value* groups = document.find("items");
  for (const Value& group : groups ? groups->items() : std::span<const Value>{}) {
    const std::string name(group.string_at({"metadata", "name"}));  // "" is the core group
    const Value* versions = group.find("versions");
    for (const Value& version : versions ? versions->items() : std::span<const Value>{}) {
      add_aggregated_version(version, name, surface);
    }
  }
}

std::vector<GroupVersions> read_groups(const Value& document) {
  std::vector<GroupVersions> groups;
  if (document.string_at({"kind"}) == "APIVersions") {
    GroupVersions core;
    const Value* versions = document.find("versions");
    for (const Value& each : versions ? versions->items() : std::span<const Value>{}) {
      if (each.is_string()) {
        core.versions.emplace_back(each.as_string());
      }
    }
    groups.push_back(std::move(core));
  } else if (document.string_at({"kind"}) == "APIGroupList") {
    const Value* items = document.find("groups");
    for (const Value& each : items ? items->items() : std::span<const Value>{}) {
      groups.push_back(read_group(each));
    }
  } else {
    nonsense(document);
  }
  return groups;
}

void add_resources(const Value& document,
                   const std::string& group,
                   const std::string& version,
                   ApiSurface& surface) {
  if (document.string_at({"kind"}) != "APIResourceList") {
    nonsense(document);
  }
  const Value* resources = document.find("resources");
  for (const Value& each : resources ? resources->items() : std::span<const Value>{}) {
    const Value* namespaced = each.find("namespaced");
    const bool in_namespace = namespaced && namespaced->is_bool() && namespaced->as_bool();
    add({.kind = std::string(each.string_at({"kind"})),
         .name = std::string(each.string_at({"name"})),
         .scope = in_namespace ? Scope::namespaced : Scope::cluster,
         .listable = has_verb(each, "list")},
        group,
        version,
        surface);
  }
}

}  // namespace celldrift::kube
