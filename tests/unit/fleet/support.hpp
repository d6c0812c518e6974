// What the tests of fleet share.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/expand.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet::test {

inline Value yaml(std::string_view text, const std::string& file = "test.yaml") {
  return celldrift::yaml::parse(text, {.source = intern_source({file, "", ""})}).value;
}

inline Cell cell(const std::string& name, std::map<std::string, std::string> labels = {}) {
  Cell result;
  result.name = name;
  result.server = "https://" + name + ".example.com";
  result.labels = std::move(labels);
  return result;
}

// The ApplicationSet "backend" with these generators (indented by two) and this name for its
// Applications.
inline Value set_of(const std::string& generators,
                    const std::string& name = "'{{name}}-backend'",
                    const std::string& destination = "{server: '{{server}}', namespace: backend}") {
  return yaml(
      "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\n"
      "metadata: {name: backend, namespace: argocd}\nspec:\n  generators:\n" +
      generators + "\n  template:\n    metadata: {name: " + name +
      "}\n    spec:\n      project: default\n"
      "      source: {repoURL: 'https://git.example.com/m.git', path: apps/backend}\n"
      "      destination: " +
      destination + "\n");
}

inline std::vector<std::string> names(const std::vector<Application>& applications) {
  std::vector<std::string> result;
  for (const Application& application : applications) {
    result.push_back(application.name);
  }
  return result;
}

inline std::vector<std::string> components(const std::vector<Application>& applications) {
  std::vector<std::string> result;
  for (const Application& application : applications) {
    result.push_back(application.cell + ":" + application.component);
  }
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace celldrift::fleet::test
