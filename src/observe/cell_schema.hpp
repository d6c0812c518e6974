// The types of the kinds that are read of a cell.
#pragma once

#include "celldrift/observe/observe.hpp"

#include <map>
#include <string>

namespace celldrift::observe {

struct CellSchema {
  kube::Schema schema = kube::Schema::builtin();
  // Group-versions whose types could not be learnt: "example.com/v1" -> why.
  std::map<std::string, std::string> gaps;
};

// Asks the cell for what the built-in types do not cover: custom kinds, and Kubernetes' own where
// the cell has another minor version. Throws nothing for what the cell does.
CellSchema read_schema(kube::Api& api,
                       const Reached& reached,
                       const std::map<GroupKind, Wanted>& kinds,
                       SchemaCache& cache,
                       std::size_t in_flight);

}  // namespace celldrift::observe
