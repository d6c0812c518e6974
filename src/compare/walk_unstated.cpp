// Live fields that Git does not state: whose are they?

#include "compare/crumb.hpp"
#include "compare/item_keys.hpp"
#include "compare/walk.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// True when a hand wrote something here other than by making the object: who creates an object owns
// all that the server puts into it as well.
bool written_by_hand(const OwnedNode& owned) {
  return std::ranges::any_of(owned.held(), [](const OwnedNode::Held& held) {
    return is_hand(held.claim->owner.kind) && !held.claim->is_maker;
  });
}

// What the claims on an unstated node come to.
struct ClaimsSay {
  std::optional<Owner> on_purpose;  // the last that put it there on purpose
  bool others = false;              // that own it by right
  bool in_parts = false;            // some own only something below it
};

ClaimsSay evidence_of(const OwnedNode& owned) {
  ClaimsSay evidence;
  for (const OwnedNode::Held& held : owned.held()) {
    evidence.in_parts = evidence.in_parts || held.hold == OwnedNode::Hold::part;
    if (!owned.on_purpose(held)) {
      evidence.others = true;
      continue;
    }
    const Owner& owner = held.claim->owner;
    if (!evidence.on_purpose ||
        evidence.on_purpose->time.value_or(Time{}) < owner.time.value_or(Time{})) {
      evidence.on_purpose = owner;
    }
  }
  return evidence;
}

}  // namespace

void Walk::unstated(const LiveNode& live, const kube::Default& expected) {
  const Value& have = live.place.live;
  if (have.is_null() || (expected.kind == kube::Default::Kind::value && expected.value == have)) {
    return;
  }
  if (expected.explains(have) && !written_by_hand(live.owned)) {
    return;
  }
  const kube::Type& type = live.place.type;
  const bool is_open_map = type.kind == kube::Type::Kind::map && have.is_map();
  const bool is_there_by_itself =
      expected.kind == kube::Default::Kind::value && expected.value.is_map();
  const bool has_owned_items = type.kind == kube::Type::Kind::list && have.is_list() &&
                               type.list_kind != kube::ListKind::atomic;
  if (is_open_map || (is_there_by_itself && have.is_map())) {
    unstated_children(live);
  } else if (has_owned_items) {
    unstated_items(live);
  } else {
    unstated_whole(live);
  }
}

void Walk::unstated_children(const LiveNode& live) {
  for (const Value::Entry& entry : live.place.live.entries()) {
    unstated_field(entry, live);
  }
}

void Walk::unstated_items(const LiveNode& live) {
  const auto keys = keys_of_items(live.place);
  if (!keys) {
    unstated_whole(live);
    return;
  }
  const bool is_set = live.place.type.list_kind == kube::ListKind::set;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const Value& item = live.place.live.items()[i];
    const kube::Place place{.live = item, .type = *live.place.type.item(), .parent = &live.place};
    const Crumb crumb =
        is_set ? member_crumb(live.crumb, item, i) : item_crumb(live.crumb, (*keys)[i], i);
    const LiveNode node{
        place, crumb, is_set ? live.owned.member(item) : live.owned.item((*keys)[i])};
    if (!kube::default_item(live.place, item) || written_by_hand(node.owned)) {
      unstated_whole(node);
    }
  }
}

void Walk::unstated_whole(const LiveNode& live) {
  const ClaimsSay evidence = evidence_of(live.owned);
  if (!live.owned.recorded()) {
    // managedFields was emptied: what is no default of a known kind was put there by somebody.
    const bool known = live.place.type.kind != kube::Type::Kind::unknown;
    if (known) {
      report(Change::added,
             live.crumb,
             nullptr,
             &live.place.live,
             std::nullopt,
             Evidence::no_ownership);
    }
    return;
  }
  if (!evidence.on_purpose) {
    return;
  }
  if (live.place.live.is_map() && evidence.others && evidence.in_parts) {
    unstated_children(live);
    return;
  }
  const bool by_git = evidence.on_purpose->kind == ManagerClass::gitops;
  report(Change::added,
         live.crumb,
         nullptr,
         &live.place.live,
         evidence.on_purpose,
         by_git ? Evidence::still_owned : Evidence::owned);
}

}  // namespace celldrift::compare
