#include "compare/ownership/record.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/walk/item_keys.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// What a client-side apply last stated.
Value read_last_applied(const Value& live) {
  const std::string_view text = live.string_at(
      {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"});
  if (text.empty()) {
    return {};
  }
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    return {};  // then its owner's claims show nothing
  }
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

const Value* stated_at(const Value& around, const Crumb& crumb) {
  switch (crumb.step) {
    case Crumb::Step::root:
    case Crumb::Step::field:
      break;
    case Crumb::Step::item:
      return stated_item(around, keys_of(*crumb.item, *crumb.of));
    case Crumb::Step::member: {
      const auto found = std::ranges::find(around.items(), *crumb.member);
      return found == around.items().end() ? nullptr : &*found;
    }
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
