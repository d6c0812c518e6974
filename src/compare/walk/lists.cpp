// Lists that both sides have: matched by key, by value, or taken whole, as the type says.

#include "compare/walk/entries.hpp"
#include "compare/walk/walk.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace celldrift::compare {
namespace {

// Keyed lists whose order means something although the API server merges them by key.
struct OrderedList {
  std::string_view structure;
  std::string_view field;
  std::string_view why;
};
constexpr OrderedList ordered_lists[] = {
    {"io.k8s.api.core.v1.PodSpec", "initContainers", "init containers run in this order"},
};

using Positions = std::span<const std::size_t>;  // in live, of each stated item

// True when a variable refers to another of its list, $(NAME), and the two have changed places: the
// kubelet only knows the ones before.
bool is_reference_reordered(const Value& want, Positions positions) {
  constexpr std::size_t max_variables = 512;
  const auto variables = want.items();
  if (positions.size() != variables.size() || variables.size() > max_variables) {
    return false;
  }
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const std::string_view value = variables[i].string_at({"value"});
    for (std::size_t k = 0; k < variables.size() && value.find("$(") != value.npos; ++k) {
      const std::string reference = "$(" + std::string(variables[k].string_at({"name"})) + ")";
      const bool refers = k != i && value.find(reference) != value.npos;
      if (refers && (k < i) != (positions[k] < positions[i])) {
        return true;
      }
    }
  }
  return false;
}

// Why the order that live has is another in meaning; "" when it is not.
std::string_view why_reordered(const Value& want, const kube::Place& list, Positions positions) {
  if (std::ranges::is_sorted(positions) || list.parent == nullptr) {
    return "";
  }
  const std::string_view structure = list.parent->type.name;
  const auto found = std::ranges::find_if(ordered_lists, [&](const OrderedList& each) {
    return list.field == each.field && structure == each.structure;
  });
  if (found != std::end(ordered_lists)) {
    return found->why;
  }
  const bool is_env = list.field == "env" && list.type.item()->name == "io.k8s.api.core.v1.EnvVar";
  return is_env && is_reference_reordered(want, positions)
             ? "a variable can only refer to those before it"
             : "";
}

// Of the stated items that live has.
std::vector<std::size_t> positions_of(const Pairs& pairs) {
  std::vector<std::size_t> positions;
  positions.reserve(pairs.size());
  for (const auto& position : pairs) {
    if (position) {
      positions.push_back(*position);
    }
  }
  return positions;
}

// True when each is at the position that Git states.
bool is_in_order(const Pairs& pairs) {
  std::size_t next = 0;
  return std::ranges::all_of(pairs, [&](const auto& position) { return position == next++; });
}

kube::Place place_of(const Value& value, const kube::Place& list) {
  return {.live = value, .type = list.type, .field = list.field, .parent = list.parent};
}

// An item of a keyed list or a set.
Crumb crumb_of(const Crumb& list,
               const kube::Type& type,
               const kube::Place& item,
               std::optional<std::size_t> index) {
  return type.list_kind == kube::ListKind::set ? member_crumb(list, type, item.live, index)
                                               : item_crumb(list, type, item, index);
}

// The items that the server added by itself are not among those that are compared.
Value::List without_added(const Value& want, const kube::Place& list) {
  Value::List have(list.live.items().begin(), list.live.items().end());
  if (have.size() <= want.size()) {
    return have;
  }
  std::unordered_set<Hash> stated;
  for (const Value& item : want.items()) {
    stated.insert(item.hash());
  }
  std::erase_if(have, [&](const Value& item) {
    return !stated.contains(item.hash()) && kube::default_item(list, item);
  });
  return have;
}

}  // namespace

void Walk::list(const Value& want, const LiveNode& live) {
  const kube::Type& type = live.place.type;
  fetch_ahead(want);
  fetch_ahead(live.place.live);
  if (type.kind == kube::Type::Kind::unknown && list_of_unknown_type(want, live)) {
    return;
  }
  if (type.list_kind == kube::ListKind::atomic || !items(want, live)) {
    atomic_list(want, live);
  }
}

