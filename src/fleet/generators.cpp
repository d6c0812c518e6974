#include "celldrift/core/error.hpp"
#include "fleet/generator.hpp"

namespace celldrift::fleet {
namespace {

const GeneratorKind kinds[] = {
    {"list", generate_list, &list_shape},
    {"clusters", generate_clusters, &clusters_shape},
    {"git"},
    {"scmProvider"},
    {"clusterDecisionResource"},
    {"pullRequest"},
    {"matrix"},
    {"merge"},
    {"plugin"},
};

}  // namespace

std::span<const GeneratorKind> generator_kinds() {
  return kinds;
}

void add_values(const Value* values,
                const Params& params,
                const GeneratorContext& context,
                Value::Map& entries) {
  if (values == nullptr) {
    return;
  }
  for (const auto& [key, value] : values->entries()) {
    try {
      std::string text = context.engine.render(value.as_string(), params);
      context.budget.spend(text.size());
      entries.push_back({"values." + key.str(), Value::string(text).with_mark(value.mark())});
    } catch (Error& error) {
      throw error.at(value.mark());
    }
  }
}

}  // namespace celldrift::fleet
