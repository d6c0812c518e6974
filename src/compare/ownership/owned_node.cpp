#include "compare/ownership/owned_node.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <tuple>

namespace celldrift::compare {
namespace {

// The keys in "k:{…}"; none when it is malformed.
std::vector<std::string> key_names(std::string_view text) {
  std::vector<std::string> names;
  try {
    const Value keys = yaml::parse_json(text).value;
    for (const Value::Entry& key : keys.entries()) {
      names.push_back(key.key.str());
    }
  } catch (const Error&) {
    return {};
  }
  return names;
}

}  // namespace

Inside inside_of(const kube::Type& type) {
  switch (type.kind) {
    case kube::Type::Kind::structure:
    case kube::Type::Kind::map:
      return type.map_kind == kube::MapKind::atomic ? Inside::atomic : Inside::granular;
    case kube::Type::Kind::list:
      return type.list_kind == kube::ListKind::atomic ? Inside::atomic : Inside::granular;
    case kube::Type::Kind::scalar:
    case kube::Type::Kind::unknown:
      break;
  }
  return Inside::unknown;
}

OwnedNode::OwnedNode(const Ownership& ownership) : recorded_(ownership.recorded()) {
  for (const Claim& claim : ownership.claims()) {
    add({&claim, Hold::part}, claim.fields);
  }
}

void OwnedNode::add(const Held& held, const Value* node) {
  held_.push_back(held);
  nodes_.push_back(node);
}

OwnedNode OwnedNode::step(const std::string& key, Inside inside) const {
  OwnedNode next;
  next.recorded_ = recorded_;
  for (std::size_t i = 0; i < held_.size(); ++i) {
    const Value* child = nodes_[i] == nullptr ? nullptr : nodes_[i]->find(key);
    if (child != nullptr) {
      const bool leaf = child->size() == 0;
      next.add({held_[i].claim, leaf ? Hold::whole : Hold::part}, leaf ? nullptr : child);
    }
  }
  // Whoever owns the node around it owns this too, unless somebody owns this in particular.
  const bool is_owned = !next.held_.empty();
  for (const Held& held : held_) {
    const bool spreads = held.hold == Hold::within ||
                         (held.hold == Hold::whole &&
                          (inside == Inside::atomic || (inside == Inside::unknown && !is_owned)));
    if (spreads) {
      next.add({held.claim, Hold::within}, nullptr);
    }
  }
  return next;
}

OwnedNode OwnedNode::field(std::string_view name, const kube::Type& type) const {
  // An item is one leaf where several have its keys (a variable that is set twice): else its keys
  // are owned, too.
  const Inside inside = is_item_ ? Inside::unknown : inside_of(type);
  return step("f:" + std::string(name), inside);
}

OwnedNode OwnedNode::item(const Value& keys) const {
  OwnedNode next = step("k:" + yaml::canonical_json(keys), Inside::granular);
  next.is_item_ = true;
  return next;
}

OwnedNode OwnedNode::member(const Value& value) const {
  return step("v:" + yaml::canonical_json(value), Inside::granular);
}

OwnedNode OwnedNode::index(std::size_t index) const {
  return step("i:" + std::to_string(index), Inside::atomic);
}

ItemIdentity OwnedNode::identity() const {
  for (const Value* node : nodes_) {
    const auto children = node == nullptr ? std::span<const Value::Entry>{} : node->entries();
    for (const Value::Entry& child : children) {
      const std::string_view key = child.key.view();
      if (key.starts_with("v:")) {
        return {.kind = kube::ListKind::set};
      }
      auto names = key.starts_with("k:") ? key_names(key.substr(2)) : std::vector<std::string>{};
      if (!names.empty()) {
        return {.kind = kube::ListKind::keyed, .keys = std::move(names)};
      }
    }
  }
  return {};
}

const Claim* changer_of(const std::vector<OwnedNode::Held>& held) {
  const auto rank = [](const OwnedNode::Held& each) {
    const Claim& claim = *each.claim;
    const auto time = claim.owner.time.value_or(Time{}).time_since_epoch().count();
    // Of several Updates (in parts of a structure) the last one, of several Applies the first.
    return std::tuple(
        each.hold == OwnedNode::Hold::part, claim.is_apply(), claim.is_apply() ? time : -time);
  };
  const auto first = std::ranges::min_element(held, {}, rank);
  return first == held.end() ? nullptr : first->claim;
}

}  // namespace celldrift::compare
