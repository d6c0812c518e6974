#include "compare/walk/crumb.hpp"

#include "compare/walk/item_keys.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

Path::Step step_of(const Crumb& crumb) {
  switch (crumb.step) {
    case Crumb::Step::root:
    case Crumb::Step::field:
      break;
    case Crumb::Step::item: {
      Path::Item item{.keys = {}, .index = crumb.index};
      const Value keys = keys_of(*crumb.item, *crumb.of);
      for (const Value::Entry& key : keys.entries()) {
        item.keys.emplace_back(key.key.str(), key.value);
      }
      return item;
    }
    case Crumb::Step::member:
      return Path::Member{*crumb.member, crumb.index};
    case Crumb::Step::index:
      return Path::Index{crumb.index.value_or(0)};
  }
  return Path::Field{std::string(crumb.field)};
}

}  // namespace

Crumb field_crumb(const Crumb& parent, const kube::Type& of, std::string_view field) {
  return {.step = Crumb::Step::field, .parent = &parent, .of = &of, .field = field};
}

Crumb item_crumb(const Crumb& parent,
                 const kube::Type& of,
                 const kube::Place& item,
                 std::optional<std::size_t> index) {
  return {.step = Crumb::Step::item, .parent = &parent, .of = &of, .item = &item, .index = index};
}

Crumb member_crumb(const Crumb& parent,
                   const kube::Type& of,
                   const Value& value,
                   std::optional<std::size_t> index) {
  return {
      .step = Crumb::Step::member, .parent = &parent, .of = &of, .member = &value, .index = index};
}

Crumb index_crumb(const Crumb& parent, const kube::Type& of, std::size_t index) {
  return {.step = Crumb::Step::index, .parent = &parent, .of = &of, .index = index};
}

Path path_of(const Crumb& crumb) {
  std::vector<Path::Step> steps;
  for (const Crumb* at = &crumb; at->step != Crumb::Step::root; at = at->parent) {
    steps.push_back(step_of(*at));
  }
  std::ranges::reverse(steps);
  return Path(std::move(steps));
}

}  // namespace celldrift::compare
