// Applications and ApplicationSets that Applications make (app of apps), to any depth.
#pragma once

#include "celldrift/fleet/expand.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "cli/render_application.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

struct Expanded {
  fleet::Expansion expansion;   // each Application's origin names the one that makes it
  std::vector<Value> projects;  // AppProjects that Applications make
  std::vector<Value> sets;      // the ApplicationSets that made some of them, and may make more
  // Applications in Argo CD's own cluster that could not be rendered here: what they make is not
  // known. For who does not render them anyway.
  std::vector<Problem> doubts;
};

// The Applications of `declared` and those that they make in turn: what an Application renders for
// Argo CD's own cluster, into a namespace where Argo CD looks (`controller_ns`, and those of the
// declared ones).
Expanded expand_all(const Workshop& workshop,
                    const fleet::Declared& declared,
                    const fleet::Fleet& fleet,
                    const fleet::GeneratorInputs& inputs,
                    const std::string& controller_ns);

}  // namespace celldrift::cli
