// The ConfigMap argocd-cm. (Argo CD 3.5: util/settings)

#include "celldrift/compare/argo_settings.hpp"
#include "celldrift/core/glob.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/argo/jq.hpp"
#include "compare/argo/settings_yaml.hpp"

#include <algorithm>
#include <functional>

namespace celldrift::compare {
namespace {

// Built into Argo CD.
const std::vector<ResourceFilter> core_exclusions = {
    {.groups = {"events.k8s.io", "metrics.k8s.io"}},
    {.groups = {""}, .kinds = {"Event"}},
    {.groups = {"coordination.k8s.io"}, .kinds = {"Lease"}},
};

// resource.exclusions of Argo CD's install manifest (since 3.0). Endpoints copy the labels of their
// Service, tracking included.
const std::vector<ResourceFilter> shipped_exclusions = {
    {.groups = {"", "discovery.k8s.io"}, .kinds = {"Endpoints", "EndpointSlice"}},
    {.groups = {"coordination.k8s.io"}, .kinds = {"Lease"}},
    {.groups = {"authentication.k8s.io", "authorization.k8s.io"},
     .kinds = {"SelfSubjectReview",
               "TokenReview",
               "LocalSubjectAccessReview",
               "SelfSubjectAccessReview",
               "SelfSubjectRulesReview",
               "SubjectAccessReview"}},
    {.groups = {"certificates.k8s.io"}, .kinds = {"CertificateSigningRequest"}},
    {.groups = {"cert-manager.io"}, .kinds = {"CertificateRequest"}},
    {.groups = {"cilium.io"}, .kinds = {"CiliumIdentity", "CiliumEndpoint", "CiliumEndpointSlice"}},
    {.groups = {"kyverno.io", "reports.kyverno.io", "wgpolicyk8s.io"},
     .kinds = {"PolicyReport",
               "ClusterPolicyReport",
               "EphemeralReport",
               "ClusterEphemeralReport",
               "AdmissionReport",
               "ClusterAdmissionReport",
               "BackgroundScanReport",
               "ClusterBackgroundScanReport",
               "UpdateRequest"}},
};

using Apply = void (*)(ArgoSettings& settings, const SettingsYaml& text);

void read_compare_options(ArgoSettings& settings, const SettingsYaml& text) {
  const Value options = text.map();
  if (const Value* ignore = options.find("ignoreAggregatedRoles")) {
    settings.ignore_aggregated_roles = text.boolean(*ignore);
  }
  // ignoreResourceStatusField: `status` is the API server's where it is a subresource, whatever Git
  // states; it is never compared here, so there is nothing to ignore.
}

void read_tracking(ArgoSettings& settings, const SettingsYaml& text) {
  // Argo CD takes what it does not know for the annotation.
  settings.tracking = text.text() == "label"              ? TrackingMethod::label
                      : text.text() == "annotation+label" ? TrackingMethod::annotation_and_label
                                                          : TrackingMethod::annotation;
}

struct Key {
  std::string_view name;
  Apply apply;
};

constexpr Key keys[] = {
    {"application.resourceTrackingMethod", read_tracking},
    {"application.instanceLabelKey",
     [](ArgoSettings& settings, const SettingsYaml& text) {
       if (!text.text().empty()) {
         settings.instance_label = text.text();
       }
     }},
    {"installationID",
     [](ArgoSettings& settings, const SettingsYaml& text) {
       settings.installation_id = text.text();
     }},
    {"resource.compareoptions", read_compare_options},
    {"resource.exclusions",
     [](ArgoSettings& settings, const SettingsYaml& text) {
       std::ranges::move(text.filters(), std::back_inserter(settings.exclusions));
     }},
    {"resource.inclusions",
     [](ArgoSettings& settings, const SettingsYaml& text) {
       settings.inclusions = text.filters();
     }},
    {"resource.sensitive.mask.annotations",
     [](ArgoSettings& settings, const SettingsYaml& text) {
       std::string names(text.text());
       std::erase(names, ' ');
       for (const std::string_view name : split(names, ',')) {
         if (!name.empty()) {
           settings.sensitive_annotations.emplace(name);
         }
       }
     }},
};

bool matches_any(const std::vector<std::string>& globs, std::string_view text) {
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
           return Glob(glob).matches(text);
         });
}

bool matches_kind(const ResourceFilter& filter, std::string_view kind) {
  return filter.kinds.empty() || std::ranges::any_of(filter.kinds, [&](const std::string& each) {
           return each == "*" || each == kind;
         });
}

bool is_in(const std::vector<ResourceFilter>& filters,
           const GroupKind& kind,
           std::string_view cluster) {
  return std::ranges::any_of(filters, [&](const ResourceFilter& filter) {
    return matches_kind(filter, kind.kind) && matches_any(filter.groups, kind.group) &&
           matches_any(filter.clusters, cluster);
  });
}

}  // namespace

const ArgoSettings& ArgoSettings::defaults() {
  static const ArgoSettings settings = [] {
    ArgoSettings shipped;
    shipped.exclusions = core_exclusions;
    std::ranges::copy(shipped_exclusions, std::back_inserter(shipped.exclusions));
    return shipped;
  }();
  return settings;
}

ArgoSettings ArgoSettings::read(const Value& config_map, std::vector<Problem>& problems) {
  ArgoSettings settings;
  settings.tracking = TrackingMethod::annotation;
  settings.exclusions = core_exclusions;
  const Value* data = config_map.find("data");
  const auto read_one = [&](std::string_view key, const Value& value, const auto& apply) {
    try {
      apply(settings, SettingsYaml(key, value));
    } catch (const Error& error) {
      problems.push_back(problem_of(error, Stage::config));
    }
  };
  for (const Value::Entry& entry :
       data == nullptr ? std::span<const Value::Entry>{} : data->entries()) {
    for (const Key& key : keys) {
      if (entry.key.view() == key.name) {
        read_one(key.name, entry.value, key.apply);
      }
    }
  }
  for (const Value::Entry& entry :
       data == nullptr ? std::span<const Value::Entry>{} : data->entries()) {
    if (entry.key.view().starts_with(customizations_key)) {
      read_one(entry.key.view(), entry.value, read_customization);
    }
  }
  std::ranges::stable_sort(settings.ignore_rules, {}, &IgnoreRule::key);
  return settings;
}

bool ArgoSettings::excludes(const GroupKind& kind, std::string_view cluster_server) const {
  if (is_in(exclusions, kind, cluster_server)) {
    return true;
  }
  if (is_in(inclusions, kind, cluster_server)) {
    return false;
  }
  return std::ranges::any_of(inclusions, [&](const ResourceFilter& filter) {
    return matches_any(filter.clusters, cluster_server);
  });
}

}  // namespace celldrift::compare
