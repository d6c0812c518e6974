#include "fleet/generators/shapes.hpp"

#include "fleet/generators/service_shapes.hpp"
#include "fleet/shapes/application_shape.hpp"

#include <array>

namespace celldrift::fleet {

// one object, told by its address from other maps of strings
const Shape generator_values_shape{Shape::Kind::map, {}, &string_shape};

namespace {

using Kind = Shape::Kind;
constexpr auto given = Written::if_given;

const Shape elements{Kind::list, {}, &raw_shape};
const Field list_fields[] = {
    {"elements", &elements}, {"template", &template_shape}, {"elementsYaml", &string_shape}};

const Field clusters_fields[] = {{"selector", &label_selector_shape},
                                 {"template", &template_shape},
                                 {"values", &generator_values_shape},
                                 {"flatList", &boolean_shape}};

const Field item_fields[] = {{"path", &string_shape}, {"exclude", &boolean_shape}};
const Shape item{Kind::structure, item_fields};
const Shape items{Kind::list, {}, &item};
const Field git_fields[] = {
    {"repoURL", &string_shape},
    {"directories", &items},
    {"files", &items},
    {"revision", &string_shape},
    {"requeueAfterSeconds", &integer_shape, given},
    {"template", &template_shape},
    {"pathParamPrefix", &string_shape},
    {"values", &generator_values_shape},
};

const Field decisions_fields[] = {
    {"configMapRef", &string_shape},
    {"name", &string_shape},
    {"requeueAfterSeconds", &integer_shape, given},
    {"labelSelector", &label_selector_shape},
    {"template", &template_shape},
    {"values", &generator_values_shape},
};

const Field config_map_fields[] = {{"name", &string_shape}};
const Shape config_map{Kind::structure, config_map_fields};
const Shape parameters{Kind::map, {}, &raw_shape};
const Field input_fields[] = {{"parameters", &parameters}};
const Shape input{Kind::structure, input_fields};
const Field plugin_fields[] = {
    {"configMapRef", &config_map},
    {"input", &input},
    {"requeueAfterSeconds", &integer_shape, given},
    {"template", &template_shape},
    {"values", &generator_values_shape},
};

}  // namespace

const Shape list_shape{Kind::structure, list_fields};
const Shape clusters_shape{Kind::structure, clusters_fields};
const Shape git_shape{Kind::structure, git_fields};
const Shape decisions_shape{Kind::structure, decisions_fields};
const Shape plugin_shape{Kind::structure, plugin_fields};

// Entries, innermost first. The order of the fields is that of the Go structs.
namespace {

const Field terminal_fields[] = {
    {"list", &list_shape, given},
    {"clusters", &clusters_shape, given},
    {"git", &git_shape, given},
    {"scmProvider", &scm_provider_shape, given},
    {"clusterDecisionResource", &decisions_shape, given},
    {"pullRequest", &pull_request_shape, given},
    {"selector", &label_selector_shape, given},
    {"plugin", &plugin_shape, given},
};
const Shape terminal_entry{Kind::structure, terminal_fields};
const Shape terminal_entries{Kind::list, {}, &terminal_entry};
const Field nested_matrix_fields[] = {{"generators", &terminal_entries}};
const Shape nested_matrix{Kind::structure, nested_matrix_fields};
const Field nested_merge_fields[] = {{"generators", &terminal_entries},
                                     {"mergeKeys", &string_list_shape}};
const Shape nested_merge{Kind::structure, nested_merge_fields};

// An entry that may nest others: `matrix` and `merge` are what these are at its depth.
constexpr std::array<Field, 10> entry_fields(const Shape& matrix, const Shape& merge) {
  return {{
      {"list", &list_shape, given},
      {"clusters", &clusters_shape, given},
      {"git", &git_shape, given},
      {"scmProvider", &scm_provider_shape, given},
      {"clusterDecisionResource", &decisions_shape, given},
      {"pullRequest", &pull_request_shape, given},
      {"matrix", &matrix, given},
      {"merge", &merge, given},
      {"selector", &label_selector_shape, given},
      {"plugin", &plugin_shape, given},
  }};
}

constinit const auto nested_fields = entry_fields(nested_matrix, nested_merge);

}  // namespace

const Shape nested_entry_shape{Kind::structure, nested_fields};

namespace {

const Shape nested_entries{Kind::list, {}, &nested_entry_shape};
const Field matrix_fields[] = {{"generators", &nested_entries}, {"template", &template_shape}};
const Field merge_fields[] = {{"generators", &nested_entries},
                              {"mergeKeys", &string_list_shape},
                              {"template", &template_shape}};

}  // namespace

const Shape matrix_shape{Kind::structure, matrix_fields};
const Shape merge_shape{Kind::structure, merge_fields};

namespace {

constinit const auto top_fields = entry_fields(matrix_shape, merge_shape);

}  // namespace

const Shape top_entry_shape{Kind::structure, top_fields};

}  // namespace celldrift::fleet
