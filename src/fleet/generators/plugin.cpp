#include "fleet/generators/service_answers.hpp"
#include "fleet/shapes/entries.hpp"

namespace celldrift::fleet {
namespace {

// What the generator itself states comes back as generator.input.parameters, for Go templates: with
// fasttemplate it is there, but is no text.
Value stated_input(const Value& spec) {
  const Value* stated = spec.find({"input", "parameters"});
  const Value parameters = stated != nullptr ? *stated : Value::map({});
  return Value::map({{"input", Value::map({{"parameters", parameters}}).with_mark(spec.mark())}})
      .with_mark(spec.mark());
}

Params params_of(const Value& object, const Value& spec, const GeneratorContext& context) {
  Entries entries;
  const Value::Map flat = context.is_go()
                              ? Value::Map(object.entries().begin(), object.entries().end())
                              : flattened_entries(object);
  for (const auto& [key, value] : flat) {
    entries.set(key, value);
  }
  entries.set("generator", stated_input(spec));
  static const TypedPlace places[] = {{{"generator", "input"}, &plugin_input_type}};
  Params params = made(entries.take_map(), spec.mark(), context.heap, places);
  add_values(spec, context, params);
  return params;
}

}  // namespace

std::vector<Params> generate_plugin(const Value& spec, const GeneratorContext& context) {
  std::vector<Params> all;
  for (const Value& object : ask("plugin", spec, context)) {
    all.push_back(params_of(object.is_null() ? Value::map({}) : object, spec, context));
  }
  return all;
}

}  // namespace celldrift::fleet