// No schema says how a custom resource's list merges, but whoever owns single items of it has told
// their keys.
bool Walk::list_of_unknown_type(const Value& want, const LiveNode& live) {
  const ItemIdentity identity = record_.at(live.crumb).identity();
  if (identity.kind == kube::ListKind::atomic) {
    return false;
  }
  const kube::Type type{.kind = kube::Type::Kind::list,
                        .element = &kube::unknown_type(),
                        .list_kind = identity.kind,
                        .list_keys = {identity.keys.begin(), identity.keys.end()}};
  const kube::Place place{.live = live.place.live,
                          .type = type,
                          .field = live.place.field,
                          .parent = live.place.parent,
                          .desired = live.place.desired};
  const auto pairs = pairs_by_stated_keys(place_of(want, place), place);
  return pairs && paired(want, {place, live.crumb}, *pairs);
}

bool Walk::items(const Value& want, const LiveNode& live) {
  const auto pairs = pairs_by_keys(place_of(want, live.place), live.place);
  return pairs && paired(want, live, *pairs);
}

bool Walk::paired(const Value& want, const LiveNode& live, const Pairs& pairs) {
  stated_items(want, live, pairs);
  if (is_in_order(pairs) && pairs.size() == live.place.live.size()) {
    return true;  // all of live was looked at
  }
  unstated_items_of(live, pairs);
  const std::string_view why = why_reordered(want, live.place, positions_of(pairs));
  if (!why.empty()) {
    // No manager owns an order.
    report({.change = Change::modified,
            .want = want,
            .have = live.place.live,
            .reason = std::string(why)},
           live.crumb);
  }
  return true;
}

void Walk::stated_items(const Value& want, const LiveNode& live, const Pairs& pairs) {
  const kube::Type& type = live.place.type;
  const kube::Place stated = place_of(want, live.place);
  const auto have = live.place.live.items();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Value& item = want.items()[i];
    const auto found = pairs[i];
    if (!found) {
      const kube::Place place{.live = item, .type = *type.item(), .parent = &stated};
      report({.change = Change::removed, .want = item}, crumb_of(live.crumb, type, place, {}));
      continue;
    }
    if (settled_at_sight(item, have[*found])) {
      continue;
    }
    const kube::Place place{
        .live = have[*found], .type = *type.item(), .parent = &live.place, .desired = &item};
    both(item, {place, crumb_of(live.crumb, type, place, found)}, nullptr);
  }
}

// Those that are no stated item's.
void Walk::unstated_items_of(const LiveNode& live, const Pairs& pairs) {
  const kube::Type& type = live.place.type;
  const auto have = live.place.live.items();
  std::vector<bool> matched(have.size(), false);
  for (const std::size_t position : positions_of(pairs)) {
    matched[position] = true;
  }
  for (std::size_t i = 0; i < have.size(); ++i) {
    if (!matched[i]) {
      const kube::Place place{.live = have[i], .type = *type.item(), .parent = &live.place};
      unstated_item(live.place, {place, crumb_of(live.crumb, type, place, i)});
    }
  }
}

void Walk::atomic_list(const Value& want, const LiveNode& live) {
  if (!same_items(want, live, without_added(want, live.place))) {
    modified(want, live);
  }
}

// Looks into the items, for they may be equal in meaning, and forgets where they are not: an atomic
// list is one difference.
bool Walk::same_items(const Value& want, const LiveNode& live, const Value::List& have) {
  if (want.items().size() != have.size()) {
    return false;
  }
  const kube::Type& type = live.place.type;
  const std::size_t before = found_.differences.size();
  const std::size_t decided = found_.decisions.size();
  const bool outer = std::exchange(in_atomic_, true);
  for (std::size_t i = 0; i < have.size() && found_.differences.size() == before; ++i) {
    if (settled_at_sight(want.items()[i], have[i])) {
      continue;
    }
    const kube::Type& declared = *type.item();
    const kube::Place place{
        .live = have[i],
        .type = declared.embedded ? context_.schema.inside(declared, have[i]) : declared,
        .parent = &live.place,
        .desired = &want.items()[i]};
    const Crumb crumb = index_crumb(live.crumb, type, i);
    both(want.items()[i], {place, crumb}, nullptr);
  }
  in_atomic_ = outer;
  if (found_.differences.size() == before) {
    return true;
  }
  found_.differences.resize(before);
  found_.decisions.resize(decided);
  return false;
}

}  // namespace celldrift::compare
