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
  std::string
      kind;  // of objects that do not say it themselves; "": what the list's kind is a list of
  std::string ns;                   // "": all namespaces, or cluster scope
  std::string label_selector = "";  // as kubectl's -l; "": all
  int page_size = 500;
};

// Called with each object as its page is parsed; apiVersion and kind are filled in where it lacks
// them.
using OnObject = std::function<void(Value object)>;

// Reads the whole list, page by page, each parsed and dropped before the next is asked for. A 410
// in the middle starts anew once, without `limit`; then `on_restart` is called first, and what was
// given before does not count. A page that is too large to be taken is asked for again in smaller
// pieces. Throws the Error of the request that failed, Error(server) for an answer that is no list,
// Error(limit) past 1 GiB: then what was given does not count.
void list(Api& api,
          const ListRequest& request,
          Deadline deadline,
          const OnObject& on_object,
          const std::function<void()>& on_restart);

}  // namespace celldrift::kube
