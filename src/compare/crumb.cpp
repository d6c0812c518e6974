#include "compare/crumb.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

Path::Step make_item(const Crumb& crumb) {
  Path::Item item{.keys = {}, .index = crumb.index};
  for (const Value::Entry& key : crumb.keys->entries()) {
    item.keys.emplace_back(key.key.str(), key.value);
  }
  return item;
}

}  // namespace

Crumb field_crumb(const Crumb& parent, std::string_view field) {
  return {.parent = &parent,
          .make = [](const Crumb& crumb) -> Path::Step {
            return Path::Field{std::string(crumb.field)};
          },
          .field = field};
}

Crumb item_crumb(const Crumb& parent, const Value& keys, std::optional<std::size_t> index) {
  return {.parent = &parent, .make = make_item, .keys = &keys, .index = index};
}

Crumb member_crumb(const Crumb& parent, const Value& value, std::optional<std::size_t> index) {
  return {.parent = &parent,
          .make = [](const Crumb& crumb) -> Path::Step {
            return Path::Member{*crumb.keys, crumb.index};
          },
          .keys = &value,
          .index = index};
}

Crumb index_crumb(const Crumb& parent, std::size_t index) {
  return {.parent = &parent,
          .make = [](const Crumb& crumb) -> Path::Step { return Path::Index{*crumb.index}; },
          .index = index};
}

Path path_of(const Crumb& crumb) {
  std::vector<Path::Step> steps;
  for (const Crumb* at = &crumb; at->make != nullptr; at = at->parent) {
    steps.push_back(at->make(*at));
  }
  std::ranges::reverse(steps);
  return Path(std::move(steps));
}

}  // namespace celldrift::compare
