#include "compare/ownership/record.hpp"

#include "compare/ownership/last_applied.hpp"
#include "compare/walk/item_keys.hpp"

namespace celldrift::compare {
namespace {

const Value* stated_at(const Value& around, const Crumb& crumb) {
  switch (crumb.step) {
    case Crumb::Step::root:
    case Crumb::Step::field:
      break;
    case Crumb::Step::item:
      return stated_item(around, keys_of(*crumb.item, *crumb.of).entries());
    case Crumb::Step::member:
      return first_item(around, [&](const Value& each) { return each == *crumb.member; });
    case Crumb::Step::index: {
      const std::size_t index = crumb.index.value_or(0);
      return index < around.items().size() ? &around.items()[index] : nullptr;
    }
  }
  return around.find(crumb.field);
}

}  // namespace

OwnedNode Record::at(const Crumb& crumb) {
  if (crumb.step == Crumb::Step::root) {
    if (!ownership_) {
      ownership_.emplace(live_, managers_);
    }
    return OwnedNode(*ownership_);
  }
  const OwnedNode around = at(*crumb.parent);
  switch (crumb.step) {
    case Crumb::Step::root:
    case Crumb::Step::field:
      break;
    case Crumb::Step::item:
      return around.item(keys_of(*crumb.item, *crumb.of));
    case Crumb::Step::member:
      return around.member(*crumb.member);
    case Crumb::Step::index:
      return around.index(crumb.index.value_or(0));
  }
  return around.field(crumb.field, *crumb.of);
}

const Value* Record::last_applied(const Crumb& crumb) {
  if (crumb.step == Crumb::Step::root) {
    if (!last_applied_) {
      last_applied_ = read_last_applied(live_);
    }
    return last_applied_->is_null() ? nullptr : &*last_applied_;
  }
  const Value* around = last_applied(*crumb.parent);
  return around == nullptr ? nullptr : stated_at(*around, crumb);
}

}  // namespace celldrift::compare
