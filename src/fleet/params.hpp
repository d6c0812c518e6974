// Parameters: what a generator gives for one Application.
//
// Templates see them as Go's values, which share maps by reference: what a template changes (`set`,
// `unset`, `merge`) is seen by all that hold the same map. People see them as trees whose marks say
// where each came from. Generators make the tree; made() turns it into the values.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/any.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// Keys of parameters, dotted.
using ParamKeys = std::set<std::string, std::less<>>;

// One set of parameters. With fasttemplate the map is flat ("metadata.labels.team": "core") and
// whatever is not a string can be selected by, but not written into a template.
struct Params {
  // A map[string]any of the set's Heap; a nil map has no node.
  gotemplate::Any values = gotemplate::Any::map(gotemplate::map_type, nullptr);
  Value origin = Value::map({});  // the same as it was made, with marks
  // The keys that tell cells apart because the clusters generator made them: an Application's
  // component is its name without them. Null for none; shared by all that are made of one cluster.
  std::shared_ptr<const ParamKeys> identity;
  Mark mark;  // of the list element or the generator

  // Argo CD then uses the template as it stands, tags and all.
  bool empty() const;
  // The string under a top-level key; nothing when there is none or it is something else.
  std::optional<std::string_view> text(std::string_view key) const;
  bool tells_cells_apart(std::string_view key) const {
    return identity != nullptr && identity->contains(key);
  }
};

// A place in a tree that Go holds as a type of its own, not as map[string]any, []any or float64.
struct TypedPlace {
  std::vector<std::string_view> path;
  const gotemplate::Type* type;
};

// The parameters of a tree. Its numbers are float64, as encoding/json reads them, but for typed
// places.
Params made(Value origin,
            const Mark& mark,
            gotemplate::Heap& heap,
            std::span<const TypedPlace> places = {});

// Sets or replaces one top-level parameter.
void set_param(Params& params,
               std::string_view key,
               const Value& value,
               const gotemplate::Type& type,
               gotemplate::Heap& heap);

// The value of a tree as a Go type: string, int64, []string, map[string]string, … and the types of
// plugin parameters.
gotemplate::Any typed(const Value& value, const gotemplate::Type& type, gotemplate::Heap& heap);

// map[string]v1alpha1.PluginParameters, whose members are map[string]v1.JSON.
extern const gotemplate::Type plugin_input_type;

using FlatParams = std::map<std::string, std::string, std::less<>>;

// Nested map[string]any, map[string]string and []any as "a.b.0", each leaf as Go's %v prints it;
// empty ones vanish, slices of other types are leaves. What selectors look at. (flatten 07e4a09f
// and normalizeMapForFlatten, as Argo CD 3.5 uses them)
FlatParams flattened(const gotemplate::Any& values);

// What flattened() has under one key; nothing when it has no such key.
std::optional<std::string> flattened_at(const gotemplate::Any& values, std::string_view key);

// The same of a tree that was read from JSON or YAML, with its marks: a git file's content.
Value::Map flattened_entries(const Value& tree);

}  // namespace celldrift::fleet
