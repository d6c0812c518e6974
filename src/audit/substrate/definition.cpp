// CustomResourceDefinitions: what they do to objects, less what only people read.
#include "audit/substrate/content.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace celldrift::audit {
namespace {

constexpr std::string_view for_people[] = {"description", "title", "example", "externalDocs"};
constexpr std::string_view maps_of_schemas[] = {
    "properties", "patternProperties", "definitions", "dependencies"};
constexpr std::string_view lists_of_schemas[] = {"allOf", "anyOf", "oneOf"};
constexpr std::string_view schemas[] = {"items", "additionalProperties", "additionalItems", "not"};

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

// A JSON Schema. What is in "default" and "enum" is values, not schemas. As deep as the document,
// which has a budget.
Value effective(const Value& schema) {
  if (!schema.is_map()) {
    return schema;
  }
  Value::Map kept;
  for (const Value::Entry& entry : schema.entries()) {
    const std::string_view field = entry.key.view();
    const Value& value = entry.value;
    if (is_one_of(maps_of_schemas, field) && value.is_map()) {
      Value::Map each;
      for (const Value::Entry& property : value.entries()) {
        each.push_back({property.key, effective(property.value)});
      }
      kept.push_back({entry.key, Value::map(std::move(each))});
    } else if (is_one_of(lists_of_schemas, field) && value.is_list()) {
      Value::List each;
      std::ranges::transform(value.items(), std::back_inserter(each), effective);
      kept.push_back({entry.key, Value::list(std::move(each))});
    } else if (is_one_of(schemas, field)) {
      kept.push_back({entry.key, effective(value)});
    } else if (!is_one_of(for_people, field)) {
      kept.push_back(entry);
    }
  }
  return Value::map(std::move(kept));
}

void copy_field(const Value& from, std::string_view field, Value::Map& to) {
  if (const Value* value = from.find(field)) {
    to.push_back({field, *value});
  }
}

Value version_content(const Value& version) {
  Value::Map content;
  for (const std::string_view field : {"storage", "subresources", "selectableFields"}) {
    copy_field(version, field, content);
  }
  if (const Value* schema = version.find({"schema", "openAPIV3Schema"})) {
    content.push_back({"schema", Value::map({{"openAPIV3Schema", effective(*schema)}})});
  }
  return Value::map(std::move(content));
}

Value conversion_content(const Value& conversion) {
  const Value* webhook = conversion.find("webhook");
  const Value* config = webhook == nullptr ? nullptr : webhook->find("clientConfig");
  return config == nullptr
             ? conversion
             : conversion.with("webhook",
                               webhook->with("clientConfig", config->without("caBundle")));
}

}  // namespace

Value definition_content(const Value& live) {
  const Value* spec = live.find("spec");
  if (spec == nullptr || !spec->is_map()) {
    return Value::map({});
  }
  Value::Map content;
  for (const std::string_view field : {"group", "scope", "preserveUnknownFields"}) {
    copy_field(*spec, field, content);
  }
  Value::Map names;
  if (const Value* all = spec->find("names")) {
    copy_field(*all, "kind", names);
    copy_field(*all, "plural", names);
  }
  content.push_back({"names", Value::map(std::move(names))});
  if (const Value* conversion = spec->find("conversion")) {
    content.push_back({"conversion", conversion_content(*conversion)});
  }
  Value::Map versions;
  std::set<std::string_view> seen;
  const Value* listed = spec->find("versions");
  for (const Value& version : listed == nullptr ? std::span<const Value>{} : listed->items()) {
    const std::string_view name = version.string_at({"name"});
    if (!name.empty() && seen.insert(name).second) {
      versions.push_back({name, version_content(version)});
    }
  }
  content.push_back({"versions", Value::map(std::move(versions))});
  return Value::map(std::move(content));
}

}  // namespace celldrift::audit
