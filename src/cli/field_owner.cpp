#include "cli/field_owner.hpp"

#include <algorithm>
#include <variant>

namespace celldrift::cli {
namespace {

// Each writer to the object itself.
template <class Visit>
void each_entry(const Value& live, const Visit& visit) {
  if (const Value* entries = live.find({"metadata", "managedFields"})) {
    for (const Value& entry : entries->items()) {
      if (entry.string_at({"subresource"}).empty()) {
        visit(entry);
      }
    }
  }
}

compare::Owner owner_of(const Value& entry, const compare::Managers& managers) {
  const std::string_view manager = entry.string_at({"manager"});
  const std::string_view operation = entry.string_at({"operation"});
  return {.manager = std::string(manager),
          .operation = std::string(operation),
          .subresource = {},
          .time = parse_time(entry.string_at({"time"})),
          .kind = managers.classify(manager, operation, "")};
}

// True where the set of fields has the path, or a leaf on the way to it.
bool owns(const Value* fields, const Path& path) {
  for (const Path::Step& step : path.steps()) {
    const auto* field = std::get_if<Path::Field>(&step);
    const bool is_leaf = fields != nullptr && fields->size() == 0;
    if (fields == nullptr || is_leaf || field == nullptr) {
      return is_leaf;
    }
    fields = fields->find("f:" + field->name);
  }
  return fields != nullptr;
}

}  // namespace

std::optional<compare::Owner> field_owner(const Value& live,
                                          const Path& path,
                                          const compare::Managers& managers) {
  std::optional<compare::Owner> last;
  each_entry(live, [&](const Value& entry) {
    if (owns(entry.find("fieldsV1"), path)) {
      compare::Owner owner = owner_of(entry, managers);
      if (!last || last->time <= owner.time) {
        last = std::move(owner);
      }
    }
  });
  return last;
}

std::optional<compare::Owner> first_owner(const Value& live, const compare::Managers& managers) {
  std::optional<compare::Owner> first;
  each_entry(live, [&](const Value& entry) {
    compare::Owner owner = owner_of(entry, managers);
    if (owner.time && (!first || *owner.time < *first->time)) {
      first = std::move(owner);
    }
  });
  return first;
}

}  // namespace celldrift::cli
