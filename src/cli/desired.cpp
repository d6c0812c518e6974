#include "cli/desired.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

// A source that only lends its files to others (`ref`) renders nothing. (Argo CD 3.5)
bool renders_nothing(const fleet::ApplicationSource& source) {
  return source.path.empty() && source.chart.empty();
}

void render_sources(Manifests& manifests, render::Renderer& renderer, RenderedApplication& rendered) {
  for (const fleet::ApplicationSource& source : rendered.application.sources) {
    if (renders_nothing(source)) {
      continue;
    }
    if (!source.chart.empty()) {
      throw Error(ErrorCode::unsupported,
                  "the Helm chart " + source.chart + " from a chart repository is not supported yet",
                  source.spec.mark());
    }
    const auto tree = manifests.tree_of(source);
    rendered.sources.push_back(renderer.source(*tree, source.path, source.spec));
  }
}

// What rendering one Application has to say beside its objects.
std::vector<Problem> render_one(Manifests& manifests, render::Renderer& renderer,
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

fleet::Expansion expand(const Manifests& manifests, const fleet::Fleet& fleet) {
  fleet::Declared declared = fleet::find_declared(*manifests.tree());
  fleet::Expansion expansion = fleet::expand(declared, fleet);
  std::ranges::move(declared.problems, std::back_inserter(expansion.problems));
  return expansion;
}

DesiredFleet render_all(Manifests& manifests, fleet::Expansion expansion) {
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
  return desired;
}

}  // namespace celldrift::cli
