// Field managers: what kind of writer a name in managedFields stands for.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

enum class ManagerClass {
  gitops,       // applies what Git says: Argo CD, Flux, and `kubectl apply`, which may do so
  controller,   // part of Kubernetes, or an operator: it writes by right
  person,       // kubectl's other commands, dashboards
  deploy_tool,  // helm by hand, terraform, a pipeline
  unknown,      // any other name: counts as a person or a deploy tool, never as a controller
};
std::string_view describe(ManagerClass manager);  // "gitops", …, "deploy tool", "unknown"

// True for whoever may not change a field behind Git's back: people, deploy tools, unknown ones.
constexpr bool is_hand(ManagerClass manager) {
  return manager != ManagerClass::gitops && manager != ManagerClass::controller;
}

// The table of managers: rules/managers.yaml, and the rows that users put before it. The first row
// that matches decides. Immutable, shared by threads.
class Managers {
 public:
  // rules/managers.yaml.
  static const Managers& builtin();
  // These rows (as in rules/managers.yaml) before the ones that are there. Error(config) with the
  // line of what is wrong.
  Managers with(const Value& rows) const;

  // A manager's name is whatever the client sent; `operation` is "Apply" or "Update". O(rows).
  ManagerClass classify(std::string_view manager,
                        std::string_view operation,
                        std::string_view subresource) const;
  // The same on an object that a GitOps tool of another name applies: `kubectl apply`, which is how
  // some apply Git, is then somebody's hand.
  ManagerClass classify_beside_gitops(std::string_view manager,
                                      std::string_view operation,
                                      std::string_view subresource) const;

 private:
  struct Row {
    std::string pattern;  // "*" and "?" as in shells
    std::string operation;
    std::string subresource;
    ManagerClass manager = ManagerClass::unknown;
    ManagerClass beside_gitops = ManagerClass::unknown;
  };
  const Row* find(std::string_view manager,
                  std::string_view operation,
                  std::string_view subresource) const;

  std::vector<Row> rows_;
};

}  // namespace celldrift::compare
