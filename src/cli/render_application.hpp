// One Application to what its sources render to.
#pragma once

#include "celldrift/fleet/project.hpp"
#include "celldrift/render/references.hpp"
#include "celldrift/render/render.hpp"
#include "cli/manifests.hpp"

#include <memory>
#include <vector>

namespace celldrift::cli {

// One Application with its rendered sources; `failed` when one of them could not be rendered, or
// Argo CD would not sync it (a problem says why).
struct RenderedApplication {
  fleet::Application application;
  std::vector<std::shared_ptr<const render::Manifests>> sources;
  render::References references;  // those that a source uses, looked up
  bool failed = false;
};

// What rendering needs; each distinct source is rendered once in it.
struct Workshop {
  Manifests& manifests;
  render::Renderer& renderer;
};

// Every source that renders anything, in their order. Throws what stops it.
void render_sources(const Workshop& workshop, RenderedApplication& rendered);

// Whether a source lies in a git repository, not in a Helm or OCI one.
bool is_in_git(const fleet::ApplicationSource& source);

}  // namespace celldrift::cli
