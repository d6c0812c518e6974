#include "celldrift/observe/scrubber.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/hiding/active_rules.hpp"
#include "observe/hiding/changed.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::observe {
namespace {

constexpr std::string_view last_applied = "kubectl.kubernetes.io/last-applied-configuration";
constexpr std::uint64_t hash_kind = 0x5C8B;
constexpr int deepest_copy = 3;  // a last-applied in a last-applied in …

// What objects, items of lists and versions are known by.
constexpr std::string_view identity[] = {"apiVersion",
                                         "kind",
                                         "name",
                                         "namespace",
                                         "generateName",
                                         "uid",
                                         "resourceVersion",
                                         "image",
                                         "imageID",
                                         "managedFields",
                                         "ownerReferences"};

constexpr std::string_view label_maps[] = {"labels", "matchLabels", "selector", "nodeSelector"};

// Tracking and versions are read from these.
constexpr std::string_view own_marks[] = {
    "app.kubernetes.io/", "helm.sh/", "argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// Whether the way through an object comes to all that the rule is about.
bool is_met_on_the_way(const Sensitive::Rule& rule) {
  return rule.labels.empty() && rule.path.size() == 2 && rule.path[0] == "**" &&
         literal_of(rule.path[1]) == rule.path[1] && !is_one_of(rule.path[1], identity) &&
         rule.path[1] != "metadata";
}

bool is_own_mark(std::string_view name) {
  return std::ranges::any_of(own_marks, [&](auto lead) { return name.starts_with(lead); });
}

}  // namespace

Scrubber::Scrubber(const KnownSecrets& known,
                   const Sensitive& sensitive,
                   const SecretKey& key,
                   Show show,
                   std::shared_ptr<CleanParts> clean)
    : known_(known),
      sensitive_(sensitive),
      key_(key),
      show_(show),
      clean_(clean ? std::move(clean) : std::make_shared<CleanParts>()) {}

Scrubber::~Scrubber() = default;

Scrubber::Active& Scrubber::active_for(const Value& object) {
  const GroupKind kind{std::string(group_of(object.string_at({"apiVersion"}))),
                       std::string(object.string_at({"kind"}))};
  std::unique_ptr<Active>& active = active_[kind];
  if (active == nullptr) {
    active = std::make_unique<Active>();
    active->kind = hash_bytes(kind.group + "/" + kind.kind, hash_kind);
    active->is_application = kind.group == "argoproj.io" &&
                             (kind.kind == "Application" || kind.kind == "ApplicationSet");
    for (const Sensitive::Rule& rule : sensitive_.rules()) {
      if (rule.is_about(kind)) {
        active->add(rule, !active->is_application && is_met_on_the_way(rule));
      }
    }
  }
  return *active;
}

Value Scrubber::scrub(const Value& object) {
  return scrub_tree(object, 0);
}

Value Scrubber::scrub_tree(const Value& object, int depth) {
  // A schema says what fields are called; it has no values.
  if (!object.is_map() || object.string_at({"kind"}) == "CustomResourceDefinition") {
    return object;
  }
  const int outer = std::exchange(depth_, depth);
  Active& active = active_for(object);
  const Hash place = place_of(object, Where::object, active);
  Value result = object;
  if (!clean_->has(place)) {
    result = root(by_paths(object, active), active);
    if (result.same_node(object)) {
      clean_->add(place);
    }
  }
  depth_ = outer;
  return result;
}

Value Scrubber::by_paths(const Value& object, const Active& active) {
  Value result = object;
  for (const Sensitive::Rule* rule : active.paths) {
    const bool is_about = std::ranges::all_of(rule->labels, [&](const auto& label) {
      return object.string_at({"metadata", "labels", label.first}) == label.second;
    });
    if (is_about) {
      result = hidden_at(result, rule->path);
    }
  }
  return result;
}

// What decides how a value is scrubbed, but for what all of this Scrubber's have in common.
Hash Scrubber::place_of(const Value& value, Where where, const Active& active) const {
  Hash place = value.hash();
  place.low ^= active.kind.low;
  place.high ^= active.kind.high + std::uint64_t(where) + (std::uint64_t(depth_) << 8);
  return place;
}

Value Scrubber::root(const Value& object, Active& active) {
  const bool only_metadata = is_secret(object);
  return with_changed(object, [&](const Value::Entry& each) {
    if (each.key.view() == "metadata" && each.value.is_map()) {
      return metadata(each.value, active);
    }
    return only_metadata ? each.value : entry(each, Where::fields, active);
  });
}

Value Scrubber::metadata(const Value& metadata, Active& active) {
  return with_changed(metadata, [&](const Value::Entry& each) {
    if (each.key.view() == "annotations") {
      return each.value.is_map() ? annotations(each.value, active)
                                 : walk(each.value, Where::fields, active);
    }
    return each.key.view() == "labels" ? walk(each.value, Where::labels, active)
                                       : other_metadata(each, active);
  });
}

// Texts that objects are known by; in embedded objects there may be anything.
Value Scrubber::other_metadata(const Value::Entry& entry, const Active& active) {
  if (entry.value.is_scalar() && !active.anywhere.contains(entry.key.view())) {
    return entry.value;
  }
  Value all = Value::map({entry});
  for (const auto& [name, rule] : active.anywhere) {
    all = hidden_at(all, rule->path);
  }
  return all.entries()[0].value;
}

Value Scrubber::annotations(const Value& annotations, Active& active) {
  return with_changed(annotations, [&](const Value::Entry& each) {
    if (is_own_mark(each.key)) {
      return each.value;
    }
    return each.key.view() == last_applied && each.value.is_string()
               ? copy_of_object(each.value, active)
               : entry(each, Where::fields, active);
  });
}

// kubectl's copy of what was applied: the same object again, as JSON text. It stays JSON, since it
// tells what was once stated.
Value Scrubber::copy_of_object(const Value& copy, Active& active) {
  const std::string_view json = copy.as_string();
  const Value found = text(copy, Where::fields);
  if (found.same_node(copy) && !active.may_concern(json)) {
    return copy;
  }
  if (depth_ < deepest_copy) {
    try {
      const Value object = yaml::parse_json(json).value;
      const Value safe = scrub_tree(object, depth_ + 1);
      // The names of its fields are looked through as well, as they are where nothing is hidden.
      return safe.same_node(object)
                 ? found
                 : text(Value::string(yaml::emit_json(safe)).with_mark(copy.mark()), Where::fields);
    } catch (const Error&) {
      // No JSON: a text like any other.
    }
  }
  return found;
}

Value Scrubber::walk(const Value& value, Where where, Active& active) {
  if (value.is_string()) {
    return text(value, where);
  }
  if (value.is_scalar() || value.size() == 0) {
    return value;
  }
  const Hash place = place_of(value, where, active);
  if (clean_->has(place)) {
    return value;
  }
  Value changed = value.is_map() ? walk_map(value, where, active) : walk_list(value, where, active);
  if (changed.same_node(value)) {
    clean_->add(place);
  }
  return changed;
}

Value Scrubber::walk_map(const Value& map, Where where, Active& active) {
  return with_changed(map, [&](const Value::Entry& each) { return entry(each, where, active); });
}

Value Scrubber::walk_list(const Value& list, Where where, Active& active) {
  return with_changed_items(list, [&](const Value& item) {
    if (where == Where::environment) {
      return item.is_map() ? variable(item, active) : walk(item, Where::fields, active);
    }
    return walk(item, where, active);
  });
}

Value Scrubber::entry(const Value::Entry& entry, Where where, Active& active) {
  const std::string_view name = entry.key;
  const Value& value = entry.value;
  if (active.anywhere.contains(name)) {
    return all_below(value);
  }
  if (is_record(name) && !value.is_scalar()) {
    return value;
  }
  if (where == Where::labels) {
    return is_own_mark(name) ? value : walk(value, where, active);
  }
  if (is_one_of(name, identity)) {
    return value.is_string() ? value : walk(value, Where::fields, active);
  }
  if (value.is_string() && active.fields.contains(name)) {
    return hidden(value);
  }
  if (active.is_application && is_of_source(entry)) {
    return source_setting(entry, active);
  }
  if (name == "metadata" && value.is_map()) {
    return metadata(value, active);
  }
  if (is_one_of(name, label_maps)) {
    return walk(value, Where::labels, active);
  }
  return walk(value, name == "env" && value.is_list() ? Where::environment : Where::fields, active);
}

Value Scrubber::variable(const Value& variable, Active& active) {
  const std::string_view name = variable.string_at({"name"});
  const bool by_name = active.is_sensitive_variable(name) ||
                       (active.is_application && active.is_sensitive_parameter(name));
  return with_changed(variable, [&](const Value::Entry& each) {
    const bool is_value =
        each.key.view() == "value" || (active.is_application && each.key.view() == "string");
    return by_name && is_value ? hidden(each.value) : entry(each, Where::fields, active);
  });
}

}  // namespace celldrift::observe
