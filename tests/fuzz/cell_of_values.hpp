// A cell of the objects of an input, as rights are asked of it.
#pragma once

#include "celldrift/compare/rights.hpp"
#include "celldrift/core/object.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace celldrift::fuzz {

// All of the view refers to `objects`.
inline compare::CellView view_of(std::span<const Value> objects) {
  const auto all = [objects](const GroupKind& kind) {
    std::vector<const Value*> found;
    for (const Value& object : objects) {
      if (key_of(object).group_kind() == kind) {
        found.push_back(&object);
      }
    }
    return found;
  };
  const auto unknown = [](const GroupKind&, std::string_view) -> std::optional<std::string> {
    return std::nullopt;
  };
  return {.all = all, .unknown = unknown};
}

}  // namespace celldrift::fuzz
