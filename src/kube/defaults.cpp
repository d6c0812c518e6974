// Two sources, in this order: the table (rules/defaults.yaml), and what OpenAPI says that a field
// always has. The second is mostly the zeros of fields that Go writes out even when they are empty.
#include "celldrift/kube/defaults.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/core/zero.hpp"
#include "kube/defaults_rules.hpp"
#include "kube/defaults_table.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace celldrift::kube {
namespace {

// What the table says of a field by name; nullptr where it says nothing.
const FieldRules* rules_of(const Type& structure, std::string_view field) {
  return structure.rules == nullptr ? nullptr : structure.rules->find(field);
}

std::string_view object_kind(const Place& place) {
  const auto* root = &place;
  while (root->parent != nullptr) {
    root = root->parent;
  }
  return root->live.string_at({"kind"});
}

bool holds(const Condition& condition, const Place& place) {
  const auto* live = place.live.find(condition.field);
  switch (condition.test) {
    case Condition::Test::one_of:
      return live != nullptr &&
             std::ranges::find(condition.values, *live) != condition.values.end();
    case Condition::Test::present:
      return live != nullptr;
    case Condition::Test::absent:
      return live == nullptr;
    case Condition::Test::stated:
      return place.desired != nullptr && place.desired->find(condition.field) != nullptr;
  }
  return false;
}

bool applies(const Clause& clause, const Place& place) {
  return (clause.kinds.empty() || clause.kinds.contains(object_kind(place))) &&
         (clause.fields.empty() || clause.fields.contains(place.field)) &&
         std::ranges::all_of(clause.conditions, [&](const auto& c) { return holds(c, place); });
}

Default value_default(Value value) {
  return {.kind = Default::Kind::value, .value = std::move(value)};
}

Default act(const Action& action, const Place& parent, std::string_view field) {
  switch (action.kind) {
    case Action::Kind::put:
      return value_default(action.value);
    case Action::Kind::copy: {
      const auto* sibling = parent.live.find(action.name);
      return sibling != nullptr ? value_default(*sibling) : Default{};
    }
    case Action::Kind::compute:
      return find_computed_default(action.name)(parent, field);
    case Action::Kind::allocate:
      return {.kind = Default::Kind::any};
  }
  return {};
}

Default from_table(const FieldRules& rules, const Place& parent, std::string_view field) {
  const auto action = std::ranges::find_if(
      rules.actions, [&](const auto& a) { return applies(*a.clause, parent); });
  Default found = action != rules.actions.end() ? act(*action, parent, field) : Default{};
  for (const auto& [clause, values] : rules.earlier) {
    if (applies(*clause, parent)) {
      found.earlier.insert(found.earlier.end(), values.begin(), values.end());
    }
  }
  return found;
}

// What a field without a rule has: OpenAPI's default, or the zero that live has where a zero is as
// good as nothing.
Default from_schema(const Field& field, const Place& parent) {
  if (field.default_value != nullptr) {
    return value_default(*field.default_value);
  }
  const auto* live = field.zero_is_absent ? parent.live.find(field.name) : nullptr;
  return live != nullptr && is_zero(*live) ? value_default(*live) : Default{};
}

// Puts the defaults of its own fields into a structure. More than one pass, because a field can
// hang on one that is filled in after it; three are enough for chains of two.
Value completed(Value value, const Type& type, std::string_view name, const Place& parent) {
  for (int pass = 0; pass < 3; ++pass) {
    const auto before = value.hash();
    for (const auto& field : type.fields) {
      if (value.find(field.name) != nullptr) {
        continue;
      }
      const Place place{.live = value, .type = type, .field = name, .parent = &parent};
      if (auto inner = default_of(place, field.name); inner.kind == Default::Kind::value) {
        value = value.with(field.name, std::move(inner.value));
      }
    }
    if (value.hash() == before) {
      break;
    }
  }
  return value;
}

Default of_entry(const Place& map, std::string_view key) {
  const auto* rules = map.parent != nullptr ? rules_of(map.parent->type, map.field) : nullptr;
  if (rules != nullptr) {
    for (const auto& entry : rules->entries) {
      if (glob_match(entry.pattern.as_string(), key) && applies(*entry.clause, *map.parent)) {
        return find_computed_default(entry.rule)(map, key);
      }
    }
  }
  return {};
}

bool matches(const Value& pattern, const Value& item) {
  if (pattern.is_string()) {
    return item.is_string() && glob_match(pattern.as_string(), item.as_string());
  }
  if (!pattern.is_map()) {
    return pattern == item;
  }
  return std::ranges::all_of(pattern.entries(), [&](const auto& entry) {
    const auto* value = item.find(entry.key);
    return value != nullptr && matches(entry.value, *value);
  });
}

// The items of a list that the server adds to. `parent` holds the list as `field`.
bool is_added(const FieldRules& rules, const Place& parent, const Value& item) {
  return std::ranges::any_of(rules.items, [&](const auto& addition) {
    return matches(addition.pattern, item) && applies(*addition.clause, parent);
  });
}

// A list of nothing but what the server adds by itself is all its own, unless somebody wrote it.
Default from_items(const FieldRules& rules, const Place& parent, std::string_view field) {
  const auto* live = parent.live.find(field);
  const bool all_added = live != nullptr && live->is_list() && live->size() != 0 &&
                         std::ranges::all_of(live->items(), [&](const auto& item) {
                           return is_added(rules, parent, item);
                         });
  return {.kind = all_added ? Default::Kind::any : Default::Kind::none};
}

// The metadata of templates and embedded objects is data: nobody but their writer fills it in.
bool is_root_metadata(const Place& place) {
  return place.parent->parent == nullptr && place.field == "metadata";
}

}  // namespace

