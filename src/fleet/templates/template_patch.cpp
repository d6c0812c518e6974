#include "fleet/templates/template_patch.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/shapes/application_shape.hpp"
#include "fleet/shapes/json_numbers.hpp"
#include "fleet/templates/strategic_merge.hpp"

namespace celldrift::fleet {
namespace {

Value parsed(std::string_view text) {
  return trim(text).starts_with('{') ? yaml::parse_json(text).value : yaml::parse(text).value;
}

// encoding/json takes null for "nothing there".
Value without_nulls(const Value& tree) {
  if (tree.is_list()) {
    Value::List items;
    for (const Value& item : tree.items()) {
      items.push_back(without_nulls(item));
    }
    return Value::list(std::move(items)).with_mark(tree.mark());
  }
  if (!tree.is_map()) {
    return tree;
  }
  Value::Map entries;
  for (const auto& [key, value] : tree.entries()) {
    if (!value.is_null()) {
      entries.push_back({key, without_nulls(value)});
    }
  }
  return Value::map(std::move(entries)).with_mark(tree.mark());
}

// The parts of an Application that a patch can change.
Value decoded(const Value& tree) {
  return checked(without_nulls(tree), template_shape, "templatePatch");
}

Value merged(const Value& application, const Value& patch) {
  decoded(patch);  // Argo CD decodes the patch as an Application first, and refuses what is none
  return decoded(strategic_merge(application, patch, template_shape));
}

Value with_project_of(const Value& application, Value result) {
  const Value* spec = result.find("spec");
  const Value* project = application.find({"spec", "project"});
  const Value known = spec != nullptr ? *spec : Value::map({});
  return result.with("spec",
                     known.with("project", project != nullptr ? *project : Value::string("")));
}

}  // namespace

Value patched(const Value& application, std::string_view patch, const Mark& mark) {
  try {
    const Value tree = with_whole_numbers(parsed(patch));
    if (!tree.is_map() && !tree.is_null()) {
      throw Error(ErrorCode::config,
                  "it must be a map, not a " + std::string(describe(tree.kind())));
    }
    const Value result =
        merged(application, tree.is_null() ? Value::map({}) : tree).with_mark(application.mark());
    return with_project_of(application, result);
  } catch (Error& error) {
    if (error.code() == ErrorCode::limit) {
      throw;
    }
    throw Error(ErrorCode::config, "invalid templatePatch: " + error.message(), mark);
  }
}

}  // namespace celldrift::fleet
