// Version facts: which version of what each cell really runs.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// What a version is of. Equal subjects of different cells are compared.
struct Subject {
  std::string component;
  std::string kind;  // of the object, with its group: "apps/Deployment"
  std::string
      object;  // its name with the component's Application name taken out, so that cells line up
  std::string what;  // "image of container app", "label app.kubernetes.io/version"

  auto operator<=>(const Subject&) const = default;
};

struct Fact {
  Subject subject;
  std::string cell;
  std::string version;                 // as live has it: "registry/backend:1.2"
  std::optional<std::string> desired;  // what Git wants there
  ObjectRef object;
  std::string path;
  std::string path_text;
  Mark source;  // of what Git wants
  std::string application;
};

// A name with the Application's own name in it, where it stands between "-", "." or an end,
// replaced: abstracted("cell-a-backend-web", "cell-a-backend", "backend") is "backend-web".
std::string abstracted(std::string_view name,
                       std::string_view application,
                       std::string_view component);

// Container images (init containers included) of pod templates and pods, and
// app.kubernetes.io/version labels, of all live objects that Git wants.
std::vector<Fact> version_facts(const std::vector<ComparedApplication>& applications);

// One finding for each subject that cells disagree on: values grouped, outliers named. A note where
// each cell has what Git wants there, a warning where Git is silent, an error otherwise.
std::vector<Finding> version_skew(const std::vector<Fact>& facts);

// "1.9" before "1.10", "app:v1.2" before "app:v1.3", "1.3.0-rc1" before "1.3.0"; unordered where
// that cannot be told (other repositories, hashes, "latest", other suffixes of one number).
std::partial_ordering compare_versions(std::string_view a, std::string_view b);

}  // namespace celldrift::audit
