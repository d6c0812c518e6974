#include "celldrift/core/error.hpp"
#include "fleet/generators/generator.hpp"

namespace celldrift::fleet {
namespace {

const GeneratorKind kinds[] = {
    {"list", generate_list},
    {"clusters", generate_clusters},
    {"git", generate_git},
    {"scmProvider", generate_scm_provider},
    {"clusterDecisionResource", generate_decisions},
    {"pullRequest", generate_pull_request},
    {"matrix", generate_matrix},
    {"merge", generate_merge},
    {"plugin", generate_plugin},
};

Value::Map rendered_values(const Value& values,
                           const GeneratorContext& context,
                           const Params& params) {
  Value::Map rendered;
  for (const auto& [key, value] : values.entries()) {
    try {
      const std::string text = context.engine.render(value.as_string(), params);
      context.budget.spend(text.size());
      rendered.push_back({key, Value::string(text).with_mark(value.mark())});
    } catch (Error& error) {
      throw error.at(value.mark()).add_context("values." + key.str());
    }
  }
  return rendered;
}

}  // namespace

std::span<const GeneratorKind> generator_kinds() {
  return kinds;
}

void add_values(const Value& spec, const GeneratorContext& context, Params& params) {
  const Value* values = spec.find("values");
  if (values == nullptr || values->size() == 0) {
    return;
  }
  const Value::Map rendered = rendered_values(*values, context, params);
  if (context.is_go()) {
    set_param(params,
              "values",
              Value::map(rendered).with_mark(values->mark()),
              gotemplate::string_map_type,
              context.heap);
    return;
  }
  for (const auto& [key, value] : rendered) {
    set_param(params, "values." + key.str(), value, gotemplate::string_type, context.heap);
  }
}

}  // namespace celldrift::fleet
