// What a cell is made of, read from its objects.
#include "celldrift/audit/running.hpp"
#include "celldrift/core/value.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

// The controllers that apply what Git says. The name is that of the label
// app.kubernetes.io/name (Argo CD) or app.kubernetes.io/component beside part-of: flux.
constexpr std::string_view argo_cd[] = {"argocd-application-controller"};
constexpr std::string_view flux[] = {
    "source-controller", "kustomize-controller", "helm-controller"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string_view label(const Value& object, std::string_view name) {
  return object.string_at({"metadata", "labels", name});
}

// "" for what is none.
std::string_view tool_of(const ObjectKey& key, const Value& object) {
  if (key.group != "apps" || (key.kind != "Deployment" && key.kind != "StatefulSet")) {
    return "";
  }
  const std::string_view name = label(object, "app.kubernetes.io/name");
  if (is_one_of(argo_cd, name)) {
    return name;
  }
  const bool is_flux = label(object, "app.kubernetes.io/part-of") == "flux";
  return is_flux && is_one_of(flux, key.name) ? std::string_view(key.name) : "";
}

std::string_view image_of(const Value& workload) {
  const Value* containers = workload.find({"spec", "template", "spec", "containers"});
  return containers == nullptr || containers->size() == 0
             ? std::string_view{}
             : containers->items().front().string_at({"image"});
}

bool is_true(const Value& object, std::string_view field) {
  const Value* found = object.find(field);
  return found != nullptr && found->is_bool() && found->as_bool();
}

}  // namespace

std::set<std::string> kubelets_of(std::span<const Value* const> nodes) {
  std::set<std::string> versions;
  for (const Value* node : nodes) {
    const std::string_view version = node->string_at({"status", "nodeInfo", "kubeletVersion"});
    if (!version.empty()) {
      versions.emplace(version);
    }
  }
  return versions;
}

std::map<std::string, std::string> gitops_tools(
    const std::vector<std::pair<ObjectKey, const Value*>>& workloads) {
  std::map<std::string, std::string> tools;
  for (const auto& [key, object] : workloads) {
    const std::string_view tool = tool_of(key, *object);
    if (!tool.empty() && !image_of(*object).empty()) {
      tools.emplace(tool, image_of(*object));
    }
  }
  return tools;
}

ClusterVersions::Api api_of(const Value& definition) {
  ClusterVersions::Api api;
  const Value* versions = definition.find({"spec", "versions"});
  for (const Value& version : versions == nullptr ? std::span<const Value>{} : versions->items()) {
    const std::string_view name = version.string_at({"name"});
    if (is_true(version, "served")) {
      api.served.emplace(name);
    }
    if (is_true(version, "storage")) {
      api.stored = name;
    }
  }
  return api;
}

}  // namespace celldrift::audit
