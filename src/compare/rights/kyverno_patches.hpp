// What a Kyverno rule's patches put.
#pragma once

#include "compare/rights/kyverno.hpp"

namespace celldrift::compare {

// Of patchStrategicMerge, patchesJson6902, foreach; and of verifyImages, which puts digests.
std::vector<KyvernoPatch> kyverno_patches(const Value& rule);

}  // namespace celldrift::compare
