// Who owns which field of a live object: metadata.managedFields, read node by node.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/kube/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A claim is evidence of drift in a field that Git does not state when the field was put there on
// purpose:
//   a hand wrote it; or who applies Git stated it once, and Git no longer does. Of a client-side
//   apply that is known by last-applied alone: it owns every default too (spec: ownership 1 and 2).

namespace celldrift::compare {

// One entry of managedFields.
struct Claim {
  Owner owner;  // `kind` says what kind of writer
  // It made the object by an ordinary write, and so owns every default as well. Told by the time of
  // creation, in whole seconds: where who applies Git has a claim of that second, it was that one.
  bool is_maker = false;
  const Value* fields = nullptr;  // its fieldsV1
};

// All claims on an object. Points into the live Value, which must outlive it.
class Ownership {
 public:
  Ownership(const Value& live, const Managers& managers);

  const std::vector<Claim>& claims() const { return claims_; }
  // False where managedFields is missing or was emptied: then nothing can be learnt from who owns
  // what.
  bool recorded() const { return !claims_.empty(); }

 private:
  void mark_maker(std::optional<Time> created);

  std::vector<Claim> claims_;
};

// Whether what is inside a node has owners of its own. In fieldsV1 `{}` is the node itself: of an
// atomic list or map that is all of it; of a granular one it is only that it is there, and what is
// inside may be another's.
enum class Inside { granular, atomic, unknown };
Inside inside_of(const kube::Type& type);

// What the claims, and kubectl's last-applied annotation, say of one node and what is below it.
class OwnedNode {
 public:
  // The object's root. `last_applied` may be null.
  OwnedNode(const Ownership& ownership, const Value* last_applied);

  // A field of this node, a map or structure of such a type.
  OwnedNode field(std::string_view name, const kube::Type& type) const;
  // An item of a keyed list; `keys` is a map of its keys.
  OwnedNode item(const Value& keys) const;
  OwnedNode member(const Value& value) const;
  // An item of an atomic list.
  OwnedNode index(std::size_t index) const;

  // How one claim stands to this node: it owns exactly this one with all below it; or only
  // something below it; or something above it that is one leaf to the API server (an atomic list or
  // map).
  enum class Hold { whole, part, within };
  struct Held {
    const Claim* claim;
    Hold hold;
  };
  const std::vector<Held>& held() const { return held_; }

  // Of a list that some claim tells the items of apart: an item's keys, as a map; null when none
  // does. For custom resources this is what their schema has as list-map keys.
  Value item_keys() const;

  // What kubectl apply (or Argo CD) last stated here; nullptr when it stated nothing.
  const Value* last_applied() const { return last_applied_; }
  bool recorded() const { return recorded_; }

  // True when the claim shows that somebody put this node, or something below it, there on purpose.
  bool on_purpose(const Held& held) const;

  // The last of those that own this node as a whole (or, when none does, something below it).
  std::optional<Owner> last_writer() const;

 private:
  OwnedNode() = default;
  OwnedNode step(const std::string& key, Inside inside) const;
  void add(const Held& held, const Value* node);

  std::vector<Held> held_;
  std::vector<const Value*>
      nodes_;  // beside held_: the claim's own tree here; null at and below its leaves
  const Value* last_applied_ = nullptr;
  bool recorded_ = false;
};

}  // namespace celldrift::compare
