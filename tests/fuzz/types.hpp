// Laws of types.
#pragma once

#include "celldrift/kube/schema.hpp"
#include "input.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

namespace celldrift::fuzz {

// Walks to each type once, however they refer to each other: fields are sorted, are found by their
// names and have types.
inline void walk_types(const kube::Type& root) {
  std::set<const kube::Type*> seen;
  std::vector<const kube::Type*> open = {&root};
  while (!open.empty()) {
    const auto* type = open.back();
    open.pop_back();
    if (!seen.insert(type).second) {
      continue;
    }
    must(std::ranges::adjacent_find(
             type->fields, std::ranges::greater_equal{}, &kube::Field::name) == type->fields.end());
    for (const auto& field : type->fields) {
      must(type->find(field.name) == &field && field.type != nullptr);
      open.push_back(field.type);
    }
    open.push_back(type->item());
  }
}

}  // namespace celldrift::fuzz
