#include "audit/gate/fields.hpp"

#include "audit/gate/effects.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::Change;
using compare::Difference;
using compare::Evidence;
using compare::ObjectResult;
using Kind = FieldEffect::Kind;

// How the same field differs from what Git wants now; null where it does not.
const Difference* difference_at(const ObjectResult* now, const Difference& next) {
  if (now == nullptr) {
    return nullptr;
  }
  const std::string text = next.path.text();
  const auto found = std::ranges::find_if(now->differences, [&](const Difference& each) {
    return is_same_place(each.path.text(), text);
  });
  return found == now->differences.end() ? nullptr : &*found;
}

// What nobody is known to have written may be a hand's work, too.
bool may_be_a_hands(const Difference& difference) {
  return !difference.owner || compare::is_hand(difference.owner->kind);
}

// The deploy does not state it, live has it. Whoever applies takes back what they stated before;
// what is another's stays.
Kind kind_of_unstated(const Difference& next, const Difference* now) {
  const bool was_stated = now == nullptr || now->change != Change::added;
  const bool is_anothers = next.owner && compare::is_hand(next.owner->kind);
  return next.evidence == Evidence::still_owned || (was_stated && !is_anothers) ? Kind::unsets
                                                                                : Kind::survives;
}

Kind kind_of(const Difference& next, const Difference* now) {
  if (next.change == Change::added) {
    return kind_of_unstated(next, now);
  }
  return now != nullptr && may_be_a_hands(next) ? Kind::reverts : Kind::changes;
}

}  // namespace

bool is_same_place(const std::string& a, const std::string& b) {
  const std::string& outer = a.size() < b.size() ? a : b;
  const std::string& inner = a.size() < b.size() ? b : a;
  return inner.starts_with(outer) && (inner.size() == outer.size() || outer.empty() ||
                                      inner[outer.size()] == '.' || inner[outer.size()] == '[');
}

std::vector<FieldEffect> field_effects(const ObjectResult& next, const ObjectResult* now) {
  std::vector<FieldEffect> effects;
  for (const Difference& difference : next.differences) {
    effects.push_back({.kind = kind_of(difference, difference_at(now, difference)),
                       .path = difference.path.pointer(),
                       .path_text = difference.path.text(),
                       .from = difference.have,
                       .to = difference.want,
                       .source = difference.mark,
                       .owner = difference.owner});
  }
  return effects;
}

}  // namespace celldrift::audit
