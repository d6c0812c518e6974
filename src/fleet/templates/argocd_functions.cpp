#include "fleet/templates/argocd_functions.hpp"

#include "celldrift/gotemplate/assertion.hpp"
#include "celldrift/sprig/sprig.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/names.hpp"
#include "fleet/templates/slug.hpp"

namespace celldrift::fleet {
namespace {

using namespace gotemplate;

[[noreturn]] void fail(std::string message) {
  throw Error(ErrorCode::config, std::move(message));
}

Any normalize(const Call& call) {
  return call.heap.string(normalized_name(call[0].as_string()));
}

// `slugify [max length] [smart truncation] name`; what stands between the second argument and the
// last is ignored.
Any slugify(const Call& call) {
  SlugOptions options;
  if (call.size() > 1) {
    options.max_length = assert_type(call[0], int_type).as_int();
  }
  if (call.size() > 2) {
    const bool smart = assert_type(call[1], bool_type).as_bool();
    options.truncate = smart ? Truncate::smart : Truncate::hard;
  }
  const std::string_view name =
      call.size() == 0 ? "" : assert_type(call[call.size() - 1], string_type).as_string();
  return call.heap.string(slug(normalized_name(name), options));
}

Value json_value(const Any& value) {
  try {
    return to_value(value);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::config) {
      sprig::to_json(value);  // says it as Go does
    }
    throw;
  }
}

Any to_yaml(const Call& call) {
  Value value;
  try {
    value = json_value(call[0]);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::config) {
      throw;
    }
    fail("error marshaling into JSON: " + error.message());
  }
  std::string text = yaml::emit_go(value);
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  return call.heap.string(text);
}

Value parsed_yaml(std::string_view text) {
  try {
    return yaml::parse(text).value;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::parse) {
      throw;
    }
    fail("error converting YAML to JSON: yaml: " + error.message());
  }
}

// What encoding/json calls a value that it cannot put into another type.
std::string_view json_kind(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::boolean:
      return "bool";
    case Value::Kind::integer:
    case Value::Kind::real:
      return "number";
    case Value::Kind::string:
      return "string";
    case Value::Kind::list:
      return "array";
    default:
      return "object";
  }
}

[[noreturn]] void fail_unmarshaling(const Value& value, const Type& type) {
  fail("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal " +
       std::string(json_kind(value)) + " into Go value of type " + std::string(type.name));
}

Any from_yaml(const Call& call) {
  const Value value = parsed_yaml(call[0].as_string());
  if (value.is_null()) {
    return call.heap.make_map();
  }
  if (!value.is_map()) {
    fail_unmarshaling(value, map_type);
  }
  return call.heap.from_value(value);
}

Any from_yaml_array(const Call& call) {
  const Value value = parsed_yaml(call[0].as_string());
  if (value.is_null()) {
    return call.heap.make_list({});
  }
  if (!value.is_list()) {
    fail_unmarshaling(value, list_type);
  }
  return call.heap.from_value(value);
}

constexpr auto anything = takes<interface_type>;
constexpr auto one_text = takes<string_type>;

constexpr Function own[] = {
    {"fromYaml", one_text, false, &map_type, from_yaml},
    {"fromYamlArray", one_text, false, &list_type, from_yaml_array},
    {"normalize", one_text, false, &string_type, normalize},
    {"slugify", anything, true, &string_type, slugify},
    {"toYaml", anything, false, &string_type, to_yaml},
};

}  // namespace

const FunctionTable& argocd_functions() {
  static const FunctionTable table = [] {
    FunctionTable all = sprig::functions();
    all.add(own);
    return all;
  }();
  return table;
}

}  // namespace celldrift::fleet
