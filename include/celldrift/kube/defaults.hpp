// Defaults: what the API server puts into an object where nobody states anything. The table is
// rules/defaults.yaml, built in and checked against a real kube-apiserver
// (tools/schema/check-defaults).
//
// Ask it about a live field that Git does not state: `none` means that somebody put it there.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/schema.hpp"

#include <string_view>
#include <vector>

namespace celldrift::kube {

// A live node with the way to it from its object's root. A walk keeps these on its stack: each must
// outlive the ones below it.
struct Place {
  const Value& live;
  const Type& type;
  std::string_view field = {};     // its name in the parent; "" for the root and for list items
  const Place* parent = nullptr;   // nullptr for the root
  const Value* desired = nullptr;  // what Git states there; nullptr when nothing
};

struct Default {
  enum class Kind {
    none,   // the server leaves it out
    value,  // the server puts `value`
    any,    // the server, or a controller of Kubernetes' own, puts what cannot be foretold
  } kind = Kind::none;

  // Whole: a structure has the defaults of its own fields, as far as they can be foretold.
  Value value = {};
  // What it would have put had siblings been different, and keeps since: an imagePullPolicy stays
  // when the tag changes.
  std::vector<Value> earlier = {};

  // True when `live` is what the server puts there by itself, now or (see `earlier`) before.
  bool explains(const Value& live) const;
};

// What the server puts into `parent` (a structure or open map) as `field` when nobody states it.
// Computed from live siblings: they are what others default to, and a drifted sibling is then
// reported once, not again with what follows from it. Where it gives a structure and live has more
// or others than that, look at the fields one by one.
Default default_of(const Place& parent, std::string_view field);

// The same, but without the defaults of a structure's own fields: for who asks about those as well.
Default outer_default_of(const Place& parent, std::string_view field);
// For who has looked the field up: nullptr when the structure does not have it.
Default outer_default_of(const Place& parent, std::string_view field, const Field* known);

// True when the server, or a controller of Kubernetes' own, adds such an item to `list` by itself
// (a Pod's tolerations, finalizers).
bool default_item(const Place& list, const Value& item);

// True for what only the server writes and what is never compared, even where Git states it (an
// exported manifest): status, metadata.uid, resourceVersion, managedFields, …
bool server_field(const Place& parent, std::string_view field);

}  // namespace celldrift::kube
