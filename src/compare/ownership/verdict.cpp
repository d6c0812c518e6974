#include "compare/ownership/verdict.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::compare {
namespace {

using Held = OwnedNode::Held;
using Hold = OwnedNode::Hold;

// The API server records no owner then. (1.35: scaling moves the ownership of replicas, and gives
// none where nobody had it.)
constexpr std::string_view unrecorded =
    "nobody owns it: it was scaled, put there while managedFields was empty, or by an admission "
    "webhook";

bool is_hand_written(const Held& held, Defaults defaults) {
  // Who makes an object owns its defaults too: where they are not known, nothing is shown.
  return is_hand(held.claim->owner.kind) && (defaults == Defaults::known || !held.claim->is_maker);
}

bool is_once_stated(const Held& held, const OwnedNode& owned, Defaults defaults) {
  if (held.claim->owner.kind != ManagerClass::gitops) {
    return false;
  }
  if (defaults == Defaults::known) {
    return true;
  }
  // Inside an atomic leaf an Apply owns what it stated and what was defaulted alike.
  return held.claim->is_apply() ? held.hold != Hold::within : owned.last_applied() != nullptr;
}

Verdict drift_by(const Claim& claim, const OwnedNode& owned) {
  Verdict verdict{.kind = Verdict::Kind::drift, .owner = claim.owner};
  if (claim.owner.kind != ManagerClass::gitops) {
    return verdict;
  }
  verdict.evidence = Evidence::still_owned;
  if (!claim.is_apply() && owned.last_applied() == nullptr) {
    verdict.reason = "what " + claim.owner.manager +
                     " last applied does not state it either, and it is no default";
  }
  return verdict;
}

// Without managedFields last-applied and the defaults alone tell.
Verdict without_record(const OwnedNode& owned, Defaults defaults) {
  if (owned.last_applied() != nullptr) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::no_ownership,
            .reason = "managedFields is empty; last-applied states it, so Git once did"};
  }
  if (defaults == Defaults::known) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::no_ownership,
            .reason = "managedFields is empty; it is no default"};
  }
  return {.reason = "managedFields is empty, and no schema tells whether it is a default"};
}

Verdict nobodys(const OwnedNode& owned, Defaults defaults) {
  if (owned.last_applied() != nullptr) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::still_owned,
            .reason = "nobody owns it; last-applied states it, so Git once did"};
  }
  if (defaults == Defaults::known) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::no_record,
            .reason = std::string(unrecorded)};
  }
  return {.reason = "nobody owns it, and no schema tells whether it is a default"};
}

std::vector<Held> filtered(const OwnedNode& owned, auto&& wanted) {
  std::vector<Held> found;
  std::ranges::copy_if(owned.held(), std::back_inserter(found), wanted);
  return found;
}

}  // namespace

Verdict verdict_on(const OwnedNode& owned, Defaults defaults) {
  if (!owned.recorded()) {
    return without_record(owned, defaults);
  }
  if (owned.held().empty()) {
    return nobodys(owned, defaults);
  }
  const auto on_purpose = filtered(owned, [&](const Held& held) {
    return is_hand_written(held, defaults) || is_once_stated(held, owned, defaults);
  });
  if (const Claim* changer = changer_of(on_purpose)) {
    return drift_by(*changer, owned);
  }
  const auto by_controllers = filtered(
      owned, [](const Held& held) { return held.claim->owner.kind == ManagerClass::controller; });
  if (const Claim* changer = changer_of(by_controllers)) {
    return {.kind = Verdict::Kind::controller,
            .owner = changer->owner,
            .reason = changer->owner.manager + ", a controller, wrote it"};
  }
  return {.owner = changer_of(owned.held())->owner,
          .reason = "its owner made the object, and no schema tells whether it is a default"};
}

std::optional<Verdict> put_on_purpose(const OwnedNode& owned) {
  const auto on_purpose = filtered(owned, [&](const Held& held) {
    return is_hand_written(held, Defaults::unknown) ||
           is_once_stated(held, owned, Defaults::unknown);
  });
  const Claim* changer = changer_of(on_purpose);
  return changer == nullptr ? std::nullopt : std::optional(drift_by(*changer, owned));
}

}  // namespace celldrift::compare
