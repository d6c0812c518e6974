#include "compare/ownership.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

Owner owner_of(const Value& entry) {
  return {.manager = std::string(entry.string_at({"manager"})),
          .operation = std::string(entry.string_at({"operation"})),
          .subresource = std::string(entry.string_at({"subresource"})),
          .time = parse_time(entry.string_at({"time"}))};
}

// `kubectl scale` and other sub-commands without a name of their own write as "kubectl" with an Update;
// the manager "kubectl" stands for Git only where it applies.
ManagerClass class_of(const Owner& owner) {
  if (owner.manager == "kubectl" && owner.operation != "Apply") {
    return ManagerClass::hand;
  }
  return classify(owner.manager);
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

Ownership::Ownership(const Value& live) {
  const Value* entries = live.find({"metadata", "managedFields"});
  if (entries == nullptr) {
    return;
  }
  for (const Value& entry : entries->items()) {
    const Value* fields = entry.find("fieldsV1");
    if (fields == nullptr || fields->size() == 0) {
      continue;  // `[{}]` is what remains when somebody empties managedFields
    }
    Owner owner = owner_of(entry);
    const ManagerClass manager = class_of(owner);
    claims_.push_back({std::move(owner), manager, fields});
  }
}

OwnedNode::OwnedNode(const Ownership& ownership, const Value* last_applied)
    : last_applied_(last_applied), recorded_(ownership.recorded()) {
  for (const Claim& claim : ownership.claims()) {
    held_.push_back({&claim, Hold::part});
    nodes_.push_back(claim.fields);
  }
}

OwnedNode OwnedNode::step(const std::string& key) const {
  OwnedNode next;
  next.recorded_ = recorded_;
  for (std::size_t i = 0; i < held_.size(); ++i) {
    if (nodes_[i] == nullptr) {
      next.held_.push_back({held_[i].claim, Hold::within});
      next.nodes_.push_back(nullptr);
      continue;
    }
    const Value* child = nodes_[i]->find(key);
    if (child == nullptr) {
      continue;
    }
    // `{}` is a leaf: it and all that is below it. Otherwise the claim lists what it owns below.
    const bool leaf = child->size() == 0;
    next.held_.push_back({held_[i].claim, leaf ? Hold::whole : Hold::part});
    next.nodes_.push_back(leaf ? nullptr : child);
  }
  return next;
}

OwnedNode OwnedNode::field(std::string_view name) const {
  OwnedNode next = step("f:" + std::string(name));
  next.last_applied_ = last_applied_ == nullptr ? nullptr : last_applied_->find(name);
  return next;
}

OwnedNode OwnedNode::item(const Value& keys) const {
  OwnedNode next = step("k:" + yaml::canonical_json(keys));
  next.last_applied_ = last_applied_ == nullptr ? nullptr : stated_item(*last_applied_, keys);
  return next;
}

OwnedNode OwnedNode::member(const Value& value) const {
  OwnedNode next = step("v:" + yaml::canonical_json(value));
  if (last_applied_ != nullptr) {
    const auto found = std::ranges::find(last_applied_->items(), value);
    next.last_applied_ = found == last_applied_->items().end() ? nullptr : &*found;
  }
  return next;
}

OwnedNode OwnedNode::index(std::size_t index) const {
  OwnedNode next = step("i:" + std::to_string(index));
  if (last_applied_ != nullptr && index < last_applied_->items().size()) {
    next.last_applied_ = &last_applied_->items()[index];
  }
  return next;
}

bool OwnedNode::on_purpose(const Held& held) const {
  switch (held.claim->manager) {
    case ManagerClass::hand:
      return true;
    case ManagerClass::controller:
      return false;
    case ManagerClass::applier:
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
