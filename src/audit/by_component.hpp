// Applications lined up by component.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace celldrift::audit {

using Applications = std::vector<const ComparedApplication*>;

struct OfComponent {
  std::string_view component;
  Applications applications;  // by cell; those of one cell as they come
};

// Sorted by component. What it is made of must outlive it. O(applications).
std::vector<OfComponent> by_component(const std::vector<ComparedApplication>& applications);

// True when no cell has two of them. They are sorted by cell.
bool is_one_in_each_cell(std::span<const ComparedApplication* const> applications);

// True when all share one list of objects: then whatever is to be said of the objects of one is to
// be said of all. False tells nothing.
bool share_objects(std::span<const ComparedApplication* const> applications);

}  // namespace celldrift::audit
