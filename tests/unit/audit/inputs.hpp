// Inputs for judge(), from YAML.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::audit {

inline compare::ObjectResult object(compare::Status status,
                                    std::string_view desired,
                                    std::string_view live) {
  compare::ObjectResult result;
  result.status = status;
  const SourceId source = intern_source({.path = "apps/web.yaml", .blob = "", .commit = "c0ffee"});
  result.desired = yaml::parse(desired, {.source = source}).value;
  result.live = yaml::parse(live).value;
  const Value& known = result.desired.is_null() ? result.live : result.desired;
  result.key = key_of(known);
  result.api_version = known.string_at({"apiVersion"});
  return result;
}

inline compare::ObjectResult equal(std::string_view text) {
  return object(compare::Status::equal, text, text);
}

inline std::string deployment(std::string_view name, std::string_view image) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + std::string(name) +
         ", namespace: shop}\nspec: {template: {spec: {containers: [{name: app, image: \"" +
         std::string(image) + "\"}]}}}\n";
}

inline ComparedApplication application(std::string cell,
                                       std::vector<compare::ObjectResult> objects,
                                       const std::string& component = "backend") {
  return {.cell = cell,
          .application = cell + "-" + component,
          .component = component,
          .objects = std::move(objects)};
}

inline CellSummary cell(std::string name) {
  CellSummary summary;
  summary.name = std::move(name);
  summary.reachable = true;
  summary.coverage = "complete";
  return summary;
}

inline compare::Difference replicas(compare::Change change) {
  compare::Difference difference;
  difference.path = Path() / "spec" / "replicas";
  difference.change = change;
  difference.want =
      change == compare::Change::added ? std::nullopt : std::optional(Value::integer(3));
  difference.have =
      change == compare::Change::removed ? std::nullopt : std::optional(Value::integer(5));
  return difference;
}

inline compare::ObjectResult drifted(compare::Change change = compare::Change::modified) {
  compare::ObjectResult result = equal(deployment("web", "app:1"));
  result.status = compare::Status::drifted;
  result.differences = {replicas(change)};
  return result;
}

// Cells of these names, each with one application of the objects that `objects_of` gives.
template <class ObjectsOf>
Input fleet(const std::vector<std::string>& names, ObjectsOf objects_of) {
  Input input;
  for (const std::string& name : names) {
    input.cells.push_back(cell(name));
    input.applications.push_back(application(name, objects_of(name)));
  }
  return input;
}

}  // namespace celldrift::audit
