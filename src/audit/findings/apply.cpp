#include "audit/findings/apply.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using Steps = std::span<const Path::Step>;
using New = std::optional<Value>;

New changed(const Value* at, Steps steps, const New& have);

// The child after the rest of the path; what it had when the path ends in something that is gone.
New child_of(const Value* child, Steps steps, const New& have) {
  return steps.size() == 1 ? have : changed(child, steps.subspan(1), have);
}

New in_map(const Value* at, const Path::Field& field, Steps steps, const New& have) {
  const Value map = at != nullptr && at->is_map() ? *at : Value();
  const Value* old = map.find(field.name);
  const New next = child_of(old, steps, have);
  if (next) {
    return map.with(field.name, *next);
  }
  if (old != nullptr) {
    return map.without(field.name);
  }
  return at != nullptr ? New(*at) : New();
}

// Git may leave out keys that have a default.
bool has_keys(const Value& item, const Path::Item& wanted) {
  return item.is_map() && std::ranges::all_of(wanted.keys, [&](const auto& key) {
           const Value* value = item.find(key.first);
           return value == nullptr || *value == key.second;
         });
}

std::size_t place_of(const Value::List& items, const Path::Step& step) {
  const auto position = [&](auto matches) {
    return std::size_t(std::ranges::find_if(items, matches) - items.begin());
  };
  if (const auto* item = std::get_if<Path::Item>(&step)) {
    return position([&](const Value& each) { return has_keys(each, *item); });
  }
  if (const auto* member = std::get_if<Path::Member>(&step)) {
    return position([&](const Value& each) { return each == member->value; });
  }
  return std::min(std::get<Path::Index>(step).index, items.size());
}

New in_list(const Value* at, Steps steps, const New& have) {
  const std::span<const Value> old = at != nullptr ? at->items() : std::span<const Value>{};
  Value::List items(old.begin(), old.end());
  const std::size_t place = place_of(items, steps.front());
  const bool is_there = place < items.size();
  const New next = child_of(is_there ? &items[place] : nullptr, steps, have);
  if (is_there && next) {
    items[place] = *next;
  } else if (is_there) {
    items.erase(items.begin() + std::ptrdiff_t(place));
  } else if (next && have) {
    items.push_back(*next);
  } else {
    return at != nullptr ? New(*at) : New();
  }
  return Value::list(std::move(items));
}

New changed(const Value* at, Steps steps, const New& have) {
  const auto* field = std::get_if<Path::Field>(&steps.front());
  return field != nullptr ? in_map(at, *field, steps, have) : in_list(at, steps, have);
}

}  // namespace

Value with_differences(Value desired, std::span<const compare::Difference> differences) {
  std::vector<std::pair<std::string, const compare::Difference*>> sorted;
  for (const compare::Difference& difference : differences) {
    sorted.emplace_back(difference.path.text(), &difference);
  }
  std::ranges::stable_sort(sorted, {}, &std::pair<std::string, const compare::Difference*>::first);
  for (const auto& [path, difference] : sorted) {
    const std::vector<Path::Step>& steps = difference->path.steps();
    if (!steps.empty()) {
      desired = changed(&desired, steps, difference->have).value_or(Value());
    } else if (difference->have) {
      desired = *difference->have;
    }
  }
  return desired;
}

}  // namespace celldrift::audit
