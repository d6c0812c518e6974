#include "cli/desired.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace celldrift::cli {
namespace {

bool is_in_git(const fleet::ApplicationSource& source) {
  return source.chart.empty() && !source.repo_url.starts_with("oci://");
}

void render_sources(Manifests& manifests,
                    render::Renderer& renderer,
                    RenderedApplication& rendered) {
  for (const fleet::ApplicationSource& source : rendered.application.sources) {
    if (source.path.empty() && source.chart.empty()) {
      continue;  // it only lends its files to others (`ref`). (Argo CD 3.5)
    }
    // What is not in git needs no tree: the renderer says why it cannot do it.
    const auto tree = is_in_git(source) ? manifests.tree(source.repo_url, source.target_revision)
                                        : manifests.tree();
    rendered.sources.push_back(renderer.source(*tree, source, rendered.application));
  }
}

// What the distinct sources have to say, each once however many Applications use it.
std::vector<Problem> warnings_of(const std::vector<RenderedApplication>& applications) {
  std::vector<Problem> warnings;
  std::set<const render::Manifests*> seen;
  for (const RenderedApplication& application : applications) {
    for (const auto& source : application.sources) {
      if (seen.insert(source.get()).second) {
        std::ranges::copy(source->warnings, std::back_inserter(warnings));
      }
    }
  }
  return warnings;
}

// What rendering one Application has to say beside its objects.
std::vector<Problem> render_one(Manifests& manifests,
                                render::Renderer& renderer,
                                RenderedApplication& rendered) {
  const fleet::Application& application = rendered.application;
  try {
    render_sources(manifests, renderer, rendered);
  } catch (Error& error) {
    rendered.failed = true;
    error.at(application.mark);
    return {problem_of(error, Stage::render, application.cell, application.name)};
  }
  const Value* spec = application.object.find("spec");
  return spec == nullptr ? std::vector<Problem>{} : compare::unsupported_ignores(*spec);
}

}  // namespace

fleet::Expansion expand(const Manifests& manifests,
                        const fleet::Fleet& fleet,
                        const fleet::GeneratorInputs& inputs) {
  return fleet::expand(fleet::find_declared(*manifests.tree()), fleet, inputs);
}

DesiredFleet render_all(Manifests& manifests, fleet::Expansion expansion) {
  manifests.expect(expansion.applications);
  render::Renderer renderer;
  DesiredFleet desired{.problems = std::move(expansion.problems)};
  for (fleet::Application& application : expansion.applications) {
    desired.applications.push_back({.application = std::move(application)});
  }
  std::vector<std::vector<Problem>> problems(desired.applications.size());
  for_each_index(desired.applications.size(), 0, [&](std::size_t i) {
    problems[i] = render_one(manifests, renderer, desired.applications[i]);
  });
  for (std::vector<Problem>& some : problems) {
    std::ranges::move(some, std::back_inserter(desired.problems));
  }
  std::ranges::move(warnings_of(desired.applications), std::back_inserter(desired.problems));
  return desired;
}

}  // namespace celldrift::cli
