#include "compare/sides/partings.hpp"

#include "compare/meaning/equal.hpp"
#include "compare/walk/field_type.hpp"
#include "compare/walk/own_marks.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

struct LeftOut {
  std::string_view parent;  // "" for the object itself
  std::string_view field;
};

// What says which object it is, and not what it is like; the sides' objects were found by it. An
// owner is known by its uid, which is another in each cell.
constexpr LeftOut identity[] = {{"", "apiVersion"},
                                {"", "kind"},
                                {"metadata", "name"},
                                {"metadata", "namespace"},
                                {"metadata", "generateName"},
                                {"metadata", "ownerReferences"}};

bool is_identity(const kube::Place& place, std::string_view name) {
  const bool is_of_object = place.parent == nullptr || place.parent->parent == nullptr;
  return is_of_object && std::ranges::any_of(identity, [&](const LeftOut& each) {
           return each.parent == place.field && each.field == name;
         });
}

// Of the sides that have something.
bool all_of(const SideNodes& nodes, bool (Value::*is)() const) {
  return std::ranges::all_of(
      nodes, [&](const SideNode& node) { return node.live == nullptr || (node.live->*is)(); });
}

bool are_equal(const SideNodes& nodes) {
  return std::ranges::all_of(nodes,
                             [&](const SideNode& node) { return *node.live == *nodes[0].live; });
}

}  // namespace

std::vector<Parting> SideWalk::run(std::span<const Side> sides) {
  SideNodes roots;
  Around around;
  for (const Side& side : sides) {
    roots.push_back({&side.live, side.desired.is_null() ? nullptr : &side.desired});
    around.push_back(roots.back().desired);
  }
  const Value& first = sides.front().live;
  const kube::Type& type =
      schema_.type_of(first.string_at({"apiVersion"}), first.string_at({"kind"}));
  const kube::Place place{.live = first, .type = type};
  visit({roots, place, Crumb{}, around});
  return std::move(found_);
}

void SideWalk::visit(const Spot& spot) {
  const SideNodes& nodes = spot.nodes;
  const kube::Type& type = spot.place.type;
  if (std::ranges::any_of(nodes, [](const SideNode& node) { return node.live == nullptr; })) {
    // To have no labels is to have no label of any name: they are looked at one by one.
    const bool is_map = type.kind == kube::Type::Kind::map && all_of(nodes, &Value::is_map);
    const bool is_list = type.kind == kube::Type::Kind::list && all_of(nodes, &Value::is_list);
    if (is_map) {
      fields(spot);
    } else if (!(is_list && items(spot))) {
      part(spot);
    }
  } else if (!are_equal(nodes)) {
    if (all_of(nodes, &Value::is_map)) {
      fields(spot);
    } else if (!(all_of(nodes, &Value::is_list) && items(spot)) && !is_same(spot)) {
      part(spot);
    }
  }
}

void SideWalk::fields(const Spot& spot) {
  // What is stated nearby is what a default may hang on.
  Around around;
  for (std::size_t side = 0; side < spot.nodes.size(); ++side) {
    const Value* stated = spot.nodes[side].desired;
    around.push_back(stated != nullptr ? stated : spot.around[side]);
  }
  for (const Child& child : entries_of(spot.nodes, abstract_)) {
    if (!is_left_out(spot.place, child.name)) {
      field(spot, child, around);
    }
  }
}

void SideWalk::field(const Spot& spot, const Child& child, const Around& around) {
  const std::size_t side = first_of(child.nodes);
  if (side == child.nodes.size()) {
    return;
  }
  const Value& value = *child.nodes[side].live;
  const kube::Place place{
      .live = value,
      .type = field_type(spot.place, child.name, spot.place.type.find(child.name), value, schema_),
      .field = child.name,
      .parent = &spot.place};
  const Crumb crumb = field_crumb(spot.crumb, spot.place.type, child.name);
  visit({child.nodes, place, crumb, around});
}

bool SideWalk::items(const Spot& spot) {
  if (spot.place.type.list_kind == kube::ListKind::atomic) {
    return false;
  }
  const auto children = items_of(spot.nodes, spot.place, abstract_);
  if (!children) {
    return false;
  }
  for (const Child& child : *children) {
    item(spot, child);
  }
  return true;
}

void SideWalk::item(const Spot& spot, const Child& child) {
  const std::size_t side = first_of(child.nodes);
  if (side == child.nodes.size() || kube::default_item(spot.place, *child.nodes[side].live)) {
    return;
  }
  const kube::Type& list = spot.place.type;
  const kube::Place place{
      .live = *child.nodes[side].live, .type = *list.item(), .parent = &spot.place};
  const std::size_t index = child.indexes[side];
  const Crumb crumb = list.list_kind == kube::ListKind::set
                          ? member_crumb(spot.crumb, list, place.live, index)
                          : item_crumb(spot.crumb, list, place, index);
  visit({child.nodes, place, crumb, spot.around});
}

void SideWalk::part(const Spot& spot) {
  const std::size_t side = first_of(spot.nodes);
  if (side == spot.nodes.size()) {
    return;
  }
  const kube::Place* parent = spot.place.parent;
  Parting parting{.path = path_of(spot.crumb), .text = {}, .at = spot.nodes, .around = spot.around};
  parting.text = abstract_(side, parting.path.text());
  parting.is_allocated =
      parent != nullptr && !spot.place.field.empty() &&
      kube::outer_default_of(*parent, spot.place.field).kind == kube::Default::Kind::any;
  found_.push_back(std::move(parting));
}

bool SideWalk::is_left_out(const kube::Place& place, std::string_view name) const {
  return is_identity(place, name) || kube::server_field(place, name) || is_own_mark(place, name) ||
         is_instance_label(place, name, instance_label_);
}

// Scalars, and lists that count as one.
bool SideWalk::is_same(const Spot& spot) const {
  const auto abstract_value = [&](std::size_t side) {
    return abstracted(*spot.nodes[side].live,
                      [&](std::string_view text) { return abstract_(side, text); });
  };
  const Value first = abstract_value(0);
  for (std::size_t side = 1; side < spot.nodes.size(); ++side) {
    const Value& live = *spot.nodes[side].live;
    const bool is_same_text = abstract_value(side) == first;
    if (!is_same_text &&
        !(live.is_scalar() &&
          same_scalar(*spot.nodes[0].live, live, spot.place.type, Kept::as_meant))) {
      return false;
    }
  }
  return true;
}

}  // namespace celldrift::compare
