#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/kube/openapi.hpp"
#include "kube/openapi/type_writer.hpp"
#include "kube/schema_text.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

struct Named {
  std::string kind;
  std::string_view component;
};

// The kinds that are exactly this group-version's: DeleteOptions and WatchEvent are everybody's.
std::vector<Named> kinds_in(const Value& components, std::string_view api_version) {
  std::vector<Named> kinds;
  for (const auto& [name, schema] : components.entries()) {
    const Value* gvks = schema.find("x-kubernetes-group-version-kind");
    if (gvks == nullptr || gvks->size() != 1) {
      continue;
    }
    const Value& gvk = gvks->items()[0];
    const bool is_list = schema.find({"properties", "items"}) != nullptr &&
                         gvk.string_at({"kind"}).ends_with("List");
    if (!is_list && gvk.string_at({"group"}) == group_of(api_version) &&
        gvk.string_at({"version"}) == version_of(api_version)) {
      kinds.push_back({std::string(gvk.string_at({"kind"})), name.view()});
    }
  }
  return kinds;
}

// A document of CRDs has nothing but its kinds, their lists, and what all objects have. So have
// some of Kubernetes' own (PriorityClasses), which are told by their names.
bool is_structural(const Value& components) {
  return std::ranges::all_of(components.entries(), [](const Value::Entry& entry) {
    const auto name = entry.key.view();
    return name.starts_with("io.k8s.apimachinery.") ||
           (entry.value.find("x-kubernetes-group-version-kind") != nullptr &&
            Schema::builtin().named(name) == nullptr);
  });
}

bool is_served(const Value& version) {
  const Value* served = version.find("served");
  return served != nullptr && served->is_bool() && served->as_bool();
}

}  // namespace

std::string openapi_text(const Value& document, std::string_view api_version) {
  const Value* components = document.find({"components", "schemas"});
  if (components == nullptr || !components->is_map()) {
    throw Error(ErrorCode::server,
                "the OpenAPI document of " + printable(api_version) + " has no schemas");
  }
  TypeWriter writer(*components,
                    is_structural(*components) ? Storage::structural : Storage::go_structs);
  for (const auto& [kind, component] : kinds_in(*components, api_version)) {
    writer.add_component_kind(api_version, kind, component);
  }
  return writer.text("");
}

Schema::Parts parts_of_text(std::string text) {
  return read_cell_schema(std::move(text));
}

std::string definition_text(const Value& definition) {
  const Value none;
  TypeWriter writer(none, Storage::structural);
  const Value* spec = definition.find("spec");
  if (spec == nullptr || definition.string_at({"kind"}) != "CustomResourceDefinition") {
    return writer.text("");
  }
  if (const Value* keeps = spec->find("preserveUnknownFields");
      keeps != nullptr && keeps->is_bool() && keeps->as_bool()) {
    writer.keep_everything();
  }
  const std::string group(spec->string_at({"group"}));
  const Value* versions = spec->find("versions");
  for (const Value& version : versions != nullptr ? versions->items() : std::span<const Value>{}) {
    const Value* schema = version.find({"schema", "openAPIV3Schema"});
    const auto name = version.string_at({"name"});
    if (is_served(version) && schema != nullptr && !group.empty() && !name.empty()) {
      writer.add_kind(group + "/" + std::string(name), spec->string_at({"names", "kind"}), *schema);
    }
  }
  return writer.text("");
}

}  // namespace celldrift::kube
