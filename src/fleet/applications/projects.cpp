#include "celldrift/core/error.hpp"
#include "celldrift/fleet/project.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::string_view default_project = "default";

// What Argo CD makes where nobody has made another: everything is permitted.
Value permissive(std::string_view name) {
  const Value all = Value::string("*");
  const Value kind = Value::map({{"group", all}, {"kind", all}});
  return Value::map(
      {{"metadata", Value::map({{"name", Value::string(name)}})},
       {"spec",
        Value::map(
            {{"sourceRepos", Value::list({all})},
             {"destinations", Value::list({Value::map({{"server", all}, {"namespace", all}})})},
             {"clusterResourceWhitelist", Value::list({kind})}})}});
}

std::string_view name_of(const Value& project) {
  return project.string_at({"metadata", "name"});
}

void tell_missing(const std::vector<std::string>& names,
                  const std::vector<Value>& known,
                  std::vector<Problem>& problems) {
  for (const std::string& name : names) {
    if (std::ranges::find(known, name, name_of) == known.end()) {
      problems.push_back(
          {.stage = Stage::fleet,
           .cell = "",
           .application = "",
           .message = "argocd-cm's globalProjects names the AppProject \"" + name +
                      "\", which is not known: neither it nor those after it are taken to join "
                      "others, as Argo CD does where there is none",
           .source = "",
           .unknown = LeavesUnknown::no});
    }
  }
}

}  // namespace

Projects::Projects(std::vector<Value> objects,
                   const Fleet& fleet,
                   std::vector<Problem>& problems,
                   const GlobalProjects& globals) {
  if (objects.empty()) {
    return;
  }
  if (std::ranges::find(objects, default_project, name_of) == objects.end()) {
    objects.push_back(permissive(default_project));
  }
  tell_missing(globals.names(), objects, problems);
  for (const Value& object : globals.joined(objects)) {
    const std::string name(name_of(object));
    auto& project = projects_[name];
    try {
      project.emplace(object).add_scoped_clusters(fleet);
    } catch (Error& error) {
      project.reset();
      error.add_context("appproject " + name).at(object.mark());
      problems.push_back(problem_of(error, Stage::fleet));
    }
  }
}

const Project* Projects::find(const Application& application) const {
  const auto found = projects_.find(application.project);
  return found == projects_.end() || !found->second ? nullptr : &*found->second;
}

std::vector<std::string> Projects::objections(const Application& application,
                                              const Cell& cell,
                                              const std::string& controller_ns) const {
  if (projects_.empty()) {
    return {};
  }
  if (!projects_.contains(application.project)) {
    return {"Application referencing project " + application.project + " which does not exist"};
  }
  const Project* project = find(application);
  if (project == nullptr) {
    return {"its project " + application.project + " could not be read"};
  }
  return project->objections(application, cell, controller_ns);
}

std::optional<std::string> Projects::objection(const ObjectKey& object,
                                               const Application& application,
                                               const Cell& cell) const {
  const Project* project = find(application);
  return project == nullptr ? std::nullopt : project->objection(object, application, cell);
}

}  // namespace celldrift::fleet
