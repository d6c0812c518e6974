// Fields of custom resources that are of a type which their schemas do not say.
#include "celldrift/core/text.hpp"
#include "kube/field_index.hpp"
#include "kube/schema_text.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_steps = 64;  // users write paths too
constexpr std::string_view core = "io.k8s.api.core.v1.";

// What the type of one kind becomes: new types along the path, the rest shared.
class Retyping {
 public:
  Retyping(SchemaParts& made, const Type& leaf) : made_(made), leaf_(leaf) {}

  const Type& along(const Type& type, std::span<const std::string_view> steps) {
    if (type.kind == Type::Kind::list) {
      return with_element(type, along(*type.item(), steps));
    }
    if (steps.empty()) {
      return leaf_;
    }
    switch (type.kind) {
      case Type::Kind::map:
        return with_element(type, along(*type.item(), steps.subspan(1)));
      case Type::Kind::structure:
      case Type::Kind::unknown:
        return with_field(type, steps);
      default:
        return type;
    }
  }

 private:
  const Type& with_element(const Type& type, const Type& element) {
    Type changed = type;
    changed.element = &element;
    return made_.types.emplace_back(std::move(changed));
  }

  const Type& with_field(const Type& type, std::span<const std::string_view> steps) {
    auto name = steps.front();
    const bool is_list = name.ends_with("[]");
    name.remove_suffix(is_list ? 2 : 0);
    const Field* own = type.find(name);
    if (own == nullptr && type.drops(name)) {
      return type;
    }
    static const Type open_list{.kind = Type::Kind::list, .element = &unknown_type()};
    const Type& before = own != nullptr ? *own->type : unknown_type();
    const bool is_open = before.kind == Type::Kind::unknown;
    const Type& inside = along(is_list && is_open ? open_list : before, steps.subspan(1));
    auto& fields = made_.retyped.emplace_back(type.fields.begin(), type.fields.end());
    if (own != nullptr) {
      fields[std::size_t(own - type.fields.data())].type = &inside;
    } else {
      const auto place = std::ranges::lower_bound(fields, name, {}, &Field::name);
      fields.insert(place, {.name = made_.names.emplace_back(name), .type = &inside});
    }
    Type changed = type;
    changed.kind = Type::Kind::structure;
    changed.fields = fields;
    changed.by_hash = made_.indices.emplace_back(index_by_hash(fields));
    // Nothing is said of other fields: what was unknown stays open.
    changed.preserve_unknown = type.preserve_unknown || type.kind == Type::Kind::unknown;
    return made_.types.emplace_back(std::move(changed));
  }

  SchemaParts& made_;
  const Type& leaf_;
};

const Type* type_of_name(const Schema& schema, std::string_view name) {
  static const Type quantity{.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::quantity};
  static const Type duration{.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::duration};
  if (name == "quantity" || name == "duration") {
    return name == "quantity" ? &quantity : &duration;
  }
  return schema.named(name);
}

std::string in_core(std::string_view name) {
  return std::string(core) + std::string(name);
}

}  // namespace

std::span<const KnownType> known_types() {
  static const std::vector<KnownType> rows = {
      // Argo CD 3.5 has this row built in.
      {"argoproj.io", "Rollout", "spec.template.spec", in_core("PodSpec")},
      // Their schemas leave these open (x-kubernetes-preserve-unknown-fields).
      {"argoproj.io", "Workflow", "spec.templates[].container", in_core("Container")},
      {"argoproj.io", "WorkflowTemplate", "spec.templates[].container", in_core("Container")},
      {"argoproj.io",
       "ClusterWorkflowTemplate",
       "spec.templates[].container",
       in_core("Container")},
      {"argoproj.io",
       "CronWorkflow",
       "spec.workflowSpec.templates[].container",
       in_core("Container")},
      {"apps.kruise.io", "CloneSet", "spec.template.spec", in_core("PodSpec")},
      {"apps.kruise.io", "StatefulSet", "spec.template.spec", in_core("PodSpec")},
      {"apps.kruise.io", "DaemonSet", "spec.template.spec", in_core("PodSpec")},
      {"apps.kruise.io", "BroadcastJob", "spec.template.spec", in_core("PodSpec")},
      {"elasticsearch.k8s.elastic.co",
       "Elasticsearch",
       "spec.nodeSets[].podTemplate.spec",
       in_core("PodSpec")},
      {"kibana.k8s.elastic.co", "Kibana", "spec.podTemplate.spec", in_core("PodSpec")},
  };
  return rows;
}

std::string argo_type_name(std::string_view name) {
  if (name == "core/Quantity") {
    return "quantity";
  }
  if (name == "meta/v1/Duration") {
    return "duration";
  }
  constexpr std::string_view prefix = "core/v1/";
  if (!name.starts_with(prefix)) {
    return "";
  }
  auto structure = in_core(name.substr(prefix.size()));
  return Schema::builtin().named(structure) != nullptr ? structure : "";
}

Schema Schema::with_known_types(std::span<const KnownType> known) const {
  Schema result = *this;
  for (const auto& row : known) {
    const Type* leaf = type_of_name(*this, row.type);
    const std::vector<std::string_view> steps = split(row.path, '.');
    auto made = std::make_shared<SchemaParts>();
    for (const auto& parts : result.parts_) {
      for (const auto& [gvk, type] : parts->by_kind) {
        const bool is_row = gvk.second == row.kind && group_of(gvk.first) == row.group;
        if (leaf != nullptr && is_row && steps.size() <= max_steps &&
            !made->by_kind.contains(gvk)) {
          made->by_kind[gvk] = &Retyping(*made, *leaf).along(*type, steps);
        }
      }
    }
    if (!made->by_kind.empty()) {
      result.parts_.insert(result.parts_.begin(), std::move(made));
    }
  }
  return result;
}

}  // namespace celldrift::kube
