#include "cli/argo_settings.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/terminal.hpp"

#include <iterator>

namespace celldrift::cli {
namespace {

constexpr std::string_view name = "argocd-cm";
constexpr std::size_t max_bytes = 4u << 20;

Value settings_in_file(const std::string& path) {
  const std::string text = yaml::to_utf8(read_file(path, max_bytes));
  const yaml::Stream stream = yaml::parse_stream(text, {.source = intern_source({path, "", ""})});
  for (const Value& document : stream.documents) {
    if (document.string_at({"kind"}) == "ConfigMap" &&
        document.string_at({"metadata", "name"}) == name) {
      return document;
    }
  }
  throw Error(ErrorCode::config, "--argocd-cm: " + path + " has no ConfigMap " + std::string(name));
}

std::optional<Value> settings_of_hub(const Setup& setup, std::vector<Problem>& problems) {
  try {
    return objects_of_hub(setup.hub)->config_map(name);
  } catch (const Error& error) {
    Problem problem = problem_of(error, Stage::config);
    problem.message +=
        "; what it ignores, and its globalProjects, are not known: give "
        "--argocd-cm FILE";
    problems.push_back(std::move(problem));
    return std::nullopt;
  }
}

}  // namespace

std::optional<Value> read_argocd_cm(const Setup& setup, std::vector<Problem>& problems) {
  if (!setup.options.fleet.argocd_cm.empty()) {
    return settings_in_file(setup.options.fleet.argocd_cm);
  }
  const bool asks_hub = setup.hub != nullptr && !setup.options.inputs.offline;
  return asks_hub ? settings_of_hub(setup, problems) : std::nullopt;
}

compare::ArgoSettings argo_settings(const std::optional<Value>& argocd_cm,
                                    std::vector<Problem>& problems) {
  if (!argocd_cm) {
    return compare::ArgoSettings::defaults();
  }
  compare::ArgoSettings read = compare::ArgoSettings::read(*argocd_cm, problems);
  std::vector<Problem> broken = compare::broken_rules(read.ignore_rules);
  std::move(broken.begin(), broken.end(), std::back_inserter(problems));
  return read;
}

fleet::GlobalProjects global_projects(const std::optional<Value>& argocd_cm,
                                      std::vector<Problem>& problems) {
  return argocd_cm ? fleet::GlobalProjects::read(*argocd_cm, problems) : fleet::GlobalProjects();
}

fleet::GlobalProjects read_global_projects(const Setup& setup, std::vector<Problem>& problems) {
  return global_projects(read_argocd_cm(setup, problems), problems);
}

}  // namespace celldrift::cli
