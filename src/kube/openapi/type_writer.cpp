#include "kube/openapi/type_writer.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/kube/schema.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/openapi/scalars.hpp"
#include "kube/schema_names.hpp"

#include <algorithm>
#include <vector>

namespace celldrift::kube {
namespace {

// CRDs nest some 30 deep at most (pod templates in lists). What is deeper is taken as unknown.
constexpr int max_depth = 100;

constexpr std::string_view object_meta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

// Either a schema or something simpler: described by what it is when it is a map.
constexpr std::pair<std::string_view, std::string_view> stand_ins[] = {
    {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray",
     "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"},
    {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool",
     "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"},
};

std::string_view stand_in(std::string_view component) {
  const auto found =
      std::ranges::find(stand_ins, component, [](const auto& row) { return row.first; });
  return found != std::end(stand_ins) ? found->second : component;
}

bool flag(const Value& schema, std::string_view name) {
  const Value* value = schema.find(name);
  return value != nullptr && value->is_bool() && value->as_bool();
}

bool is_atomic(const Value& schema) {
  return schema.string_at({"x-kubernetes-map-type"}) == "atomic";
}

// The component that a schema refers to, directly or through `allOf`; "" for another schema.
std::string_view reference(const Value& schema) {
  auto target = schema.string_at({"$ref"});
  if (const Value* all = schema.find("allOf"); target.empty() && all != nullptr) {
    for (const Value& part : all->items()) {
      target = target.empty() ? part.string_at({"$ref"}) : target;
    }
  }
  constexpr std::string_view prefix = "#/components/schemas/";
  return target.starts_with(prefix) ? target.substr(prefix.size()) : std::string_view{};
}

// A component's name as a structure's.
std::string structure_name(std::string_view component) {
  std::string name = escape_name(component);
  return name.find('.') == std::string::npos ? "@" + name : name;
}

bool is_kind(const Value& schema) {
  return schema.find("x-kubernetes-group-version-kind") != nullptr;
}

bool zero_is_absent(std::string_view component, std::string_view name) {
  const Type* own = Schema::builtin().named(component);
  const Field* field = own != nullptr ? own->find(name) : nullptr;
  // OpenAPI cannot tell. Of a field that is new to us, mostly: pointers are the fewest.
  return field == nullptr || field->zero_is_absent;
}

}  // namespace

void TypeWriter::add_kind(std::string_view api_version, std::string_view kind, const Value& root) {
  kinds_[escape_name(api_version) + " " + escape_name(kind)] = structure(root, 0, Part::object);
}

void TypeWriter::add_component_kind(std::string_view api_version,
                                    std::string_view kind,
                                    std::string_view component) {
  const Value* schema = components_.find(component);
  if (schema == nullptr) {
    return;
  }
  if (storage_ == Storage::structural) {
    add_kind(api_version, kind, *schema);
    return;
  }
  define(component, *schema, 0);
  kinds_[escape_name(api_version) + " " + escape_name(kind)] = structure_name(component);
}

std::string TypeWriter::text(std::string_view version) const {
  std::string text = "version " + escape_name(version) + "\n";
  for (const auto& [kind, type] : kinds_) {
    text += "kind " + kind + " " + type + "\n";
  }
  for (const auto& [line, fields] : structures_) {
    text += line + fields;
  }
  return text + unnamed_;
}

bool TypeWriter::keeps_unknown(const Value& schema) const {
  return keeps_all_ || flag(schema, "x-kubernetes-preserve-unknown-fields");
}

std::string TypeWriter::expression(const Value& schema, int depth) {
  if (depth > max_depth || !schema.is_map()) {
    return "unknown";
  }
  std::string type = without_nullable(schema, depth);
  const bool nullable = storage_ == Storage::structural && flag(schema, "nullable");
  return nullable && type != "unknown" ? "?" + type : type;
}

std::string TypeWriter::without_nullable(const Value& schema, int depth) {
  if (const auto target = reference(schema); !target.empty()) {
    return referred(stand_in(target), schema, depth);
  }
  if (const auto word = scalar_word(schema); !word.empty()) {
    return std::string(word);
  }
  const auto type = schema.string_at({"type"});
  if (type == "array") {
    return list(schema, depth);
  }
  if (type == "object" || schema.find("properties") != nullptr) {
    const bool embedded = flag(schema, "x-kubernetes-embedded-resource");
    return object(schema, depth, embedded ? Part::object : Part::field);
  }
  return keeps_unknown(schema) ? "kept" : "unknown";
}

std::string TypeWriter::referred(std::string_view component, const Value& use, int depth) {
  if (const auto word = scalar_component(component); !word.empty()) {
    return std::string(word);
  }
  const Value* schema = components_.find(component);
  const bool is_meta = component.starts_with("io.k8s.apimachinery.") &&
                       Schema::builtin().named(component) != nullptr;
  if (!is_meta && schema == nullptr) {
    return "unknown";
  }
  if (!is_meta && schema->find("properties") == nullptr) {
    return expression(*schema, depth + 1);
  }
  if (!is_meta) {
    define(component, *schema, depth);
  }
  const auto name = structure_name(component);
  const auto map_type = use.string_at({"x-kubernetes-map-type"});
  const bool differs = schema != nullptr && !map_type.empty() &&
                       map_type != schema->string_at({"x-kubernetes-map-type"});
  return differs ? "<" + std::string(map_type == "atomic" ? "atomic" : "granular") + ">" + name
                 : name;
}

void TypeWriter::define(std::string_view component, const Value& schema, int depth) {
  if (!defined_.emplace(component).second) {
    return;
  }
  std::string fields = body(schema, component, depth, Part::field);
  structures_["type " + structure_name(component) + (is_atomic(schema) ? " atomic" : "") +
              (keeps_unknown(schema) ? " kept" : "") + "\n"] = std::move(fields);
}

std::string TypeWriter::object(const Value& schema, int depth, Part part) {
  const Value* properties = schema.find("properties");
  const Value* element = schema.find("additionalProperties");
  const bool has_fields = properties != nullptr && properties->size() != 0;
  if (!has_fields && element != nullptr &&
      (element->is_map() || flag(schema, "additionalProperties"))) {
    const std::string map = is_atomic(schema) ? "{atomic}" : "{}";
    return map + (element->is_map() ? expression(*element, depth + 1) : "kept");
  }
  if (!has_fields && part == Part::field && keeps_unknown(schema)) {
    return "kept";
  }
  if (!has_fields && part == Part::field && storage_ == Storage::go_structs) {
    return "unknown";
  }
  return structure(schema, depth, part);
}

std::string TypeWriter::structure(const Value& schema, int depth, Part part) {
  std::string fields = body(schema, "", depth, part);
  std::string flags = is_atomic(schema) ? " atomic" : "";
  // A field and other names in one map (no CRD can say this): the others stay.
  const bool open = schema.find("additionalProperties") != nullptr;
  flags += keeps_unknown(schema) || open ? " kept" : "";
  flags += part == Part::object && depth != 0 ? " object" : "";
  auto& name = bodies_[flags + "\n" + fields];
  if (name.empty()) {
    name = "@" + std::to_string(bodies_.size());
    unnamed_ += "type " + name + flags + "\n" + fields;
  }
  return name;
}

std::string TypeWriter::body(const Value& schema,
                             std::string_view component,
                             int depth,
                             Part part) {
  std::map<std::string_view, std::string> lines;
  if (const Value* properties = schema.find("properties")) {
    const bool skips_status = (part == Part::object && depth == 0) || is_kind(schema);
    for (const auto& [name, field] : properties->entries()) {
      if (!(skips_status && name.view() == "status")) {
        lines[name.view()] = field_line(name, field, component, depth);
      }
    }
  }
  if (part == Part::object) {
    lines["apiVersion"] = "apiVersion plain";
    lines["kind"] = "kind plain";
    lines["metadata"] = "metadata " + std::string(object_meta);
  }
  std::string text;
  for (const auto& [name, line] : lines) {
    text += " " + line + "\n";
  }
  return text;
}

std::string TypeWriter::field_line(std::string_view name,
                                   const Value& schema,
                                   std::string_view component,
                                   int depth) {
  std::string line = escape_name(name) + " " + expression(schema, depth + 1);
  if (storage_ == Storage::go_structs && zero_is_absent(component, name)) {
    line += " zero";
  }
  if (const Value* value = default_in(schema)) {
    line += " =" + yaml::canonical_json(completed_default(*value, schema, budget_));
  }
  return line;
}

std::string TypeWriter::list(const Value& schema, int depth) {
  const Value* items = schema.find("items");
  const std::string element = items != nullptr ? expression(*items, depth + 1) : "unknown";
  const auto kind = schema.string_at({"x-kubernetes-list-type"});
  if (kind == "set") {
    return "[set]" + element;
  }
  std::vector<std::string> keys;
  if (const Value* names = schema.find("x-kubernetes-list-map-keys"); kind == "map" && names) {
    for (const Value& key : names->items()) {
      keys.push_back(key.is_string() ? escape_name(key.as_string()) : "");
    }
  }
  return "[" + join(keys, ",") + "]" + element;
}

}  // namespace celldrift::kube
