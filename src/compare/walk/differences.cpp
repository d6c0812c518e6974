// What a walk reports: differences, what live lacks, and decisions.

#include "compare/walk/walk.hpp"

namespace celldrift::compare {

void Walk::lacking(const Value& want,
                   const kube::Type& type,
                   const kube::Place* parent,
                   const Crumb& crumb) {
  const kube::Place place{.live = want, .type = type, .field = crumb.field, .parent = parent};
  if (want.size() != 0 && type.kind == kube::Type::Kind::map) {
    for (const Value::Entry& entry : want.entries()) {
      if (!entry.value.is_null() && !is_left_out(&entry.value, {place, crumb}, entry.key)) {
        lacking(entry.value, *type.item(), &place, field_crumb(crumb, type, entry.key));
      }
    }
    return;
  }
  if (want.size() != 0 && type.kind == kube::Type::Kind::list &&
      type.list_kind != kube::ListKind::atomic) {
    for (const Value& item : want.items()) {
      lacking_item(item, place, crumb);
    }
    return;
  }
  report({.change = Change::removed, .want = want, .reason = why_lacking(parent, crumb)}, crumb);
}

void Walk::lacking_item(const Value& item, const kube::Place& list, const Crumb& crumb) {
  const kube::Place place{.live = item, .type = *list.type.item(), .parent = &list};
  const bool is_member = list.type.list_kind == kube::ListKind::set;
  report({.change = Change::removed, .want = item},
         is_member ? member_crumb(crumb, list.type, item, {})
                   : item_crumb(crumb, list.type, place, {}));
}

// What Git states and the server does not know can never be live.
std::string Walk::why_lacking(const kube::Place* parent, const Crumb& crumb) const {
  if (parent == nullptr || crumb.step != Crumb::Step::field || !parent->type.drops(crumb.field)) {
    return "";
  }
  if (kept_ == Kept::as_meant) {
    return "Kubernetes " + std::string(context_.schema.version()) +
           " has no such field: the API server drops it";
  }
  return "the cell's schema has no such field: the API server drops it";
}

void Walk::modified(const Value& want, const LiveNode& live) {
  const OwnedNode owned = record_.at(live.crumb);
  const Claim* changer = changer_of(owned.held());
  report({.change = Change::modified,
          .want = want,
          .have = live.place.live,
          .owner = changer == nullptr ? std::nullopt : std::optional(changer->owner)},
         live.crumb);
}

void Walk::report(Difference difference, const Crumb& crumb) {
  difference.path = path_of(crumb);
  const bool has_line = difference.want && difference.want->mark().known();
  difference.mark = has_line ? difference.want->mark() : stated_;
  decide(Outcome::drift,
         crumb,
         describe(difference.change),
         difference.want ? &*difference.want : nullptr,
         difference.have ? &*difference.have : nullptr);
  found_.differences.push_back(std::move(difference));
}

void Walk::explain(Outcome outcome,
                   const Crumb& crumb,
                   std::string_view why,
                   const Value* want,
                   const Value* have) {
  Decision decision{.outcome = outcome, .path = path_of(crumb), .why = std::string(why)};
  if (want != nullptr) {
    decision.want = *want;
  }
  if (have != nullptr) {
    decision.have = *have;
    const OwnedNode owned = record_.at(crumb);
    for (const OwnedNode::Held& held : owned.held()) {
      if (held.hold != OwnedNode::Hold::part) {
        decision.owners.push_back(held.claim->owner);
      }
    }
  }
  found_.decisions.push_back(std::move(decision));
}

}  // namespace celldrift::compare
