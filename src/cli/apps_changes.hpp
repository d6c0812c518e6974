// How `celldrift apps --against` shows what a change does to the Applications.
#pragma once

#include "celldrift/fleet/changes.hpp"

#include <string>

namespace celldrift::cli {

// What is compared: "v1.2 (3f2c1ab)" with "the work tree".
struct ComparedRevisions {
  std::string before;
  std::string after;
};

// By cell: "+" what is added, "-" what is removed, "~" what is changed with its fields, "?" what
// cannot be told. A last line counts.
std::string changes_text(const fleet::Changes& changes, const ComparedRevisions& revisions);

// {schema, before, after, complete, summary, changes: [...]}; see docs/apps-v1.md.
Value changes_value(const fleet::Changes& changes,
                    const ComparedRevisions& revisions,
                    bool is_complete);

}  // namespace celldrift::cli
