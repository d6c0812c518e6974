#include "cli/desired.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/parallel.hpp"
#include "cli/app_of_apps.hpp"
#include "cli/named_sources.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace celldrift::cli {
namespace {

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

// What is known of AppProjects: those that Applications make, and others of other names.
fleet::Projects known_projects(const DesiredInputs& inputs,
                               std::vector<Value> made,
                               std::vector<Problem>& problems) {
  const auto name_of = [](const Value& object) { return object.string_at({"metadata", "name"}); };
  try {
    if (inputs.generators.objects != nullptr) {
      for (const Value& project :
           inputs.generators.objects->list("argoproj.io/v1alpha1", "appprojects")) {
        if (std::ranges::find(made, name_of(project), name_of) == made.end()) {
          made.push_back(project);
        }
      }
    }
  } catch (Error& error) {
    if (error.code() != ErrorCode::not_found) {
      error.add_context("AppProjects, whose restrictions are not looked at");
      problems.push_back(problem_of(error, Stage::fleet));
    }
  }
  return {std::move(made), inputs.fleet, problems, inputs.global_projects};
}

const fleet::Cell* cell_of(const fleet::Application& application, const fleet::Fleet& fleet) {
  const auto& cells = fleet.cells();
  const auto found = std::ranges::find(cells, application.cell, &fleet::Cell::name);
  return found == cells.end() ? nullptr : &*found;
}

// What the Application's project has against it.
std::vector<Problem> objections(const DesiredInputs& inputs,
                                const fleet::Projects& projects,
                                const fleet::Application& application) {
  const fleet::Cell* cell = cell_of(application, inputs.fleet);
  std::vector<Problem> problems;
  try {
    for (const std::string& objection :
         cell == nullptr ? std::vector<std::string>{}
                         : projects.objections(application, *cell, inputs.controller_ns)) {
      const Error error(ErrorCode::config, objection, application.mark);
      problems.push_back(problem_of(error, Stage::fleet, application.cell, application.name));
    }
  } catch (Error& error) {
    error.at(application.mark);
    problems.push_back(problem_of(error, Stage::fleet, application.cell, application.name));
  }
  return problems;
}

// What rendering one Application has to say beside its objects.
std::vector<Problem> render_one(const Workshop& workshop, RenderedApplication& rendered) {
  const fleet::Application& application = rendered.application;
  try {
    render_sources(workshop, rendered);
  } catch (Error& error) {
    rendered.failed = true;
    error.at(application.mark);
    return {problem_of(error, Stage::render, application.cell, application.name)};
  }
  const Value* spec = application.object.find("spec");
  return spec == nullptr ? std::vector<Problem>{}
                         : compare::broken_rules(compare::ignore_rules(*spec));
}

Expanded expanded(const Workshop& workshop, const DesiredInputs& inputs) {
  return expand_all(workshop,
                    fleet::find_declared(*inputs.manifests.tree()),
                    inputs.fleet,
                    inputs.generators,
                    inputs.controller_ns);
}

}  // namespace

fleet::Expansion expand(const DesiredInputs& inputs) {
  render::Renderer renderer(inputs.controller_ns);
  Expanded all = expanded({inputs.manifests, renderer}, inputs);
  std::vector<Problem>& problems = all.expansion.problems;
  std::ranges::move(all.doubts, std::back_inserter(problems));
  const fleet::Projects projects = known_projects(inputs, std::move(all.projects), problems);
  for (const fleet::Application& application : all.expansion.applications) {
    std::ranges::move(objections(inputs, projects, application), std::back_inserter(problems));
  }
  return std::move(all.expansion);
}

DesiredFleet desired_fleet(const DesiredInputs& inputs) {
  render::Renderer renderer(inputs.controller_ns);
  const Workshop workshop{inputs.manifests, renderer};
  Expanded all = expanded(workshop, inputs);
  inputs.manifests.prefetch(sources_of(all.expansion.applications));
  DesiredFleet desired{.problems = std::move(all.expansion.problems)};
  desired.sets = std::move(all.sets);
  desired.global_projects = inputs.global_projects;
  desired.projects = known_projects(inputs, std::move(all.projects), desired.problems);
  desired.applications.reserve(all.expansion.applications.size());
  for (fleet::Application& application : all.expansion.applications) {
    desired.applications.push_back({.application = std::move(application)});
  }
  std::vector<std::vector<Problem>> problems(desired.applications.size());
  for_each_index(desired.applications.size(), 0, [&](std::size_t i) {
    RenderedApplication& rendered = desired.applications[i];
    problems[i] = objections(inputs, desired.projects, rendered.application);
    rendered.failed = !problems[i].empty();
    if (!rendered.failed) {
      problems[i] = render_one(workshop, rendered);
    }
  });
  for (std::vector<Problem>& some : problems) {
    std::ranges::move(some, std::back_inserter(desired.problems));
  }
  std::ranges::move(warnings_of(desired.applications), std::back_inserter(desired.problems));
  return desired;
}

std::optional<Problem> refused_objects(const fleet::Projects& projects,
                                       std::span<const std::pair<ObjectKey, Value>> objects,
                                       const fleet::Application& application,
                                       const fleet::Cell& cell) {
  std::optional<Problem> problem;
  std::size_t more = 0;
  if (projects.find(application) == nullptr) {
    return problem;
  }
  for (const auto& [key, object] : objects) {
    const auto objection = projects.objection(key, application, cell);
    if (!objection) {
      continue;
    }
    more += problem ? 1 : 0;
    if (!problem) {
      const Error error(ErrorCode::config, describe(key) + ": " + *objection, object.mark());
      problem = problem_of(error, Stage::fleet, application.cell, application.name);
    }
  }
  if (more > 0) {
    problem->message += ", and " + std::to_string(more) + " more objects are refused";
  }
  return problem;
}

}  // namespace celldrift::cli
