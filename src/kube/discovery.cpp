#include "celldrift/kube/discovery.hpp"

#include "celldrift/core/error.hpp"
#include "kube/discovery_documents.hpp"
#include "kube/json.hpp"

#include <algorithm>
#include <future>

namespace celldrift::kube {
namespace {

// v2 since Kubernetes 1.30, v2beta1 since 1.26, the plain lists always.
constexpr const char* aggregated_or_plain =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

struct Pending {
  std::string group;
  std::string version;
  std::string path;
  std::future<Response> answer;
};

std::string path_of(const std::string& group, const std::string& version) {
  return group.empty() ? "/api/" + version : "/apis/" + group + "/" + version;
}

// All versions of all groups at once: the event loop sends them over one connection.
std::vector<Pending> ask_for_resources(Api& api,
                                       const std::vector<GroupVersions>& groups,
                                       Deadline deadline) {
  std::vector<Pending> pending;
  for (const GroupVersions& group : groups) {
    for (const std::string& version : group.versions) {
      const std::string path = path_of(group.group, version);
      pending.push_back(
          {group.group, version, path, api.get({.path = path, .accept = ""}, deadline)});
    }
  }
  return pending;
}

void add_group_by_group(Api& api, const Value& document, Deadline deadline, ApiSurface& surface) {
  for (Pending& each : ask_for_resources(api, read_groups(document), deadline)) {
    try {
      add_resources(parse_body(each.answer.get(), each.path), each.group, each.version, surface);
    } catch (const Error& error) {
      surface.failed_groups.try_emplace(each.group, error.message());
    }
  }
}

void add_groups(Api& api, const Value& document, Deadline deadline, ApiSurface& surface) {
  if (is_aggregated(document)) {
    add_aggregated(document, surface);
  } else {
    add_group_by_group(api, document, deadline, surface);
  }
}

// Worth knowing, but nothing else depends on it.
std::string version_in(std::future<Response>& answer) {
  try {
    return std::string(parse_body(answer.get(), "/version").string_at({"gitVersion"}));
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

const ResourceVersion* ServedKind::find(std::string_view version) const {
  const auto found =
      std::find_if(versions.begin(), versions.end(), [&](const ResourceVersion& each) {
        return each.version == version;
      });
  return found != versions.end() ? &*found : nullptr;
}

ScopeTable ApiSurface::scopes() const {
  ScopeTable table;
  for (const auto& [kind, served] : kinds) {
    table.set(kind, served.scope);
  }
  return table;
}

ServedVersions ApiSurface::served() const {
  ServedVersions served{.known = true, .kinds = {}, .failed_groups = failed_groups};
  for (const auto& [kind, how] : kinds) {
    for (const auto& version : how.versions) {
      served.kinds[kind].push_back(version.version);
    }
  }
  return served;
}

ApiSurface discover(Api& api, Deadline deadline) {
  std::future<Response> core = api.get({.path = "/api", .accept = aggregated_or_plain}, deadline);
  std::future<Response> groups =
      api.get({.path = "/apis", .accept = aggregated_or_plain}, deadline);
  std::future<Response> version = api.get({.path = "/version", .accept = ""}, deadline);
  ApiSurface surface;
  add_groups(api, parse_body(core.get(), "/api"), deadline, surface);
  add_groups(api, parse_body(groups.get(), "/apis"), deadline, surface);
  surface.git_version = version_in(version);
  return surface;
}

}  // namespace celldrift::kube
