// Kinds that more than one module looks for.
#pragma once

#include "celldrift/core/object.hpp"

namespace celldrift {

inline const GroupKind pod_kind{"", "Pod"};
inline const GroupKind namespace_kind{"", "Namespace"};
inline const GroupKind limit_range_kind{"", "LimitRange"};
inline const GroupKind definition_kind{"apiextensions.k8s.io", "CustomResourceDefinition"};

}  // namespace celldrift
