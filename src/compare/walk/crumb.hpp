// One step of the way from an object's root. A walk keeps crumbs on its stack; Paths, and what
// managedFields says, are only looked up for what differs.
#pragma once

#include "celldrift/core/path.hpp"
#include "celldrift/kube/defaults.hpp"

#include <optional>
#include <string_view>

namespace celldrift::compare {

struct Crumb {
  enum class Step { root, field, item, member, index } step = Step::root;
  const Crumb* parent = nullptr;
  const kube::Type* of = nullptr;  // the type of the node that it is a step from
  std::string_view field = {};
  const kube::Place* item = nullptr;      // of an item: its place, which tells its keys
  const Value* member = nullptr;          // of a member: its value
  std::optional<std::size_t> index = {};  // in live; of an item or member that live lacks: nothing
};

Crumb field_crumb(const Crumb& parent, const kube::Type& of, std::string_view field);
Crumb item_crumb(const Crumb& parent,
                 const kube::Type& of,
                 const kube::Place& item,
                 std::optional<std::size_t> index);
Crumb member_crumb(const Crumb& parent,
                   const kube::Type& of,
                   const Value& value,
                   std::optional<std::size_t> index);
Crumb index_crumb(const Crumb& parent, const kube::Type& of, std::size_t index);

Path path_of(const Crumb& crumb);

}  // namespace celldrift::compare
