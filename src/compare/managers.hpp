// What kind of writer a field manager is.
#pragma once

#include <string_view>

namespace celldrift::compare {

enum class ManagerClass {
  applier,     // applies what Git says: Argo CD, Flux, `kubectl apply`
  controller,  // part of Kubernetes or an operator: it writes by right
  hand,        // a person or a deploy tool; also everything that is not known
};

// By the manager's name, which is whatever the client sent.
ManagerClass classify(std::string_view manager);

}  // namespace celldrift::compare
