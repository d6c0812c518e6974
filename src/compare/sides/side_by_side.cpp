#include "celldrift/compare/side_by_side.hpp"

#include "compare/sides/partings.hpp"

#include <algorithm>
#include <set>

namespace celldrift::compare {

std::vector<Parting> partings(std::span<const Side> sides,
                              const kube::Schema& schema,
                              std::string_view instance_label,
                              const Abstract& abstract) {
  return sides.empty() ? std::vector<Parting>()
                       : SideWalk(schema, instance_label, abstract).run(sides);
}

Value abstracted(const Value& value, const std::function<std::string(std::string_view)>& abstract) {
  if (value.is_string()) {
    return Value::string(abstract(value.as_string()));
  }
  if (value.is_list()) {
    Value::List items;
    for (const Value& item : value.items()) {
      items.push_back(abstracted(item, abstract));
    }
    return Value::list(std::move(items));
  }
  if (!value.is_map()) {
    return value;
  }
  Value::Map entries;
  std::set<std::string> keys;
  for (const Value::Entry& entry : value.entries()) {
    std::string key = abstract(entry.key.view());
    // Two keys may come to be one: then the second stays as it is, unless that is there as well.
    if (!keys.insert(key).second) {
      key = entry.key.str();
      if (!keys.insert(key).second) {
        continue;
      }
    }
    entries.push_back({SharedString(key), abstracted(entry.value, abstract)});
  }
  return Value::map(std::move(entries));
}

Value without_own(const Value& live) {
  static constexpr std::string_view of_metadata[] = {
      "uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink"};
  Value::Map entries;
  for (const Value::Entry& entry : live.entries()) {
    if (entry.key.view() == "metadata") {
      Value::Map kept;
      for (const Value::Entry& field : entry.value.entries()) {
        if (std::ranges::find(of_metadata, field.key.view()) == std::end(of_metadata)) {
          kept.push_back(field);
        }
      }
      entries.push_back({entry.key, Value::map(std::move(kept))});
    } else if (entry.key.view() != "status") {
      entries.push_back(entry);
    }
  }
  return Value::map(std::move(entries));
}

}  // namespace celldrift::compare
