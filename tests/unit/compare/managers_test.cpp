#include "celldrift/compare/managers.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using compare::ManagerClass;
using compare::Managers;

TEST_CASE("a manager's name says what kind of writer it is") {
  struct Case {
    const char* manager;
    const char* operation;
    const char* subresource;
    ManagerClass alone;
    ManagerClass beside_gitops;
  };
  using enum ManagerClass;
  const Case cases[] = {
      {"argocd-controller", "Apply", "", gitops, gitops},
      {"argocd-controller", "Update", "", gitops, gitops},
      {"argocd-server", "Update", "", person, person},
      {"kustomize-controller", "Apply", "", gitops, gitops},
      // Whether `kubectl apply` applies Git hangs on whether something else does.
      {"kubectl-client-side-apply", "Update", "", gitops, person},
      {"kubectl", "Apply", "", gitops, person},
      {"kubectl", "Update", "scale", person, person},
      {"kubectl-edit", "Update", "", person, person},
      {"Mozilla", "Update", "", person, person},
      {"helm", "Update", "", deploy_tool, deploy_tool},
      {"pulumi-kubernetes-31df3088", "Apply", "", deploy_tool, deploy_tool},
      {"kube-controller-manager", "Update", "scale", controller, controller},
      {"cert-manager-ingress-shim", "Update", "", controller, controller},
      {"apiextensions.crossplane.io/composed/7c1f", "Apply", "", controller, controller},
      {"my-operator", "Update", "", controller, controller},
      {"my-script", "Update", "", unknown, unknown},
      {"", "", "", unknown, unknown},
  };
  for (const Case& each : cases) {
    CAPTURE(std::string(each.manager));
    CHECK(Managers::builtin().classify(each.manager, each.operation, each.subresource) ==
          each.alone);
    CHECK(Managers::builtin().classify_beside_gitops(
              each.manager, each.operation, each.subresource) == each.beside_gitops);
  }
}

TEST_CASE("rows of users come first") {
  const Value rows = yaml::parse(
                         "- {manager: 'my-*', is: controller}\n"
                         "- {manager: helm, operation: Apply, is: gitops}\n")
                         .value;
  const Managers managers = Managers::builtin().with(rows);
  CHECK(managers.classify("my-script", "Update", "") == ManagerClass::controller);
  CHECK(managers.classify("helm", "Apply", "") == ManagerClass::gitops);
  CHECK(managers.classify("helm", "Update", "") == ManagerClass::deploy_tool);
  CHECK(Managers::builtin().classify("my-script", "Update", "") == ManagerClass::unknown);
}

TEST_CASE("what is wrong in a row is told with its line") {
  struct Case {
    const char* rows;
    const char* message;
  };
  const Case cases[] = {
      {"a", "a list of rows is expected"},
      {"\n- a", "a row must be a map"},
      {"- {is: person}", "a row lacks \"manager\""},
      {"- {manager: a, is: nobody}", "\"is\" must be gitops, controller, person or deploy-tool"},
      {"- {manager: a, is: person, beside-gitops: b}", "\"beside-gitops\" must be"},
      {"- {manager: a, is: person, since: today}", "\"since\" means nothing"},
      {"- {manager: 1, is: person}", "\"manager\" must be a text"},
  };
  const SourceId source = intern_source({.path = "celldrift.yaml"});
  for (const Case& each : cases) {
    CAPTURE(std::string(each.rows));
    const Value rows = yaml::parse(each.rows, {.source = source}).value;
    std::string message;
    try {
      (void)Managers().with(rows);
    } catch (const Error& error) {
      message = error.what();
    }
    CHECK(message.find(each.message) != std::string::npos);
    CHECK(message.find("celldrift.yaml:") != std::string::npos);
  }
}
