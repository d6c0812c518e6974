#include "cli/app_exploration.hpp"

#include "celldrift/core/parallel.hpp"
#include "cli/named_sources.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

constexpr std::size_t max_objects = 100'000;
constexpr std::size_t max_depth = 64;

}  // namespace

Exploration::Exploration(const Workshop& workshop,
                         const fleet::Declared& declared,
                         const fleet::Fleet& fleet,
                         const fleet::GeneratorInputs& inputs,
                         const std::string& controller_ns)
    : workshop_(workshop),
      declared_(declared),
      fleet_(fleet),
      inputs_(inputs),
      controller_ns_(controller_ns),
      namespaces_{controller_ns} {
  for (const auto* list : {&declared.application_sets, &declared.applications}) {
    for (const Value& object : *list) {
      const std::string_view ns = object.string_at({"metadata", "namespace"});
      namespaces_.emplace(ns.empty() ? controller_ns : ns);
      declared_paths_.push_back(source_of(object.mark().source).path);
      declared_files_.insert(file_of(object.mark()));
    }
  }
  for (const Problem& problem : declared.problems) {
    declared_paths_.push_back(problem.source);
  }
}

bool Exploration::is_needed(const fleet::Expansion& plain) {
  std::vector<Lead> leads;
  for (const fleet::Application& application : plain.applications) {
    if (matters(application)) {
      leads.push_back({0, application});
    }
  }
  const std::vector<Sight> sights = look_into(leads);
  for (const Sight& sight : sights) {
    if (sight.problem) {
      doubts_.push_back(*sight.problem);
    }
  }
  if (std::ranges::any_of(declared_.problems, [&](const Problem& problem) {
        return std::ranges::any_of(
            leads, [&](const Lead& lead) { return is_read_by(problem.source, lead.application); });
      })) {
    return true;
  }
  return std::ranges::any_of(sights, [&](const Sight& sight) {
    return !sight.made.empty() || std::ranges::any_of(sight.files, [&](const std::string& file) {
      return declared_files_.contains(file);
    });
  });
}

Expanded Exploration::run() {
  for (const auto* list : {&declared_.application_sets, &declared_.applications}) {
    for (const Value& object : *list) {
      add(in_namespace(object, controller_ns_), 0, true);
    }
  }
  for (std::size_t done = 0; done < objects_.size();) {
    const std::size_t end = objects_.size();
    explore(done, end);
    done = end;
  }
  return result();
}

std::optional<std::size_t> Exploration::add(const Value& value,
                                            std::size_t depth,
                                            bool is_declared) {
  auto& same = by_id_[id_of(value)];
  const auto known =
      std::ranges::find_if(same, [&](std::size_t i) { return objects_[i].value == value; });
  if (known != same.end()) {
    nodes_[*known].is_declared = nodes_[*known].is_declared || is_declared;
    return *known;
  }
  if (objects_.size() >= max_objects || depth > max_depth) {
    const Error error(ErrorCode::limit,
                      depth > max_depth
                          ? describe(key_of(value)) +
                                ": Applications make Applications more "
                                "than 64 times over"
                          : "there are more than 100000 Applications and ApplicationSets",
                      value.mark());
    problems_.push_back(problem_of(error, Stage::fleet));
    return std::nullopt;
  }
  same.push_back(objects_.size());
  objects_.push_back({.value = value, .depth = depth});
  nodes_.push_back({.is_declared = is_declared});
  return objects_.size() - 1;
}

bool Exploration::is_read_by(const std::string& path, const fleet::Application& application) {
  return std::ranges::any_of(application.sources, [&](const fleet::ApplicationSource& source) {
    return is_in_git(source) && !source.path.empty() && is_under(path, source.path);
  });
}

bool Exploration::reads_declared(const fleet::Application& application) const {
  return std::ranges::any_of(
      declared_paths_, [&](const std::string& path) { return is_read_by(path, application); });
}

bool Exploration::matters(const fleet::Application& application) const {
  return goes_to_hub(application, fleet_) || reads_declared(application);
}

void Exploration::explore(std::size_t begin, std::size_t end) {
  std::vector<Lead> leads;
  for (std::size_t i = begin; i < end; ++i) {
    const Value object = objects_[i].value;
    if (is_of_argo(object, "AppProject")) {
      continue;
    }
    fleet::Declared one;
    (is_of_argo(object, "ApplicationSet") ? one.application_sets : one.applications) = {object};
    for (fleet::Application& application : fleet::expand(one, fleet_, inputs_).applications) {
      if (matters(application)) {
        leads.push_back({i, std::move(application)});
      }
    }
  }
  const std::vector<Sight> sights = look_into(leads);
  for (std::size_t i = 0; i < leads.size(); ++i) {
    take(leads[i], sights[i]);
  }
}

std::vector<Exploration::Sight> Exploration::look_into(const std::vector<Lead>& leads) const {
  std::vector<fleet::Application> applications;
  std::ranges::transform(leads, std::back_inserter(applications), &Lead::application);
  workshop_.manifests.prefetch(sources_of(applications));
  std::vector<Sight> sights(leads.size());
  for_each_index(
      leads.size(), 0, [&](std::size_t i) { sights[i] = look_into_one(leads[i].application); });
  return sights;
}

Exploration::Sight Exploration::look_into_one(const fleet::Application& application) const {
  Sight sight;
  const bool is_ours = goes_to_hub(application, fleet_);
  RenderedApplication rendered{.application = application};
  try {
    render_sources(workshop_, rendered);
  } catch (Error& error) {
    if (is_ours) {
      error.at(application.mark);
      sight.problem = problem_of(error, Stage::render, application.cell, application.name);
    }
    return sight;
  }
  for (const auto& source : rendered.sources) {
    for (const Value& object : source->objects) {
      sight.files.insert(file_of(object.mark()));
      if (is_ours && (is_of_argo(object, "Application") || is_of_argo(object, "ApplicationSet") ||
                      is_of_argo(object, "AppProject"))) {
        sight.made.push_back(in_namespace(object, application.destination_namespace));
      }
    }
  }
  return sight;
}

void Exploration::take(const Lead& lead, const Sight& sight) {
  const fleet::Application& application = lead.application;
  objects_[lead.object].files.insert(sight.files.begin(), sight.files.end());
  for (const fleet::ApplicationSource& source : application.sources) {
    objects_[lead.object].source_paths.push_back(source.path);
  }
  if (sight.problem) {
    doubts_of(lead).push_back(*sight.problem);
  }
  for (const Value& child : sight.made) {
    const std::string ns(child.string_at({"metadata", "namespace"}));
    if (!namespaces_.contains(ns)) {
      const Error error(ErrorCode::config,
                        describe(key_of(child)) + " is made in namespace " + ns +
                            ", where Argo CD does not look unless it was told to "
                            "(application.namespaces): it is left out",
                        child.mark());
      objects_[lead.object].problems.push_back(
          problem_of(error, Stage::fleet, application.cell, application.name));
    } else if (const auto node = add(child, objects_[lead.object].depth + 1, false)) {
      nodes_[lead.object].children.push_back(*node);
      objects_[lead.object].made.emplace(*node, application.name);
    }
  }
}

}  // namespace celldrift::cli
