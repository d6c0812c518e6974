// What an exploration comes to.
#include "cli/app_exploration.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {

void Exploration::link_readers() {
  std::map<std::string, std::vector<std::size_t>> declared_in;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].is_declared) {
      declared_in[file_of(objects_[i].value.mark())].push_back(i);
    }
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    for (const std::string& file : objects_[i].files) {
      if (const auto found = declared_in.find(file); found != declared_in.end()) {
        std::ranges::copy(found->second, std::back_inserter(nodes_[i].reads));
      }
    }
  }
}

Expanded Exploration::result() {
  link_readers();
  const std::vector<bool> exists = existing(nodes_);
  Expanded expanded;
  fleet::Declared declared{.problems = problems_};
  std::vector<std::string> rendered_paths;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    if (!exists[i]) {
      continue;
    }
    const Object& object = objects_[i];
    auto& list = is_of_argo(object.value, "AppProject")       ? expanded.projects
                 : is_of_argo(object.value, "ApplicationSet") ? declared.application_sets
                                                              : declared.applications;
    list.push_back(object.value);
    std::ranges::copy(object.problems, std::back_inserter(declared.problems));
    std::ranges::copy(doubts_by_object_[i], std::back_inserter(expanded.doubts));
    std::ranges::copy(object.source_paths, std::back_inserter(rendered_paths));
  }
  add_declared_problems(rendered_paths, declared);
  expanded.expansion = fleet::expand(declared, fleet_, inputs_);
  expanded.sets = std::move(declared.application_sets);
  name_parents(exists, expanded.expansion);
  return expanded;
}

void Exploration::add_declared_problems(const std::vector<std::string>& rendered_paths,
                                        fleet::Declared& declared) const {
  for (const Problem& problem : declared_.problems) {
    const bool is_rendered = std::ranges::any_of(rendered_paths, [&](const std::string& directory) {
      return !directory.empty() && is_under(problem.source, directory);
    });
    if (!is_rendered) {
      declared.problems.push_back(problem);
    }
  }
}

void Exploration::name_parents(const std::vector<bool>& exists, fleet::Expansion& expansion) const {
  std::map<ArgoId, std::string> parents;
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    for (const auto& [child, parent] : objects_[i].made) {
      if (exists[i] && child != i) {
        parents.emplace(id_of(objects_[child].value), parent);
      }
    }
  }
  for (fleet::Application& application : expansion.applications) {
    const std::string& set = application.origin.application_set;
    const auto found =
        parents.find(set.empty() ? ArgoId{"Application", application.ns, application.name}
                                 : ArgoId{"ApplicationSet", application.ns, set});
    if (found != parents.end()) {
      application.origin.parent = found->second;
    }
  }
}

}  // namespace celldrift::cli
