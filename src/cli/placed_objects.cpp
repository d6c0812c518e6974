#include "cli/placed_objects.hpp"

#include "cli/likeness.hpp"
#include "cli/managed_namespace.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

using Object = PlacedObjects::value_type;

void add_sources(const Placements::Sources& sources, Likeness& likeness) {
  likeness.number(sources.size());
  for (const auto& source : sources) {
    likeness.address(source.get());
  }
}

Hash sum_of(const ScopeTable& table) {
  Likeness likeness(Question::scope_tables);
  for (const auto& [kind, scope] : table.kinds()) {
    likeness.text(kind.group).text(kind.kind).number(std::uint64_t(scope));
  }
  return likeness.sum();
}

// What Git itself states of the Namespace wins.
void add_managed_namespace(std::optional<Object> object,
                           PlacedObjects::List& objects,
                           Placements::Placement& placement) {
  const auto is_it = [&](const Object& each) { return object && each.first == object->first; };
  if (object && std::ranges::none_of(objects, is_it)) {
    placement.managed_namespace = object->first;
    objects.push_back(*std::move(object));
  }
}

}  // namespace

PlacedObjects changed(const PlacedObjects& objects,
                      const std::function<Value(const ObjectKey&, const Value&)>& change) {
  PlacedObjects::List* own = nullptr;
  PlacedObjects result = objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto& [key, before] = objects[i];
    Value after = change(key, before);
    if (own == nullptr && !(after.same_node(before) && after.mark() == before.mark())) {
      own = &result.own();
    }
    if (own != nullptr) {
      (*own)[i].second = std::move(after);
    }
  }
  return result;
}

Placements::Placement Placements::place(const Sources& sources,
                                        const fleet::Application& application,
                                        const std::shared_ptr<const ScopeTable>& scopes) {
  std::optional<Object> name_space = managed_namespace(application);
  Likeness likeness(Question::placing);
  add_sources(sources, likeness);
  likeness.address(scopes.get()).text(application.destination_namespace);
  if (name_space) {
    likeness.content(name_space->second);
  }
  const Hash sum = likeness.sum();
  if (const auto known = placed_.find(sum)) {
    return known->placement;
  }
  render::Desired desired = render::place(sources, application, *scopes);
  Placement placement{.warnings = std::move(desired.warnings)};
  add_managed_namespace(std::move(name_space), desired.objects, placement);
  placement.objects = std::move(desired.objects);
  // Warnings name the Application.
  return placement.warnings.empty()
             ? placed_.add(sum, std::make_shared<const Placed>(placement, sources, scopes))
                   ->placement
             : placement;
}

std::shared_ptr<const ScopeTable> Placements::scopes(const std::vector<const Sources*>& sources,
                                                     const ScopeTable& served) {
  Likeness likeness(Question::scopes);
  for (const Sources* each : sources) {
    add_sources(*each, likeness);
  }
  const Hash sum = likeness.hash(sum_of(served)).sum();
  if (const auto known = scopes_.find(sum)) {
    return known->table;
  }
  ScopeTable table = ScopeTable::builtin();
  Scopes made;
  for (const Sources* each : sources) {
    std::ranges::for_each(*each,
                          [&](const auto& source) { table.add_definitions(source->objects); });
    made.sources.push_back(*each);
  }
  table.add(served);
  const Hash content = sum_of(table);
  made.table = tables_.add(content, std::make_shared<const ScopeTable>(std::move(table)));
  return scopes_.add(sum, std::make_shared<const Scopes>(std::move(made)))->table;
}

PlacedObjects Placements::only(const PlacedObjects& objects,
                               const Hash& kinds,
                               const std::function<bool(const GroupKind&)>& is_one) {
  const Hash sum = Likeness(Question::parts).address(objects.identity()).hash(kinds).sum();
  auto known = parts_.find(sum);
  if (known == nullptr) {
    PlacedObjects::List some;
    std::ranges::copy_if(objects, std::back_inserter(some), [&](const Object& object) {
      return is_one(object.first.group_kind());
    });
    known = parts_.add(sum, std::make_shared<const Part>(objects, PlacedObjects(std::move(some))));
  }
  return known->objects;
}

}  // namespace celldrift::cli
