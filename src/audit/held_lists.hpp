// Lists of objects with the Applications that hold them: what is to be said of a list is worked out
// once, however many cells are alike.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <vector>

namespace celldrift::audit {

struct HeldList {
  const compare::ObjectResults& objects;
  std::vector<const ComparedApplication*> holders;  // as they come; one at least
};

// By their first holders. What it is made of must outlive it. O(applications).
std::vector<HeldList> held_lists(const std::vector<ComparedApplication>& applications);

}  // namespace celldrift::audit
