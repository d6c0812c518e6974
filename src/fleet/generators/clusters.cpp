#include "celldrift/core/error.hpp"
#include "fleet/generators/generator.hpp"
#include "fleet/generators/selector.hpp"
#include "fleet/names.hpp"

#include <algorithm>
#include <array>

namespace celldrift::fleet {
namespace {

constexpr std::string_view secret_type = "argocd.argoproj.io/secret-type";

// Argo CD 3.5 keeps these to itself: copied into an Application they would loop or leak.
constexpr std::array<std::string_view, 5> hidden_annotations = {
    "argocd.argoproj.io/refresh",
    "argocd.argoproj.io/hydrate",
    "argocd.argoproj.io/tracking-id",
    "argocd.argoproj.io/installation-id",
    "kubectl.kubernetes.io/last-applied-configuration",
};

const TypedPlace typed_places[] = {{{"metadata", "annotations"}, &gotemplate::string_map_type},
                                   {{"metadata", "labels"}, &gotemplate::string_map_type}};

// A cell's labels as its Secret has them: one without the type label is no cluster Secret at all.
FlatParams labels_of(const Cell& cell) {
  FlatParams labels(cell.labels.begin(), cell.labels.end());
  labels[std::string(secret_type)] = "cluster";
  return labels;
}

// "clusters/a.yaml:3" or "context prod-a": where the cell comes from, as the place of its
// parameters.
Mark mark_of(const Cell& cell, const Value& spec) {
  return cell.origin.empty() ? spec.mark() : Mark{intern_source({cell.origin, "", ""}), 0, 0};
}

class ParameterTree {
 public:
  explicit ParameterTree(const Mark& mark) : mark_(mark) {}

  void add(std::string_view key, std::string_view text) { entries_.push_back({key, value(text)}); }
  void add_map(std::string_view key, Value::Map entries) {
    entries_.push_back({key, Value::map(std::move(entries)).with_mark(mark_)});
  }
  Value value(std::string_view text) const { return Value::string(text).with_mark(mark_); }
  Value take() { return Value::map(std::move(entries_)).with_mark(mark_); }

 private:
  Mark mark_;
  Value::Map entries_;
};

void add_names(ParameterTree& tree,
               std::string_view name,
               std::string_view server,
               std::string_view project) {
  tree.add("name", name);
  tree.add("nameNormalized", normalized_name(name));
  tree.add("server", server);
  tree.add("project", project);
}

FlatParams shown_annotations(const Cell& cell) {
  FlatParams shown;
  for (const auto& [key, text] : cell.annotations) {
    if (std::ranges::find(hidden_annotations, key) == hidden_annotations.end()) {
      shown.emplace(key, text);
    }
  }
  return shown;
}

Value::Map text_entries(const FlatParams& texts, const ParameterTree& tree) {
  Value::Map entries;
  for (const auto& [key, text] : texts) {
    entries.push_back({key, tree.value(text)});
  }
  return entries;
}

void add_flat_metadata(ParameterTree& tree, const Cell& cell) {
  for (const auto& [key, text] : shown_annotations(cell)) {
    tree.add("metadata.annotations." + key, text);
  }
  for (const auto& [key, text] : labels_of(cell)) {
    tree.add("metadata.labels." + key, text);
  }
}

// Hidden annotations count: a cluster that has no others still has an empty map of them.
void add_nested_metadata(ParameterTree& tree, const Cell& cell) {
  ParameterTree metadata = tree;
  metadata.take();
  if (!cell.annotations.empty()) {
    metadata.add_map("annotations", text_entries(shown_annotations(cell), tree));
  }
  metadata.add_map("labels", text_entries(labels_of(cell), tree));
  const Value whole = metadata.take();
  tree.add_map("metadata", {whole.entries().begin(), whole.entries().end()});
}

Params finished(ParameterTree tree, const Value& spec, const GeneratorContext& context) {
  const Value origin = tree.take();
  Params params = made(origin, origin.mark(), context.heap, typed_places);
  add_values(spec, context, params);
  ParamKeys keys;
  for (const auto& [key, text] : flattened(params.values)) {
    keys.insert(key);
  }
  params.identity = std::make_shared<const ParamKeys>(std::move(keys));
  return params;
}

Params params_of(const Cell& cell, const Value& spec, const GeneratorContext& context) {
  ParameterTree tree(mark_of(cell, spec));
  add_names(tree, cell.name, cell.server, cell.project);
  if (context.is_go()) {
    add_nested_metadata(tree, cell);
  } else {
    add_flat_metadata(tree, cell);
  }
  return finished(std::move(tree), spec, context);
}

Params params_of_implicit_cluster(const Value& spec, const GeneratorContext& context) {
  ParameterTree tree(spec.mark());
  add_names(tree, "in-cluster", in_cluster_server, "");
  return finished(std::move(tree), spec, context);
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
std::vector<Params> as_flat_list(const std::vector<Params>& all,
                                 const Value& spec,
                                 const GeneratorContext& context) {
  Value::List origins;
  std::vector<gotemplate::Any> items;
  for (const Params& params : all) {
    origins.push_back(params.origin);
    items.push_back(params.values);
  }
  Params one;
  one.origin = Value::map({{"clusters", Value::list(std::move(origins)).with_mark(spec.mark())}});
  one.values = context.heap.make_map();
  // Without clusters Argo CD's list is a nil slice: null as JSON.
  one.values.map_node()->set(
      "clusters",
      items.empty() ? gotemplate::Any::slice(gotemplate::list_of_maps_type, nullptr)
                    : context.heap.make_list(std::move(items), gotemplate::list_of_maps_type));
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

std::vector<Params> generate_clusters(const Value& spec, const GeneratorContext& context) {
  const Value* stated = spec.find("selector");
  const Value stated_selector = stated != nullptr ? *stated : Value::map({});
  const Selector selector(with_type_label(stated_selector), ValueRule::label, "clusters.selector");
  const std::vector<const Cell*> selected = select(context.fleet, selector);

  std::vector<Params> all;
  for (const Cell* cell : selected) {
    all.push_back(params_of(*cell, spec, context));
  }
  if (is_unrestricted(stated_selector) && has_implicit_cluster(context.fleet, selected)) {
    all.push_back(params_of_implicit_cluster(spec, context));
  }
  const Value* flat = spec.find("flatList");
  return flat != nullptr && flat->as_bool() ? as_flat_list(all, spec, context) : all;
}

}  // namespace celldrift::fleet
