#include "celldrift/core/error.hpp"
#include "celldrift/fleet/declared_objects.hpp"
#include "cli/tool_state.hpp"

#include <algorithm>
#include <unordered_set>

namespace celldrift::cli {
namespace {

struct Resource {
  std::string_view api_version;
  std::string_view plural;
};
// Those that people suspend; the versions that `flux migrate` leaves, and the ones before.
constexpr Resource suspendable[] = {
    {"kustomize.toolkit.fluxcd.io/v1", "kustomizations"},
    {"kustomize.toolkit.fluxcd.io/v1beta2", "kustomizations"},
    {"helm.toolkit.fluxcd.io/v2", "helmreleases"},
    {"helm.toolkit.fluxcd.io/v2beta2", "helmreleases"},
    {"source.toolkit.fluxcd.io/v1", "gitrepositories"},
    {"source.toolkit.fluxcd.io/v1", "ocirepositories"},
    {"source.toolkit.fluxcd.io/v1", "helmrepositories"},
    {"source.toolkit.fluxcd.io/v1", "buckets"},
};

std::pair<std::string, std::string> place_of(const Value& object) {
  return {std::string(object.string_at({"metadata", "namespace"})),
          std::string(object.string_at({"metadata", "name"}))};
}

// All sources that an Application states.
std::vector<std::string_view> urls_of(const Value& application) {
  const Value* spec = application.find("spec");
  if (spec == nullptr) {
    return {};
  }
  std::vector<std::string_view> urls{spec->string_at({"source", "repoURL"}),
                                     spec->string_at({"sourceHydrator", "drySource", "repoURL"})};
  if (const Value* sources = spec->find("sources")) {
    for (const Value& source : sources->items()) {
      urls.push_back(source.string_at({"repoURL"}));
    }
  }
  std::erase(urls, "");
  return urls;
}

std::set<ObjectKey> suspended_in(const std::shared_ptr<const git::Tree>& tree,
                                 const std::string& ns) {
  std::set<ObjectKey> found;
  const auto objects = fleet::objects_in_tree(tree, ns);
  for (const Resource& resource : suspendable) {
    try {
      for (const Value& object : objects->list(resource.api_version, resource.plural)) {
        if (audit::is_suspended(object)) {
          ObjectKey key = key_of(object);
          key.ns = ns;
          found.insert(std::move(key));
        }
      }
    } catch (const Error&) {
      // Git has none of the kind there.
    }
  }
  return found;
}

}  // namespace

ToolExpectations::ToolExpectations(const DesiredFleet& desired,
                                   const fleet::Fleet& fleet,
                                   std::string controller_ns,
                                   Manifests& manifests,
                                   const RepoOptions& options)
    : fleet_(fleet),
      manifests_(manifests),
      desired_(desired),
      revisions_(manifests, options),
      global_projects_(desired.global_projects) {
  namespaces_.insert(std::move(controller_ns));
  std::unordered_set<std::string_view> urls;
  std::unordered_set<std::string_view> namespaces;
  for (const RenderedApplication& rendered : desired.applications) {
    const fleet::Application& application = rendered.application;
    namespaces.insert(application.ns);
    for (const std::string_view url : urls_of(application.object)) {
      urls.insert(url);
    }
  }
  namespaces_.insert(namespaces.begin(), namespaces.end());
  for (const std::string_view url : urls) {
    repos_.insert(git::normalized_url(url));
  }
  for (const Value& set : desired.sets) {
    sets_.emplace(place_of(set), &set);
    namespaces_.insert(place_of(set).first);
  }
  namespaces_.erase("");
}

const std::map<ToolExpectations::Place, const fleet::Application*>& ToolExpectations::by_place()
    const {
  std::call_once(is_indexed_, [&] {
    for (const RenderedApplication& rendered : desired_.applications) {
      const fleet::Application& application = rendered.application;
      applications_.emplace(Place(application.ns, application.name), &application);
    }
  });
  return applications_;
}

const fleet::Application* ToolExpectations::application(const std::string& ns,
                                                        const std::string& name) const {
  const auto found = by_place().find({ns, name});
  return found == by_place().end() ? nullptr : found->second;
}

const Value* ToolExpectations::set(const std::string& ns, const std::string& name) const {
  const auto found = sets_.find({ns, name});
  return found == sets_.end() ? nullptr : found->second;
}

std::vector<audit::GitApplication> ToolExpectations::applications() const {
  std::vector<audit::GitApplication> all;
  for (const auto& [place, application] : by_place()) {
    all.push_back({.ns = application->ns,
                   .application = application->name,
                   .cell = application->cell,
                   .component = application->component,
                   .application_set = application->origin.application_set,
                   .is_automated = audit::is_automated(application->object),
                   .mark = application->mark});
  }
  return all;
}

std::vector<audit::ExpectedSet> ToolExpectations::sets() const {
  std::vector<audit::ExpectedSet> sets;
  for (const auto& [place, set] : sets_) {
    sets.push_back({.ns = place.first, .name = place.second, .mark = set->mark()});
  }
  return sets;
}

std::string ToolExpectations::cell_of(const Value& application) const {
  try {
    const std::string_view server = application.string_at({"spec", "destination", "server"});
    return fleet_.destination(server, application.string_at({"spec", "destination", "name"})).name;
  } catch (const Error&) {
    return "";
  }
}

bool ToolExpectations::uses_our_repos(const Value& application) const {
  return std::ranges::any_of(urls_of(application), [&](std::string_view url) {
    return repos_.contains(git::normalized_url(url));
  });
}

std::optional<audit::StatusRevision> ToolExpectations::flux_revision(const Value& source) {
  const std::string url(source.string_at({"spec", "url"}));
  return repos_.contains(git::normalized_url(url)) ? revisions_.of_flux(source, url) : std::nullopt;
}

const std::set<ObjectKey>& ToolExpectations::suspended(const std::string& ns) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = suspended_.try_emplace(ns);
  if (is_new) {
    place->second = suspended_in(manifests_.tree(), ns);
  }
  return place->second;
}

}  // namespace celldrift::cli
