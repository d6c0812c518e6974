// The desired side: which Applications there are, and what their sources render to.
#pragma once

#include "celldrift/fleet/expand.hpp"
#include "celldrift/render/render.hpp"
#include "cli/manifests.hpp"

#include <memory>
#include <vector>

namespace celldrift::cli {

// One Application with its rendered sources; `failed` when one of them could not be rendered (a
// problem says why).
struct RenderedApplication {
  fleet::Application application;
  std::vector<std::shared_ptr<const render::Manifests>> sources;
  bool failed = false;
};

struct DesiredFleet {
  std::vector<RenderedApplication> applications;  // by cell, then name
  std::vector<Problem> problems;
};

// The repo's Applications and those that its ApplicationSets make for these cells.
fleet::Expansion expand(const Manifests& manifests,
                        const fleet::Fleet& fleet,
                        const fleet::GeneratorInputs& inputs);

// Renders every source of every Application, each distinct one once.
DesiredFleet render_all(Manifests& manifests, fleet::Expansion expansion);

}  // namespace celldrift::cli
