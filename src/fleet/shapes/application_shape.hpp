// The shapes of Argo CD 3.5's Application and of the template in an ApplicationSet.
#pragma once

#include "fleet/shapes/shape.hpp"

namespace celldrift::fleet {

extern const Shape application_spec_shape;
// {metadata: {name, namespace, labels, annotations, finalizers}, spec: ApplicationSpec}
extern const Shape template_shape;
extern const Shape finalizers_shape;
extern const Shape label_selector_shape;

}  // namespace celldrift::fleet
