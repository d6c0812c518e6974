#include "celldrift/core/error.hpp"
#include "fleet/application_shape.hpp"
#include "fleet/generator.hpp"
#include "fleet/names.hpp"
#include "fleet/selector.hpp"

#include <algorithm>
#include <array>

namespace celldrift::fleet {
namespace {

constexpr std::string_view secret_type = "argocd.argoproj.io/secret-type";

const Field fields[] = {{"selector", &label_selector_shape},
                        {"template", &template_shape},
                        {"values", &string_map_shape},
                        {"flatList", &boolean_shape}};

// Argo CD 3.5 keeps these to itself: copied into an Application they would loop or leak.
constexpr std::array<std::string_view, 5> hidden_annotations = {
    "argocd.argoproj.io/refresh",
    "argocd.argoproj.io/hydrate",
    "argocd.argoproj.io/tracking-id",
    "argocd.argoproj.io/installation-id",
    "kubectl.kubernetes.io/last-applied-configuration",
};

// A cell's labels as its Secret has them: one without the type label is no cluster Secret at all.
FlatParams labels_of(const Cell& cell) {
  FlatParams labels(cell.labels.begin(), cell.labels.end());
  labels[std::string(secret_type)] = "cluster";
  return labels;
}

void add(Value::Map& entries, const std::string& key, std::string_view text) {
  entries.push_back({key, Value::string(text)});
}

Value::Map basic_entries(std::string_view name, std::string_view server, std::string_view project) {
  Value::Map entries;
  add(entries, "name", name);
  add(entries, "nameNormalized", normalized_name(name));
  add(entries, "server", server);
  add(entries, "project", project);
  return entries;
}

Value::Map entries_of(const Cell& cell) {
  Value::Map entries = basic_entries(cell.name, cell.server, cell.project);
  for (const auto& [key, text] : cell.annotations) {
    if (std::ranges::find(hidden_annotations, key) == hidden_annotations.end()) {
      add(entries, "metadata.annotations." + key, text);
    }
  }
  for (const auto& [key, text] : labels_of(cell)) {
    add(entries, "metadata.labels." + key, text);
  }
  return entries;
}

Params finished(Value::Map entries, const Value& spec, const GeneratorContext& context) {
  Params params;
  params.values = Value::map(entries);
  add_values(spec.find("values"), params, context, entries);
  for (const Value::Entry& entry : entries) {
    params.identity.insert(entry.key.str());
  }
  params.values = Value::map(std::move(entries));
  params.mark = spec.mark();
  return params;
}

// Argo CD's implicit entry, which has no Secret and so no labels. It exists unless some selected
// Secret has its server already; where cells are not read from Secrets, only if one of them is
// marked as the hub.
bool has_implicit_cluster(const Fleet& fleet, const std::vector<const Cell*>& selected) {
  const bool listed = std::ranges::any_of(
      selected, [](const Cell* cell) { return cell->server == in_cluster_server; });
  return !listed && std::ranges::any_of(fleet.cells(), [](const Cell& cell) {
    return cell.synthetic || cell.is_hub;
  });
}

std::vector<const Cell*> select(const Fleet& fleet, const Selector& selector) {
  std::vector<const Cell*> selected;
  for (const Cell& cell : fleet.cells()) {
    if (!cell.synthetic && selector.matches(labels_of(cell))) {
      selected.push_back(&cell);
    }
  }
  return selected;
}

// flatList: one set of parameters, whose only key holds them all. Of no use in a fasttemplate text,
// but Argo CD makes it, and one Application of it.
std::vector<Params> as_flat_list(const std::vector<Params>& all, const Value& spec) {
  Value::List items;
  for (const Params& params : all) {
    items.push_back(params.values);
  }
  Params one;
  one.values = Value::map({{"clusters", Value::list(std::move(items))}});
  one.leaves = {"clusters"};
  one.mark = spec.mark();
  return {one};
}

// Any requirement at all, even one that every Secret meets, leaves the implicit entry out.
bool is_unrestricted(const Value& selector) {
  const Value* labels = selector.find("matchLabels");
  const Value* expressions = selector.find("matchExpressions");
  return (labels == nullptr || labels->size() == 0) &&
         (expressions == nullptr || expressions->size() == 0);
}

// The generator forces the type label; a value that the user gave for it is overwritten.
Value with_type_label(const Value& selector) {
  const Value* labels = selector.find("matchLabels");
  return selector.with(
      "matchLabels",
      (labels != nullptr ? *labels : Value::map({})).with(secret_type, Value::string("cluster")));
}

}  // namespace

const Shape clusters_shape{Shape::Kind::structure, fields};

std::vector<Params> generate_clusters(const Value& spec, const GeneratorContext& context) {
  const Value* stated = spec.find("selector");
  const Value stated_selector = stated != nullptr ? *stated : Value::map({});
  const Selector selector(with_type_label(stated_selector), ValueRule::label, "clusters.selector");
  const std::vector<const Cell*> selected = select(context.fleet, selector);

  std::vector<Params> all;
  for (const Cell* cell : selected) {
    all.push_back(finished(entries_of(*cell), spec, context));
  }
  if (is_unrestricted(stated_selector) && has_implicit_cluster(context.fleet, selected)) {
    all.push_back(finished(basic_entries("in-cluster", in_cluster_server, ""), spec, context));
  }
  const Value* flat = spec.find("flatList");
  return flat != nullptr && flat->as_bool() ? as_flat_list(all, spec) : all;
}

}  // namespace celldrift::fleet
