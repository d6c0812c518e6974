// Lists that both sides have: matched by key, by value, or taken whole, as the type says.

#include "compare/crumb.hpp"
#include "compare/item_keys.hpp"
#include "compare/walk.hpp"

#include <algorithm>
#include <unordered_map>

namespace celldrift::compare {
namespace {

std::unordered_map<Hash, std::size_t> index_by_hash(const std::vector<Value>& keys) {
  std::unordered_map<Hash, std::size_t> index;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    index.emplace(keys[i].hash(), i);
  }
  return index;
}

}  // namespace

void Walk::list(const Value& want, const LiveNode& live) {
  if (live.place.type.kind == kube::Type::Kind::unknown && list_of_unknown_type(want, live)) {
    return;
  }
  switch (live.place.type.list_kind) {
    case kube::ListKind::keyed:
      if (keyed_list(want, live)) {
        return;
      }
      break;
    case kube::ListKind::set:
      set_list(want, live);
      return;
    case kube::ListKind::atomic:
      break;
  }
  atomic_list(want, live);
}

// No schema says how a custom resource's list merges, but whoever owns single items of it has told
// their keys.
bool Walk::list_of_unknown_type(const Value& want, const LiveNode& live) {
  const Value keys = live.owned.item_keys();
  if (keys.is_null()) {
    return false;
  }
  kube::Type type{.kind = kube::Type::Kind::list,
                  .element = &kube::unknown_type(),
                  .list_kind = kube::ListKind::keyed};
  for (const Value::Entry& key : keys.entries()) {
    type.list_keys.push_back(key.key.view());
  }
  const kube::Place place{.live = live.place.live,
                          .type = type,
                          .field = live.place.field,
                          .parent = live.place.parent,
                          .desired = live.place.desired};
  return keyed_list(want, {place, live.crumb, live.owned});
}

bool Walk::keyed_list(const Value& want, const LiveNode& live) {
  const kube::Place stated{.live = want,
                           .type = live.place.type,
                           .field = live.place.field,
                           .parent = live.place.parent};
  const auto want_keys = keys_of_items(stated);
  const auto have_keys = keys_of_items(live.place);
  if (!want_keys || !have_keys) {
    return false;
  }
  const kube::Type& type = live.place.type;
  const auto index = index_by_hash(*have_keys);
  std::vector<bool> matched(have_keys->size(), false);
  for (std::size_t i = 0; i < want_keys->size(); ++i) {
    const Value& keys = (*want_keys)[i];
    const auto found = index.find(keys.hash());
    if (found == index.end()) {
      lacking_item(want.items()[i], stated, live.crumb);
      continue;
    }
    matched[found->second] = true;
    const kube::Place place{.live = live.place.live.items()[found->second],
                            .type = *type.item(),
                            .parent = &live.place,
                            .desired = &want.items()[i]};
    const Crumb crumb = item_crumb(live.crumb, keys, found->second);
    both(want.items()[i], {place, crumb, live.owned.item(keys)}, nullptr);
  }
  for (std::size_t i = 0; i < have_keys->size(); ++i) {
    const Value& item = live.place.live.items()[i];
    if (matched[i] || kube::default_item(live.place, item)) {
      continue;
    }
    const kube::Place place{.live = item, .type = *type.item(), .parent = &live.place};
    const Crumb crumb = item_crumb(live.crumb, (*have_keys)[i], i);
    unstated_whole({place, crumb, live.owned.item((*have_keys)[i])});
  }
  return true;
}

void Walk::lacking_item(const Value& item, const kube::Place& list, const Crumb& crumb) {
  const kube::Place place{.live = item, .type = *list.type.item(), .parent = &list};
  const Value keys = keys_of(place, list.type);
  report(Change::removed, item_crumb(crumb, keys, std::nullopt), &item, nullptr, std::nullopt);
}

void Walk::set_list(const Value& want, const LiveNode& live) {
  const auto have = live.place.live.items();
  for (const Value& member : want.items()) {
    if (std::ranges::find(have, member) == have.end()) {
      report(Change::removed,
             member_crumb(live.crumb, member, std::nullopt),
             &member,
             nullptr,
             std::nullopt);
    }
  }
  for (std::size_t i = 0; i < have.size(); ++i) {
    const auto stated = want.items();
    if (std::ranges::find(stated, have[i]) != stated.end() ||
        kube::default_item(live.place, have[i])) {
      continue;
    }
    const kube::Place place{
        .live = have[i], .type = *live.place.type.item(), .parent = &live.place};
    unstated_whole({place, member_crumb(live.crumb, have[i], i), live.owned.member(have[i])});
  }
}

void Walk::atomic_list(const Value& want, const LiveNode& live) {
  Value::List have(live.place.live.items().begin(), live.place.live.items().end());
  if (have.size() > want.items().size()) {
    const auto is_stated = [&](const Value& item) {
      return std::ranges::find(want.items(), item) != want.items().end();
    };
    std::erase_if(have, [&](const Value& item) {
      return !is_stated(item) && kube::default_item(live.place, item);
    });
  }
  if (!same_items(want, live, have)) {
    report(Change::modified, live.crumb, &want, &live.place.live, live.owned.last_writer());
  }
}

bool Walk::same_items(const Value& want, const LiveNode& live, std::span<const Value> have) {
  if (want.items().size() != have.size()) {
    return false;
  }
  const std::size_t before = found_.size();
  for (std::size_t i = 0; i < have.size() && found_.size() == before; ++i) {
    const kube::Place place{.live = have[i],
                            .type = *live.place.type.item(),
                            .parent = &live.place,
                            .desired = &want.items()[i]};
    const Crumb crumb = index_crumb(live.crumb, i);
    both(want.items()[i], {place, crumb, live.owned.index(i)}, nullptr);
  }
  const bool same = found_.size() == before;
  found_.resize(before);
  return same;
}

}  // namespace celldrift::compare
