// The labels and annotations by which a GitOps tool marks objects as its own: never drift.
#pragma once

#include "celldrift/kube/defaults.hpp"

#include <string_view>

namespace celldrift::compare {

// True when `key` of the labels or annotations `map` is such a mark, whatever it says.
bool is_own_mark(const kube::Place& map, std::string_view key);

// True when it is `label`, by which Argo CD's label tracking names its Application, among the
// object's own: there, live always has the Application's name, whatever Git states. (Argo CD 3.5,
// resourceTrackingMethod: label, application.instanceLabelKey)
bool is_instance_label(const kube::Place& map, std::string_view key, std::string_view label);

}  // namespace celldrift::compare
