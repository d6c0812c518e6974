#include "compare/ownership.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

Owner owner_of(const Value& entry, const Managers& managers) {
  Owner owner{.manager = std::string(entry.string_at({"manager"})),
              .operation = std::string(entry.string_at({"operation"})),
              .subresource = std::string(entry.string_at({"subresource"})),
              .time = parse_time(entry.string_at({"time"}))};
  owner.kind = managers.classify(owner.manager, owner.operation, owner.subresource);
  return owner;
}

// An item of the last-applied list with the same keys, as far as it states them.
const Value* stated_item(const Value& list, const Value& keys) {
  const auto agrees = [&](const Value& item) {
    bool any = false;
    for (const Value::Entry& key : keys.entries()) {
      const Value* stated = item.find(key.key);
      if (stated != nullptr && !(*stated == key.value)) {
        return false;
      }
      any = any || stated != nullptr;
    }
    return any;
  };
  const auto found = std::ranges::find_if(list.items(), agrees);
  return found == list.items().end() ? nullptr : &*found;
}

bool later(const Owner& a, const Owner& b) {
  return a.time.value_or(Time{}) < b.time.value_or(Time{});
}

}  // namespace

Ownership::Ownership(const Value& live, const Managers& managers) {
  const Value* entries = live.find({"metadata", "managedFields"});
  if (entries == nullptr) {
    return;
  }
  for (const Value& entry : entries->items()) {
    const Value* fields = entry.find("fieldsV1");
    if (fields == nullptr || fields->size() == 0) {
      continue;  // `[{}]` is what remains when somebody empties managedFields
    }
    claims_.push_back({.owner = owner_of(entry, managers), .fields = fields});
  }
  mark_maker(parse_time(live.string_at({"metadata", "creationTimestamp"})));
}

void Ownership::mark_maker(std::optional<Time> created) {
  const auto is_of_that_second = [&](const Claim& claim) {
    return created && claim.owner.time == created;
  };
  const bool applied = std::ranges::any_of(claims_, [&](const Claim& claim) {
    return claim.owner.kind == ManagerClass::gitops && is_of_that_second(claim);
  });
  for (Claim& claim : claims_) {
    claim.is_maker = !applied && claim.owner.operation == "Update" && is_of_that_second(claim);
  }
}

OwnedNode::OwnedNode(const Ownership& ownership, const Value* last_applied)
    : last_applied_(last_applied), recorded_(ownership.recorded()) {
  for (const Claim& claim : ownership.claims()) {
    held_.push_back({&claim, Hold::part});
    nodes_.push_back(claim.fields);
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

OwnedNode OwnedNode::field(std::string_view name, const kube::Type& type) const {
  OwnedNode next = step("f:" + std::string(name), inside_of(type));
  next.last_applied_ = last_applied_ == nullptr ? nullptr : last_applied_->find(name);
  return next;
}

OwnedNode OwnedNode::item(const Value& keys) const {
  OwnedNode next = step("k:" + yaml::canonical_json(keys), Inside::granular);
  next.last_applied_ = last_applied_ == nullptr ? nullptr : stated_item(*last_applied_, keys);
  return next;
}

OwnedNode OwnedNode::member(const Value& value) const {
  OwnedNode next = step("v:" + yaml::canonical_json(value), Inside::granular);
  if (last_applied_ != nullptr) {
    const auto found = std::ranges::find(last_applied_->items(), value);
    next.last_applied_ = found == last_applied_->items().end() ? nullptr : &*found;
  }
  return next;
}

OwnedNode OwnedNode::index(std::size_t index) const {
  OwnedNode next = step("i:" + std::to_string(index), Inside::atomic);
  if (last_applied_ != nullptr && index < last_applied_->items().size()) {
    next.last_applied_ = &last_applied_->items()[index];
  }
  return next;
}

Value OwnedNode::item_keys() const {
  for (const Value* node : nodes_) {
    for (const Value::Entry& child :
         node == nullptr ? std::span<const Value::Entry>{} : node->entries()) {
      if (!child.key.view().starts_with("k:")) {
        continue;
      }
      try {
        const Value keys = yaml::parse_json(child.key.view().substr(2)).value;
        return keys.is_map() && keys.size() != 0 ? keys : Value();
      } catch (const Error&) {
        return {};  // managedFields are whatever somebody wrote into them
      }
    }
  }
  return {};
}

bool OwnedNode::on_purpose(const Held& held) const {
  switch (held.claim->owner.kind) {
    case ManagerClass::person:
    case ManagerClass::deploy_tool:
    case ManagerClass::unknown:
      return true;
    case ManagerClass::controller:
      return false;
    case ManagerClass::gitops:
      // Inside an atomic leaf an Apply owns what it stated and what was defaulted alike.
      return held.claim->owner.operation == "Apply" ? held.hold != Hold::within
                                                    : last_applied_ != nullptr;
  }
  return false;
}

std::optional<Owner> OwnedNode::last_writer() const {
  const Held* last = nullptr;
  for (const Held& held : held_) {
    const bool partly = held.hold == Hold::part;
    const bool last_partly = last != nullptr && last->hold == Hold::part;
    const bool better = last == nullptr || (last_partly && !partly) ||
                        (last_partly == partly && later(last->claim->owner, held.claim->owner));
    last = better ? &held : last;
  }
  return last == nullptr ? std::nullopt : std::optional(last->claim->owner);
}

}  // namespace celldrift::compare
