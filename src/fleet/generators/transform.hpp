// One entry of spec.generators, or of a matrix or merge, to sets of parameters.
#pragma once

#include "fleet/generators/generator.hpp"

#include <vector>

namespace celldrift::fleet {

// What one kind in an entry gave.
struct Batch {
  std::string_view kind;
  std::vector<Params> params;  // those that the entry's selector keeps
};

// As Argo CD's Transform: each kind in the entry runs, rendered with the parent's parameters first
// where there are some. The first failing kind fails the entry. `entry` is checked().
std::vector<Batch> transform(const Value& entry,
                             const Params* parent,
                             const GeneratorContext& context);

// The parameters of a child of a matrix or merge, which must be of exactly one kind. `place` is
// where it is, for errors: "generators[1]".
std::vector<Params> child_params(const Value& entry,
                                 const Params* parent,
                                 const GeneratorContext& context,
                                 const std::string& place);

}  // namespace celldrift::fleet
