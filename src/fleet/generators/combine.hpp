// How matrix and merge put two sets of parameters together.
#pragma once

#include "fleet/params.hpp"

namespace celldrift::fleet {

// The matrix of fasttemplate: every value of both as a text. Throws Error(config) for a key that
// both have with different texts.
Params combined_texts(const Params& a, const Params& b, gotemplate::Heap& heap);

// Writes `over` over `params`, as mergo.Merge(&params, over, WithOverride) of mergo 1.0.2 does, in
// place: maps are merged deeply, lists and scalars (also null, "", 0 and false) replaced. Parts
// that only `over` has are then shared by both. Throws Error(config) where Go's reflect panics: a
// value of another type into a map[string]string.
void override_deeply(Params& params, const Params& over, gotemplate::Heap& heap);

// Writes `over` over `params` by top-level key.
void override_flatly(Params& params, const Params& over, gotemplate::Heap& heap);

// A copy that shares nothing but nested maps and lists.
Params shallow_copy(const Params& params, gotemplate::Heap& heap);

}  // namespace celldrift::fleet
