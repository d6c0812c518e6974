// Puts differences back: what live is once each of them is undone.
#pragma once

#include "celldrift/compare/compare.hpp"

#include <algorithm>
#include <span>

namespace celldrift {

using Steps = std::span<const Path::Step>;

// Stands for what goes: the others keep their places until all are put back.
inline Value gone() {
  return Value::string("\x01gone");
}

// The position in a list of what a step names; the list's size when it is not there.
inline std::size_t position_in(const Value& list, const Path::Step& step) {
  const auto items = list.items();
  if (const auto* member = std::get_if<Path::Member>(&step)) {
    return std::size_t(std::ranges::find(items, member->value) - items.begin());
  }
  if (const auto* item = std::get_if<Path::Item>(&step)) {
    return item->index.value_or(items.size());
  }
  return std::get<Path::Index>(step).index;
}

inline Value restored_at(const Value& live, Steps steps, const compare::Difference& difference);

inline Value restored_in_list(const Value& list,
                              Steps steps,
                              const compare::Difference& difference) {
  Value::List items(list.items().begin(), list.items().end());
  const std::size_t at = position_in(list, steps[0]);
  const bool is_last = steps.size() == 1;
  if (is_last && difference.change == compare::Change::added) {
    items[at] = gone();
  } else if (is_last && at >= items.size()) {
    items.push_back(*difference.want);
  } else if (is_last) {
    items[at] = *difference.want;
  } else if (at < items.size()) {
    items[at] = restored_at(items[at], steps.subspan(1), difference);
  }
  return Value::list(std::move(items));
}

inline Value restored_at(const Value& live, Steps steps, const compare::Difference& difference) {
  const auto* field = std::get_if<Path::Field>(&steps[0]);
  if (field == nullptr) {
    return restored_in_list(live, steps, difference);
  }
  if (steps.size() == 1) {
    const bool is_added = difference.change == compare::Change::added;
    return live.with(field->name, is_added ? gone() : *difference.want);
  }
  const Value* inner = live.find(field->name);
  Value start = inner != nullptr && !inner->is_null() ? *inner : Value();
  if (start.is_null() && std::get_if<Path::Field>(&steps[1]) == nullptr) {
    start = Value::list({});
  }
  return live.with(field->name, restored_at(start, steps.subspan(1), difference));
}

// Whether what is empty then goes with it: the API server would fill in or drop it.
enum class Empty { stays, goes };

inline Value without_gone(const Value& value, Empty empty) {
  if (value.size() == 0) {
    return value;
  }
  Value::Map entries;
  for (const Value::Entry& entry : value.entries()) {
    Value kept = without_gone(entry.value, empty);
    if (!(kept == gone())) {
      entries.push_back({entry.key, std::move(kept)});
    }
  }
  Value::List items;
  for (const Value& item : value.items()) {
    Value kept = without_gone(item, empty);
    if (!(kept == gone())) {
      items.push_back(std::move(kept));
    }
  }
  if (empty == Empty::goes && entries.empty() && items.empty()) {
    return gone();
  }
  return value.is_map() ? Value::map(std::move(entries)) : Value::list(std::move(items));
}

inline Value restored_by(const std::vector<compare::Difference>& differences,
                         Value live,
                         Empty empty) {
  for (const compare::Difference& difference : differences) {
    live = restored_at(live, difference.path.steps(), difference);
  }
  return without_gone(live, empty);
}

}  // namespace celldrift
