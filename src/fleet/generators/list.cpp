#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/generators/generator.hpp"
#include "fleet/shapes/entries.hpp"

namespace celldrift::fleet {
namespace {

// With fasttemplate all of an element's values must be strings.
void add_text(Entries& entries, const std::string& key, const Value& value, const Mark& place) {
  if (!value.is_string()) {
    throw Error(ErrorCode::config,
                "error parsing value as string: list element's \"" + key +
                    "\" must be a string (quote it), not " +
                    std::string(value.is_null() ? "null" : describe(value.kind())),
                value.mark().known() ? value.mark() : place);
  }
  entries.set(key, value);
}

// `values` is the one key that may hold a map: {values: {a: b}} becomes values.a.
void add_nested_values(Entries& entries, const Value& values, const Mark& place) {
  if (!values.is_map()) {
    throw Error(ErrorCode::config,
                "error parsing values map: list element's \"values\" must be a map of strings",
                values.mark().known() ? values.mark() : place);
  }
  for (const auto& [key, value] : values.entries()) {
    add_text(entries, "values." + key.str(), value, place);
  }
}

// A null, and with fasttemplate a map without entries, gives Go's nil map: nothing can be written
// into it.
Params without_parameters(const Value& element) {
  Params params;
  params.values = gotemplate::Any::map(gotemplate::map_type, nullptr);
  params.mark = element.mark();
  return params;
}

void require_map_or_null(const Value& element, const char* what) {
  if (!element.is_map() && !element.is_null()) {
    throw Error(ErrorCode::config,
                std::string("error unmarshling ") + what + " json: cannot unmarshal " +
                    std::string(describe(element.kind())) + " into a map",
                element.mark());
  }
}

// A key "values.a" beside values: {a: …} is written twice; Argo CD's pick is random, the last one
// is ours.
Params text_params(const Value& element, gotemplate::Heap& heap) {
  Entries entries;
  for (const auto& [key, value] : element.entries()) {
    if (key.view() == "values") {
      add_nested_values(entries, value, element.mark());
    } else {
      add_text(entries, key.str(), value, element.mark());
    }
  }
  return made(entries.take_map(), element.mark(), heap);
}

Params params_of(const Value& element, const GeneratorContext& context) {
  // the element's text is empty then; being rendered with a parent's parameters makes it "null"
  if (element.is_null() && !context.interpolated) {
    throw Error(ErrorCode::config,
                "error unmarshling list element unexpected end of JSON input: an element is null",
                element.mark());
  }
  require_map_or_null(element, "list element");
  if (element.is_null() || (element.size() == 0 && !context.is_go())) {
    return without_parameters(element);
  }
  return context.is_go() ? made(element, element.mark(), context.heap)
                         : text_params(element, context.heap);
}

// Elements given as a text of YAML are taken as they are: with fasttemplate, what is not a string
// cannot be used in a template, but in a selector.
void append_elements_yaml(std::vector<Params>& all,
                          const Value& text,
                          const GeneratorContext& context) {
  Value list;
  try {
    list = yaml::parse(text.as_string()).value;
  } catch (Error& error) {
    throw Error(
        error.code(), "error unmarshling decoded ElementsYaml " + error.message(), text.mark());
  }
  if (!list.is_null() && !list.is_list()) {
    throw Error(ErrorCode::config,
                "error unmarshling decoded ElementsYaml: it must hold a list of maps, not " +
                    std::string(describe(list.kind())),
                text.mark());
  }
  for (const Value& element : list.items()) {
    require_map_or_null(element.with_mark(text.mark()), "decoded ElementsYaml");
    all.push_back(element.is_null() ? without_parameters(text)
                                    : made(element, text.mark(), context.heap));
  }
}

}  // namespace

std::vector<Params> generate_list(const Value& spec, const GeneratorContext& context) {
  std::vector<Params> all;
  if (const Value* listed = spec.find("elements")) {
    for (const Value& element : listed->items()) {
      all.push_back(params_of(element, context));
    }
  }
  const Value* text = spec.find("elementsYaml");
  if (text != nullptr && !text->as_string().empty()) {
    append_elements_yaml(all, *text, context);
  }
  return all;
}

}  // namespace celldrift::fleet
