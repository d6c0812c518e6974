// One page of a list, taken apart.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/list.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::kube {

struct Page {
  std::vector<Value> objects;  // apiVersion and kind filled in
  std::string next;            // the `continue` token; "" on the last page
};

// "/apis/apps/v1/namespaces/web/deployments?limit=500&continue=…"; limit 0: none.
std::string list_path(const ListRequest& request, int limit, std::string_view continue_token);

// Throws Error(server) when the document is not a list of objects with names.
Page read_page_of(const Value& document, const ListRequest& request);

// The token of the next page, from the beginning of a page that is not parsed yet. A guess: "" when
// it is not plain to see. API servers write metadata before items.
std::string peek_continue(std::string_view body);

}  // namespace celldrift::kube
