// Objects of substrate kinds without what tells two of equal effect apart.
#include "audit/substrate/content.hpp"

#include "celldrift/audit/substrate.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace celldrift::audit {
namespace {

// Annotations that change what an object does; all others are somebody's marks.
constexpr std::string_view default_class_annotations[] = {
    "storageclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
    "ingressclass.kubernetes.io/is-default-class"};
constexpr std::string_view other_annotations[] = {
    "snapshot.storage.kubernetes.io/is-default-class",
    "pod-policies.kyverno.io/autogen-controllers",
};

// Lists of which the items have names, in kinds whose types say nothing of that.
struct NamedItems {
  std::string_view group;
  std::string_view kind;
  std::string_view list;   // in spec
  std::string_view field;  // of content that has them
};
constexpr NamedItems named_items[] = {
    {"apiextensions.k8s.io", "CustomResourceDefinition", "versions", ""},
    {"kyverno.io", "ClusterPolicy", "rules", "spec"},
    {"kyverno.io", "Policy", "rules", "spec"},
};

const NamedItems* items_of(const GroupKind& kind) {
  const auto found = std::ranges::find_if(named_items, [&](const NamedItems& each) {
    return each.group == kind.group && each.kind == kind.kind;
  });
  return found == std::end(named_items) ? nullptr : &*found;
}

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

Value effective_annotations(const Value& live) {
  Value::Map kept;
  const Value* annotations = live.find({"metadata", "annotations"});
  for (const Value::Entry& entry :
       annotations == nullptr ? std::span<const Value::Entry>{} : annotations->entries()) {
    if (is_one_of(default_class_annotations, entry.key.view()) ||
        is_one_of(other_annotations, entry.key.view())) {
      kept.push_back(entry);
    }
  }
  return Value::map(std::move(kept));
}

// Each cell has a certificate authority of its own.
Value without_authority(const Value& webhook) {
  const Value* config = webhook.find("clientConfig");
  return config == nullptr ? webhook : webhook.with("clientConfig", config->without("caBundle"));
}

Value webhooks_content(const Value& webhooks) {
  Value::List items;
  for (const Value& webhook : webhooks.items()) {
    items.push_back(webhook.is_map() ? without_authority(webhook) : webhook);
  }
  return Value::list(std::move(items));
}

// Items by name; the list as it is where two have the same one, or one has none.
Value by_name(const Value& list) {
  Value::Map named;
  std::set<std::string_view> names;
  for (const Value& item : list.items()) {
    const std::string_view name = item.string_at({"name"});
    if (name.empty() || !names.insert(name).second) {
      return list;
    }
    named.push_back({name, item.without("name")});
  }
  return Value::map(std::move(named));
}

std::optional<std::size_t> position(const Value* named, std::string_view name) {
  const auto entries = named == nullptr ? std::span<const Value::Entry>{} : named->entries();
  const auto found = std::ranges::find_if(
      entries, [&](const Value::Entry& entry) { return entry.key.view() == name; });
  return found == entries.end() ? std::nullopt
                                : std::optional(std::size_t(found - entries.begin()));
}

// As of no kind: its types are not those of the kind any more.
Value spec_with_named_items(const Value& live, const NamedItems& items) {
  const Value* spec = live.find("spec");
  const Value* list = spec == nullptr ? nullptr : spec->find(items.list);
  const Value content = spec == nullptr ? Value::map({}) : *spec;
  return Value::map(
      {{"metadata", Value::map({{"annotations", effective_annotations(live)}})},
       {"spec", list == nullptr ? content : content.with(items.list, by_name(*list))}});
}

Value plain_content(const Value& live) {
  Value::Map entries;
  for (const Value::Entry& entry : live.entries()) {
    const std::string_view field = entry.key.view();
    if (field == "metadata") {
      entries.push_back({"metadata", Value::map({{"annotations", effective_annotations(live)}})});
    } else if (field == "webhooks") {
      entries.push_back({entry.key, webhooks_content(entry.value)});
    } else if (field != "status" && field != "description") {
      entries.push_back(entry);
    }
  }
  return Value::map(std::move(entries));
}

}  // namespace

Value substrate_content(const Value& live) {
  const GroupKind kind = key_of(live).group_kind();
  if (kind.kind == "CustomResourceDefinition") {
    return definition_content(live);
  }
  const NamedItems* items = items_of(kind);
  return items == nullptr ? plain_content(live) : spec_with_named_items(live, *items);
}

Path object_path(const GroupKind& kind, const Path& path, const Value& content) {
  const NamedItems* items = items_of(kind);
  if (items == nullptr) {
    return path;
  }
  const bool is_below = !items->field.empty();
  const Value* list =
      is_below ? content.find({items->field, items->list}) : content.find(items->list);
  const std::size_t at = is_below ? 1 : 0;  // where the list's name stands
  const auto& steps = path.steps();
  const auto* before = at + 1 < steps.size() ? std::get_if<Path::Field>(&steps[at]) : nullptr;
  Path result = is_below ? Path() : Path() / "spec";
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto* name = std::get_if<Path::Field>(&steps[i]);
    const bool is_item = i == at + 1 && before != nullptr && before->name == items->list;
    if (is_item && name != nullptr) {
      result.push(Path::Item{{{"name", Value::string(name->name)}}, position(list, name->name)});
    } else {
      result.push(steps[i]);
    }
  }
  return result;
}

bool is_default_class(const GroupKind& kind, const Value& content) {
  if (kind.kind == "PriorityClass") {
    const Value* is_default = content.find("globalDefault");
    return is_default != nullptr && is_default->is_bool() && is_default->as_bool();
  }
  return std::ranges::any_of(default_class_annotations, [&](std::string_view name) {
    return content.string_at({"metadata", "annotations", name}) == "true";
  });
}

bool says_default_class(const Path& path) {
  const auto* last = path.empty() ? nullptr : std::get_if<Path::Field>(&path.steps().back());
  return last != nullptr &&
         (last->name == "globalDefault" || is_one_of(default_class_annotations, last->name));
}

}  // namespace celldrift::audit
