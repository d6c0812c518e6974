#include "cli/apps_list.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/table.hpp"

namespace celldrift::cli {
namespace {

// What a table says of the sources of an Application: of several, each after a comma.
std::string of_sources(const fleet::Application& application,
                       std::string fleet::ApplicationSource::* field) {
  std::string text;
  for (const fleet::ApplicationSource& source : application.sources) {
    const std::string& value = source.*field;
    const bool is_path = field == &fleet::ApplicationSource::path;
    const std::string& shown = is_path && value.empty() ? source.chart : value;
    text += (text.empty() || shown.empty() ? "" : ",") + shown;
  }
  return text;
}

// "spec.generators[0].matrix" -> "matrix".
std::string kind_of_generator(const fleet::Origin& origin) {
  const std::string kind = origin.generator_path.substr(origin.generator_path.rfind('.') + 1);
  return kind.empty() ? origin.application_set : kind;
}

std::string place_of_origin(const fleet::Application& application) {
  const Mark& generator = application.origin.generator_mark;
  return describe(generator.known() ? generator : application.mark);
}

// Narrow columns are cut in the middle, and both ends tell most: "matrix sets/backend.yaml:7".
std::string table_origin(const fleet::Application& application) {
  const std::string kind = kind_of_generator(application.origin);
  return kind + (kind.empty() ? "" : " ") + place_of_origin(application);
}

struct Parameter {
  std::string name;
  Value value;
};

// Leaves, named by the way to them: "metadata.labels.env", "path.segments[0]".
void collect(const std::string& name, const Value& value, std::vector<Parameter>& parameters) {
  if (value.size() == 0) {
    parameters.push_back({name, value});
  }
  for (const auto& [key, item] : value.entries()) {
    collect(name.empty() ? key.str() : name + "." + key.str(), item, parameters);
  }
  std::size_t index = 0;
  for (const Value& item : value.items()) {
    collect(name + "[" + std::to_string(index++) + "]", item, parameters);
  }
}

std::vector<Parameter> parameters_of(const fleet::Application& application) {
  std::vector<Parameter> parameters;
  if (application.origin.parameters.size() > 0) {
    collect("", application.origin.parameters, parameters);
  }
  return parameters;
}

}  // namespace

std::string describe_origin(const fleet::Application& application) {
  const std::string kind = kind_of_generator(application.origin);
  const std::string place = place_of_origin(application);
  const std::string parent =
      application.origin.parent.empty() ? "" : ", made by " + application.origin.parent;
  return (kind.empty() ? place : place + (place.empty() ? "(" : " (") + kind + ")") + parent;
}

std::string applications_table(const Applications& applications, std::size_t width) {
  std::vector<std::vector<std::string>> rows = {
      {"APPLICATION", "CELL", "PROJECT", "PATH", "REVISION", "FROM"}};
  for (const fleet::Application& application : applications) {
    rows.push_back({application.name,
                    application.cell,
                    application.project,
                    of_sources(application, &fleet::ApplicationSource::path),
                    of_sources(application, &fleet::ApplicationSource::target_revision),
                    table_origin(application)});
  }
  return table(rows, width);
}

std::string application_names(const Applications& applications) {
  std::string text;
  for (const fleet::Application& application : applications) {
    text += printable(application.name) + "\n";
  }
  return text;
}

Value application_objects(const Applications& applications) {
  Value::List list;
  for (const fleet::Application& application : applications) {
    list.push_back(application.object);
  }
  return Value::list(std::move(list));
}

std::string parameters_text(const Applications& applications) {
  std::string text;
  for (const fleet::Application& application : applications) {
    text += (text.empty() ? "" : "\n") + printable(application.name) + " in " +
            printable(application.cell) + ", from " + printable(describe_origin(application)) +
            "\n";
    std::vector<std::vector<std::string>> rows;
    for (const Parameter& parameter : parameters_of(application)) {
      rows.push_back({"  " + parameter.name,
                      yaml::emit_json(parameter.value),
                      describe(parameter.value.mark())});
    }
    text += rows.empty() ? "  no parameters\n" : table(rows);
  }
  return text;
}

Value parameters_value(const Applications& applications) {
  Value::List list;
  for (const fleet::Application& application : applications) {
    Value::List parameters;
    for (const Parameter& parameter : parameters_of(application)) {
      parameters.push_back(Value::map({{"name", Value::string(parameter.name)},
                                       {"value", parameter.value},
                                       {"from", Value::string(describe(parameter.value.mark()))}}));
    }
    const fleet::Origin& origin = application.origin;
    list.push_back(Value::map({{"application", Value::string(application.name)},
                               {"cell", Value::string(application.cell)},
                               {"applicationSet", Value::string(origin.application_set)},
                               {"generator", Value::string(origin.generator_path)},
                               {"from", Value::string(describe(origin.generator_mark))},
                               {"parameters", Value::list(std::move(parameters))}}));
  }
  return Value::list(std::move(list));
}

}  // namespace celldrift::cli
