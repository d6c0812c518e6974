// From one manifest file to objects.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::render {

// The objects of a .yaml, .yml or .json file, lists not flattened; duplicate keys are added to
// `warnings`. As Argo CD 3.5: a YAML file whose first document is no manifest is nothing of ours
// and gives no objects, unless its text looks like one. Throws Error(parse, limit) with the line
// otherwise.
std::vector<Value> read_manifests(std::string_view name,
                                  std::string_view text,
                                  SourceId source,
                                  std::vector<Problem>& warnings);

// Replaces every object that has a list of `items` by these. Throws Error(parse) for items that are
// no manifests and for labels or annotations that are not all strings.
std::vector<Value> flattened(const std::vector<Value>& objects);

}  // namespace celldrift::render
