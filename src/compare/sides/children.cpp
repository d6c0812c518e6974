#include "compare/sides/children.hpp"

#include "compare/walk/item_keys.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace celldrift::compare {
namespace {

// A null is as good as nothing: the API server shows fields without a value either way.
const Value* something(const Value* value) {
  return value == nullptr || value->is_null() ? nullptr : value;
}

const Value& or_nothing(const Value* value) {
  static const Value nothing;
  return value == nullptr ? nothing : *value;
}

bool are_apart(const SideNodes& a, const SideNodes& b) {
  for (std::size_t side = 0; side < a.size(); ++side) {
    if (a[side].live != nullptr && b[side].live != nullptr) {
      return false;
    }
  }
  return true;
}

bool is_everywhere(const Child& child) {
  return std::ranges::all_of(child.nodes, [](const SideNode& node) { return node.live; });
}

void merge(Child& into, const Child& other) {
  for (std::size_t side = 0; side < into.nodes.size(); ++side) {
    if (other.nodes[side].live != nullptr) {
      into.nodes[side] = other.nodes[side];
      into.indexes[side] = other.indexes[side];
    }
  }
}

// Joins what is not everywhere with what has the same key once the cells' own is taken out.
template <class KeyOf>
void join_by_abstract_key(std::vector<Child>& children, KeyOf key_of) {
  std::map<decltype(key_of(children.front())), std::size_t> places;
  std::vector<Child> joined;
  for (Child& child : children) {
    if (is_everywhere(child)) {
      joined.push_back(std::move(child));
      continue;
    }
    const auto [place, is_new] = places.emplace(key_of(child), joined.size());
    if (!is_new && are_apart(joined[place->second].nodes, child.nodes)) {
      merge(joined[place->second], child);
    } else {
      joined.push_back(std::move(child));
    }
  }
  children = std::move(joined);
}

Child child_of(std::size_t sides, std::string_view name = {}) {
  return {.name = name, .nodes = SideNodes(sides), .indexes = std::vector<std::size_t>(sides)};
}

// An item's key as one that can be looked up.
using Id = std::pair<Hash, std::size_t>;

std::map<Id, std::size_t> positions_of(const std::vector<ItemKey>& keys) {
  std::map<Id, std::size_t> positions;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    positions.emplace(Id(keys[i].hash, keys[i].occurrence), i);
  }
  return positions;
}

kube::Place place_of(const Value& list, const kube::Place& like) {
  return {.live = list, .type = like.type, .field = like.field, .parent = like.parent};
}

// What Git states for each item; none where its list is another thing.
void add_desired(std::vector<Child>& children,
                 std::size_t side,
                 const Value& desired,
                 const std::map<Id, std::size_t>& known,
                 const kube::Place& list) {
  const auto keys = keys_of_items(place_of(desired, list));
  if (!keys) {
    return;
  }
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const auto found = known.find(Id((*keys)[i].hash, (*keys)[i].occurrence));
    if (found != known.end() && children[found->second].nodes[side].live != nullptr) {
      children[found->second].nodes[side].desired = something(&desired.items()[i]);
    }
  }
}

bool add_items(std::vector<Child>& children,
               std::map<Id, std::size_t>& known,
               const SideNodes& lists,
               std::size_t side,
               const kube::Place& list) {
  const Value& live = or_nothing(lists[side].live);
  const auto keys = keys_of_items(place_of(live, list));
  if (!keys) {
    return false;
  }
  for (const auto& [id, position] : positions_of(*keys)) {
    if (live.items()[position].is_null()) {
      continue;
    }
    const auto [place, is_new] = known.emplace(id, children.size());
    if (is_new) {
      children.push_back(child_of(lists.size()));
    }
    Child& child = children[place->second];
    child.nodes[side].live = &live.items()[position];
    child.indexes[side] = position;
  }
  if (lists[side].desired != nullptr && lists[side].desired->is_list()) {
    add_desired(children, side, *lists[side].desired, known, list);
  }
  return true;
}

}  // namespace

std::size_t first_of(const SideNodes& nodes) {
  return std::size_t(std::ranges::find_if(nodes, [](const SideNode& node) { return node.live; }) -
                     nodes.begin());
}

std::vector<Child> entries_of(const SideNodes& maps, const Abstract& abstract) {
  std::vector<Child> children;
  std::unordered_map<std::string_view, std::size_t> places;
  bool is_joined = true;
  for (std::size_t side = 0; side < maps.size(); ++side) {
    for (const Value::Entry& entry : or_nothing(maps[side].live).entries()) {
      if (entry.value.is_null()) {
        continue;  // as good as not there
      }
      const auto [place, is_new] = places.emplace(entry.key.view(), children.size());
      if (is_new) {
        children.push_back(child_of(maps.size(), entry.key.view()));
        is_joined = is_joined && side == 0;
      }
      const Value* desired = maps[side].desired;
      children[place->second].nodes[side] = {
          &entry.value, something(desired ? desired->find(entry.key.view()) : nullptr)};
    }
  }
  if (!is_joined) {
    join_by_abstract_key(
        children, [&](const Child& child) { return abstract(first_of(child.nodes), child.name); });
  }
  return children;
}

std::optional<std::vector<Child>> items_of(const SideNodes& lists,
                                           const kube::Place& list,
                                           const Abstract& abstract) {
  std::vector<Child> children;
  std::map<Id, std::size_t> known;
  for (std::size_t side = 0; side < lists.size(); ++side) {
    if (!add_items(children, known, lists, side, list)) {
      return std::nullopt;
    }
  }
  const bool is_set = list.type.list_kind == kube::ListKind::set;
  join_by_abstract_key(children, [&](const Child& child) {
    const std::size_t side = first_of(child.nodes);
    const Value& item = *child.nodes[side].live;
    const kube::Place place{.live = item, .type = *list.type.item(), .parent = &list};
    const auto text = [&](std::string_view part) { return abstract(side, part); };
    return abstracted(is_set ? item : keys_of(place, list.type), text).hash();
  });
  return children;
}

}  // namespace celldrift::compare
