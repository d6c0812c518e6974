// Argo CD's settings that decide what is drift: those of the ConfigMap argocd-cm, system-wide, and
// those of an Application's spec. (Argo CD 3.5)
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// An entry of ignoreDifferences, or of resource.customizations.ignoreDifferences.
struct IgnoreRule {
  std::string group;  // globs; "" is the core group alone
  std::string kind;
  std::string ns;    // exact; "" any
  std::string name;  // exact; "" any
  std::vector<std::string> json_pointers;
  std::vector<std::string> jq_expressions;
  std::vector<std::string> managers;  // managedFieldsManagers
  bool is_system = false;             // of argocd-cm, not of the Application
  std::string key;                    // of a system rule: the key of argocd-cm that has it
  Mark mark;
};

// By what live objects name the Application that they are part of.
enum class TrackingMethod {
  unknown,  // no argocd-cm is known: the annotation, and where there is none the label
  annotation,
  label,
  annotation_and_label,
};

// An entry of resource.exclusions or resource.inclusions.
struct ResourceFilter {
  std::vector<std::string> groups;    // globs; empty: any
  std::vector<std::string> kinds;     // exact, or "*"; empty: any
  std::vector<std::string> clusters;  // globs of the server's URL; empty: any
};

// An entry of resource.customizations.knownTypeFields: a field of a custom resource that is of a
// built-in type.
struct KnownTypeField {
  GroupKind kind;
  std::string field;  // "spec.template.spec"
  std::string type;   // "core/v1/PodSpec"
};

// argocd-cm, as far as comparison hangs on it.
struct ArgoSettings {
  std::vector<IgnoreRule> ignore_rules;
  TrackingMethod tracking = TrackingMethod::unknown;
  std::string instance_label = "app.kubernetes.io/instance";
  std::string installation_id;
  bool ignore_aggregated_roles = false;
  std::vector<ResourceFilter> exclusions;
  std::vector<ResourceFilter> inclusions;
  std::set<std::string> sensitive_annotations;  // resource.sensitive.mask.annotations
  std::vector<KnownTypeField> known_types;

  // Where no argocd-cm is known: as Argo CD's own install manifest sets it.
  static const ArgoSettings& defaults();
  // Of the ConfigMap. What is malformed in it is a problem, as it makes Argo CD fail: nothing that
  // hangs on it is certain then.
  static ArgoSettings read(const Value& config_map, std::vector<Problem>& problems);

  // True for what Argo CD neither sees nor manages in that cluster.
  bool excludes(const GroupKind& kind, std::string_view cluster_server) const;
};

// The ignoreDifferences of an Application's spec.
std::vector<IgnoreRule> ignore_rules(const Value& application_spec);

// "apps/Deployment web", "*/*": what the rule is about, for messages.
std::string describe(const IgnoreRule& rule);

// Rules with expressions that do not compile: Argo CD compares nothing of an Application with one.
// A problem for each; objects that differ and that it is about end as unknown.
std::vector<Problem> broken_rules(const std::vector<IgnoreRule>& rules);

}  // namespace celldrift::compare
