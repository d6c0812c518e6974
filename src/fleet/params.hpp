// Parameters: what a generator gives for one Application.
#pragma once

#include "celldrift/core/value.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace celldrift::fleet {

// One set of parameters. With fasttemplate the map is flat ("metadata.labels.team": "core") and
// whatever is not a string can be selected by, but not written into a template.
struct Params {
  Value values = Value::map({});
  // The keys that tell cells apart because the clusters generator made them: an Application's
  // component is its name without them.
  std::set<std::string, std::less<>> identity;
  // Keys (dotted) of lists that Go holds as slices of one type: selectors see each as one text, "[a
  // b]".
  std::set<std::string, std::less<>> leaves;
  Mark mark;  // of the list element or the generator

  // Argo CD then uses the template as it stands, tags and all.
  bool empty() const { return values.size() == 0; }
  // The string under a key; nullptr when there is none or it is something else.
  const Value* text(std::string_view key) const;
};

using FlatParams = std::map<std::string, std::string, std::less<>>;

// Nested maps and lists as "a.b.0", each value as Go's %v prints it; empty ones vanish. What
// selectors look at. (flatten 07e4a09f, as Argo CD 3.5 uses it)
FlatParams flattened(const Params& params);

// A value read from JSON as Go's fmt prints it with %v: 1e+06, <nil>, [a b], map[k:v].
std::string format_go(const Value& value);

}  // namespace celldrift::fleet