bool Default::explains(const Value& live) const {
  switch (kind) {
    case Kind::any:
      return true;
    case Kind::value:
      if (value == live) {
        return true;
      }
      break;
    case Kind::none:
      break;
  }
  return std::ranges::find(earlier, live) != earlier.end();
}

Default outer_default_of(const Place& parent, std::string_view field) {
  return outer_default_of(parent, field, parent.type.find(field));
}

Default outer_default_of(const Place& parent, std::string_view field, const Field* known) {
  if (parent.type.kind == Type::Kind::map) {
    return of_entry(parent, field);
  }
  if (known == nullptr) {
    return {};
  }
  const auto* rules = known->rules;
  if (rules == nullptr) {
    return from_schema(*known, parent);
  }
  Default found = from_table(*rules, parent, field);
  const auto* live = rules->items.empty() ? nullptr : parent.live.find(field);
  if (live != nullptr && !found.explains(*live)) {
    found = from_items(*rules, parent, field);
  }
  if (found.kind == Default::Kind::none && found.earlier.empty()) {
    found = from_schema(*known, parent);
  }
  return found;
}

Default default_of(const Place& parent, std::string_view field) {
  Default found = outer_default_of(parent, field);
  if (found.kind == Default::Kind::value && found.value.is_map()) {
    const Type& type = *parent.type.field(field);
    if (type.kind == Type::Kind::structure) {
      found.value = completed(std::move(found.value), type, field, parent);
    }
  }
  return found;
}

bool default_item(const Place& list, const Value& item) {
  const auto* rules = list.parent != nullptr ? rules_of(list.parent->type, list.field) : nullptr;
  return rules != nullptr && is_added(*rules, *list.parent, item);
}

bool server_field(const Place& parent, std::string_view field) {
  static const StructureRules* const of_root = defaults_table().find("root");
  static const StructureRules* const of_metadata = defaults_table().find("root.metadata");
  const StructureRules* rules = parent.parent == nullptr   ? of_root
                                : is_root_metadata(parent) ? of_metadata
                                                           : parent.type.rules;
  return rules != nullptr &&
         std::ranges::any_of(rules->server_fields, [&](const ServerFields& entry) {
           return entry.fields.contains(field) && applies(entry.clause, parent);
         });
}

}  // namespace celldrift::kube
