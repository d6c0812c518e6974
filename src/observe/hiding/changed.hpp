// Values with some of what is in them changed, without a copy where nothing is.
#pragma once

#include "celldrift/core/value.hpp"

#include <optional>
#include <utility>

namespace celldrift::observe {

// A copy of a map or list with those of its values changed that `change` changes; the very same
// when none is, and what is no map or list.
template <class Change>
Value with_changed(const Value& map, const Change& change) {
  std::optional<Value::Map> entries;
  for (std::size_t i = 0; i < map.entries().size(); ++i) {
    const Value::Entry& entry = map.entries()[i];
    Value changed = change(entry);
    if (!entries && !changed.same_node(entry.value)) {
      entries.emplace(map.entries().begin(), map.entries().end());
    }
    if (entries) {
      (*entries)[i].value = std::move(changed);
    }
  }
  return entries ? Value::map(*std::move(entries)).with_mark(map.mark()) : map;
}

template <class Change>
Value with_changed_items(const Value& list, const Change& change) {
  std::optional<Value::List> items;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    Value changed = change(list.items()[i]);
    if (!items && !changed.same_node(list.items()[i])) {
      items.emplace(list.items().begin(), list.items().end());
    }
    if (items) {
      (*items)[i] = std::move(changed);
    }
  }
  return items ? Value::list(*std::move(items)).with_mark(list.mark()) : list;
}

}  // namespace celldrift::observe
