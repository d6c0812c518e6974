// Argo CD's settings that decide what is drift: those of the ConfigMap argocd-cm, system-wide, and
// those of an Application's spec. (Argo CD 3.5)
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <string>
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
  Mark mark;
};

// argocd-cm, as far as comparison hangs on it. Without one: what Argo CD does by default.
struct ArgoSettings {
  std::vector<IgnoreRule> ignore_rules;

  static const ArgoSettings& defaults();
  // Of the ConfigMap. What is malformed in it is a problem, as it makes Argo CD fail.
  static ArgoSettings read(const Value& config_map, std::vector<Problem>& problems);
};

// The ignoreDifferences of an Application's spec.
std::vector<IgnoreRule> ignore_rules(const Value& application_spec);

}  // namespace celldrift::compare
