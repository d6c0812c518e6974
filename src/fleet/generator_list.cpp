#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/application_shape.hpp"
#include "fleet/generator.hpp"

#include <map>

namespace celldrift::fleet {
namespace {

const Shape elements{Shape::Kind::list, {}, &raw_shape};
const Field fields[] = {
    {"elements", &elements}, {"template", &template_shape}, {"elementsYaml", &string_shape}};

// With fasttemplate all of an element's values must be strings.
void add_text(Value::Map& entries, const std::string& key, const Value& value, const Mark& place) {
  if (!value.is_string()) {
    throw Error(ErrorCode::config,
                "list element's \"" + key + "\" must be a string (quote it), not " +
                    std::string(value.is_null() ? "null" : describe(value.kind())),
                value.mark().known() ? value.mark() : place);
  }
  entries.push_back({key, value});
}

// `values` is the one key that may hold a map: {values: {a: b}} becomes values.a.
void add_nested_values(Value::Map& entries, const Value& values, const Mark& place) {
  if (!values.is_map()) {
    throw Error(ErrorCode::config,
                "list element's \"values\" must be a map of strings",
                values.mark().known() ? values.mark() : place);
  }
  for (const auto& [key, value] : values.entries()) {
    add_text(entries, "values." + key.str(), value, place);
  }
}

// A key "values.a" beside values: {a: …} would be written twice; Argo CD's pick is random, the last
// one is ours.
Value united(const Value::Map& entries) {
  Value::Map distinct;
  std::map<std::string_view, std::size_t> places;
  for (const Value::Entry& entry : entries) {
    const auto [place, is_new] = places.emplace(entry.key.view(), distinct.size());
    if (is_new) {
      distinct.push_back(entry);
    } else {
      distinct[place->second].value = entry.value;
    }
  }
  return Value::map(std::move(distinct));
}

Params params_of(const Value& element) {
  if (!element.is_map()) {
    throw Error(ErrorCode::config,
                "a list element must be a map, not " + std::string(describe(element.kind())),
                element.mark());
  }
  Value::Map entries;
  for (const auto& [key, value] : element.entries()) {
    if (key.view() == "values") {
      add_nested_values(entries, value, element.mark());
    } else {
      add_text(entries, key.str(), value, element.mark());
    }
  }
  return {united(entries), {}, {}, element.mark()};
}

// Elements given as a text of YAML are taken as they are: what is not a string cannot be used in a
// template, but in a selector.
void append_elements_yaml(std::vector<Params>& all, const Value& text) {
  Value list;
  try {
    list = yaml::parse(text.as_string()).value;
  } catch (Error& error) {
    throw Error(error.code(), "elementsYaml: " + error.message(), text.mark());
  }
  if (!list.is_null() && !list.is_list()) {
    throw Error(ErrorCode::config,
                "elementsYaml must hold a list of maps, not " + std::string(describe(list.kind())),
                text.mark());
  }
  for (const Value& element : list.items()) {
    if (!element.is_null() && !element.is_map()) {
      throw Error(ErrorCode::config,
                  "elementsYaml must hold maps only, not " + std::string(describe(element.kind())),
                  text.mark());
    }
    all.push_back({element.is_null() ? Value::map({}) : element, {}, {}, text.mark()});
  }
}

}  // namespace

const Shape list_shape{Shape::Kind::structure, fields};

std::vector<Params> generate_list(const Value& spec, const GeneratorContext&) {
  std::vector<Params> all;
  if (const Value* listed = spec.find("elements")) {
    for (const Value& element : listed->items()) {
      all.push_back(params_of(element));
    }
  }
  const Value* text = spec.find("elementsYaml");
  if (text != nullptr && !text->as_string().empty()) {
    append_elements_yaml(all, *text);
  }
  return all;
}

}  // namespace celldrift::fleet
