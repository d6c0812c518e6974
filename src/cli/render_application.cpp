#include "cli/render_application.hpp"

namespace celldrift::cli {
namespace {

// What the Helm block of a source takes from others. Argo CD asks for their tags without the
// tagPrefix that they may have.
void look_up_references(Manifests& manifests,
                        const fleet::ApplicationSource& source,
                        const std::string& revision,
                        render::References& references) {
  const std::vector<std::string> used = render::used_references(source, references);
  for (const std::string& name : used) {
    render::Reference& reference = references.at(name);
    if (reference.tree == nullptr) {
      const SourceTree found =
          manifests.source({reference.repo_url, {.revision = reference.target_revision}});
      reference.revision = found.resolved.revision;
      reference.tree = found.tree;
    }
  }
  render::check_revisions(source, revision, used, references);
}

}  // namespace

bool is_in_git(const fleet::ApplicationSource& source) {
  return source.chart.empty() && !source.repo_url.starts_with("oci://");
}

void render_sources(const Workshop& workshop, RenderedApplication& rendered) {
  Manifests& manifests = workshop.manifests;
  const fleet::Application& application = rendered.application;
  rendered.references = render::references_of(application);
  const Value* several = application.object.find({"spec", "sources"});
  for (const fleet::ApplicationSource& source : application.sources) {
    if (source.path.empty() && source.chart.empty()) {
      continue;  // it only lends its files to others (`ref`). (Argo CD 3.5)
    }
    // What is not in git needs no tree: the renderer says why it cannot do it.
    const SourceTree found =
        is_in_git(source) ? manifests.source(wanted_source(source)) : SourceTree{};
    if (several != nullptr) {
      look_up_references(manifests, source, found.resolved.revision, rendered.references);
    }
    const auto& tree = found.tree != nullptr ? found.tree : manifests.tree();
    rendered.sources.push_back(workshop.renderer.source(*tree, source, application));
  }
}

}  // namespace celldrift::cli
