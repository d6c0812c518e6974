// Paged lists.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/api.hpp"

#include <functional>
#include <string>

namespace celldrift::kube {

struct ListRequest {
  std::string group;     // "" is the core group
  std::string version;   // "v1"
  std::string resource;  // "deployments"
  std::string ns;        // "": all namespaces, or cluster scope
  int page_size = 500;
};

// Called with each object as it is parsed; the object's apiVersion and kind are filled in from the list's.
using OnObject = std::function<void(Value object)>;

// Reads the whole list, page by page, each parsed and dropped before the next is asked for. A 410 in the middle
// starts anew once, without `limit`; then `on_restart` is called first, and what was given before does not count.
// Throws the Error of the request that failed.
void list(Api& api, const ListRequest& request, Deadline deadline, const OnObject& on_object,
          const std::function<void()>& on_restart);

}  // namespace celldrift::kube
