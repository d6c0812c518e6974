#include "kube/openapi/scalars.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::kube {
namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr Row components[] = {
    {"io.k8s.apimachinery.pkg.api.resource.Quantity", "quantity"},
    {"io.k8s.apimachinery.pkg.util.intstr.IntOrString", "int-or-string"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.Time", "time"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", "time"},
    {"io.k8s.apimachinery.pkg.apis.meta.v1.Duration", "duration"},
};

constexpr Row string_formats[] = {
    {"date-time", "time"},
    {"datetime", "time"},
    {"date", "date"},
    {"duration", "duration"},
    {"byte", "bytes"},
    {"int-or-string", "int-or-string"},
};

std::string_view find(std::span<const Row> rows, std::string_view name) {
  const auto found = std::ranges::find(rows, name, &Row::first);
  return found != rows.end() ? found->second : std::string_view{};
}

// controller-gen writes this pattern for resource.Quantity, with or without the outer group.
bool is_quantity_pattern(std::string_view pattern) {
  return pattern.starts_with("^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))((") &&
         pattern.find("[KMGTPE]i)|[numkMGTPE]") != std::string_view::npos;
}

bool has_types(const Value* alternatives, std::string_view a, std::string_view b) {
  if (alternatives == nullptr || alternatives->size() != 2) {
    return false;
  }
  const auto first = alternatives->items()[0].string_at({"type"});
  const auto second = alternatives->items()[1].string_at({"type"});
  return (first == a && second == b) || (first == b && second == a);
}

bool is_int_or_string(const Value& schema) {
  const Value* marked = schema.find("x-kubernetes-int-or-string");
  const bool open = schema.string_at({"type"}).empty();
  return (marked != nullptr && marked->is_bool() && marked->as_bool()) ||
         (open && (has_types(schema.find("anyOf"), "integer", "string") ||
                   has_types(schema.find("oneOf"), "integer", "string")));
}

}  // namespace

std::string_view scalar_component(std::string_view name) {
  return find(components, name);
}

std::string_view scalar_word(const Value& schema) {
  const auto type = schema.string_at({"type"});
  const bool either = is_int_or_string(schema);
  if ((either || type == "string") && is_quantity_pattern(schema.string_at({"pattern"}))) {
    return "quantity";
  }
  if (either) {
    return "int-or-string";
  }
  if (type == "string") {
    const auto word = find(string_formats, schema.string_at({"format"}));
    return word.empty() ? "plain" : word;
  }
  if (type == "integer" || type == "number") {
    return type;
  }
  return type == "boolean" ? "plain" : "";
}

}  // namespace celldrift::kube
