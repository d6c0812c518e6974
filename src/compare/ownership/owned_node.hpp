// What managedFields says of one node of a live object.
#pragma once

#include "celldrift/kube/schema.hpp"
#include "compare/ownership/ownership.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// Whether what is inside a node has owners of its own. In fieldsV1 `{}` is the node itself: of an
// atomic list or map that is all of it; of a granular one it is only that it is there, and what is
// inside may be another's.
enum class Inside { granular, atomic, unknown };
Inside inside_of(const kube::Type& type);

// How the items of a list are told apart.
struct ItemIdentity {
  kube::ListKind kind = kube::ListKind::atomic;
  std::vector<std::string> keys;
};

// A node, and what is below it.
class OwnedNode {
 public:
  // The object's root.
  explicit OwnedNode(const Ownership& ownership);

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

  // How the claims tell the items of this list apart. For custom resources without a schema this is
  // all that tells.
  ItemIdentity identity() const;

  bool recorded() const { return recorded_; }

 private:
  OwnedNode() = default;
  OwnedNode step(const std::string& key, Inside inside) const;
  void add(const Held& held, const Value* node);

  std::vector<Held> held_;
  // Beside held_: the claim's own tree here; null at and below its leaves.
  std::vector<const Value*> nodes_;
  bool recorded_ = false;
  bool is_item_ = false;  // of a keyed list
};

// Who changed a node to what it is: of those that hold it. An Update owns a leaf only by having
// changed it, while an Apply owns what it states, also when it was so before: so of an Update and
// an Apply it was the Update, and of several Applies the first. nullptr when nobody holds it.
const Claim* changer_of(const std::vector<OwnedNode::Held>& held);

}  // namespace celldrift::compare
