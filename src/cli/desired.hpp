// The desired side: which Applications there are, and what their sources render to.
#pragma once

#include "celldrift/fleet/expand.hpp"
#include "celldrift/fleet/project.hpp"
#include "celldrift/render/render.hpp"
#include "cli/manifests.hpp"
#include "cli/render_application.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace celldrift::cli {

// What the desired side is made from.
struct DesiredInputs {
  Manifests& manifests;
  const fleet::Fleet& fleet;
  fleet::GeneratorInputs generators;
  std::string controller_ns;  // where Argo CD runs
  fleet::GlobalProjects global_projects;
};

struct DesiredFleet {
  std::vector<RenderedApplication> applications;  // by cell, then name
  std::vector<Problem> problems;
  fleet::Projects projects;
  fleet::GlobalProjects global_projects;
  std::vector<Value> sets;  // ApplicationSets, with their namespaces
};

// The repo's Applications, those that its ApplicationSets make for these cells, and those that
// Applications make. What Argo CD would not sync is among them, and among the problems.
fleet::Expansion expand(const DesiredInputs& inputs);

// All of them with every source rendered, each distinct one once.
DesiredFleet desired_fleet(const DesiredInputs& inputs);

// What the Application's project has against the objects that it wants in its cell: Argo CD would
// sync none of them.
std::optional<Problem> refused_objects(const fleet::Projects& projects,
                                       std::span<const std::pair<ObjectKey, Value>> objects,
                                       const fleet::Application& application,
                                       const fleet::Cell& cell);

}  // namespace celldrift::cli
