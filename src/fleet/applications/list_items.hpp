// Items of an Application's lists, matched by what people call them.
#pragma once

#include "celldrift/core/path.hpp"
#include "celldrift/core/value.hpp"

#include <optional>
#include <vector>

namespace celldrift::fleet {

// Whether the list at `path` is one whose items have names.
bool has_named_items(const Path& path);

struct ItemPair {
  Path::Step step;
  const Value* before = nullptr;  // null where there is none
  const Value* after = nullptr;
};

// Of two lists at `path`, in the order of `after`, those that are gone last: helm.parameters by
// name, kustomize.images by image, …; by place where items have no names, or share them. Nothing
// where the same items stand in another order, which may mean something else to Argo CD.
std::optional<std::vector<ItemPair>> paired_items(const Path& path,
                                                  const Value& before,
                                                  const Value& after);

}  // namespace celldrift::fleet
