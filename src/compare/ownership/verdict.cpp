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

// What is asked about, and what is known of it; last-applied is only read when it decides.
struct Question {
  Record& record;
  const Crumb& node;
  Defaults defaults;

  bool was_applied() const { return record.last_applied(node) != nullptr; }
};

bool is_hand_written(const Held& held, const Question& question) {
  // Who makes an object owns its defaults too: where they are not known, nothing is shown.
  return is_hand(held.claim->owner.kind) &&
         (question.defaults == Defaults::known || !held.claim->owns_defaults() ||
          (held.claim->took_over && question.was_applied()));
}

bool is_once_stated(const Held& held, const Question& question) {
  if (held.claim->owner.kind != ManagerClass::gitops) {
    return false;
  }
  if (question.defaults == Defaults::known) {
    return true;
  }
  // Inside an atomic leaf an Apply owns what it stated and what was defaulted alike.
  return held.claim->is_apply() && !held.claim->took_over ? held.hold != Hold::within
                                                          : question.was_applied();
}

Verdict drift_by(const Claim& claim, const Question& question) {
  Verdict verdict{.kind = Verdict::Kind::drift, .owner = claim.owner};
  if (claim.owner.kind != ManagerClass::gitops) {
    return verdict;
  }
  verdict.evidence = Evidence::still_owned;
  if (!claim.is_apply() && !question.was_applied()) {
    verdict.reason = "what " + claim.owner.manager +
                     " last applied does not state it either, and it is no default";
  }
  return verdict;
}

// Without managedFields last-applied and the defaults alone tell.
Verdict without_record(const Question& question) {
  if (question.was_applied()) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::no_ownership,
            .reason = "managedFields is empty; last-applied states it, so Git once did"};
  }
  if (question.defaults == Defaults::known) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::no_ownership,
            .reason = "managedFields is empty; it is no default"};
  }
  return {.reason = "managedFields is empty, and no schema tells whether it is a default"};
}

Verdict nobodys(const Question& question) {
  if (question.was_applied()) {
    return {.kind = Verdict::Kind::drift,
            .evidence = Evidence::still_owned,
            .reason = "nobody owns it; last-applied states it, so Git once did"};
  }
  if (question.defaults == Defaults::known) {
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

Verdict verdict_on(Record& record, const Crumb& node, Defaults defaults) {
  const Question question{record, node, defaults};
  const OwnedNode owned = record.at(node);
  if (!owned.recorded()) {
    return without_record(question);
  }
  if (owned.held().empty()) {
    return nobodys(question);
  }
  const auto on_purpose = filtered(owned, [&](const Held& held) {
    return is_hand_written(held, question) || is_once_stated(held, question);
  });
  if (const Claim* changer = changer_of(on_purpose)) {
    return drift_by(*changer, question);
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

std::optional<Verdict> put_on_purpose(Record& record, const Crumb& node) {
  const Question question{record, node, Defaults::unknown};
  const auto on_purpose = filtered(record.at(node), [&](const Held& held) {
    return is_hand_written(held, question) || is_once_stated(held, question);
  });
  const Claim* changer = changer_of(on_purpose);
  return changer == nullptr ? std::nullopt : std::optional(drift_by(*changer, question));
}

}  // namespace celldrift::compare
