// DryRun: what an API server would make of an object if it were applied. An edge of celldrift: the
// real client and a fake in memory.
//
// Beside Api's GETs the only thing that celldrift can send to an API server, and only when somebody
// asks for it (--server-dry-run). It cannot store anything: the server is always told dryRun=All.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/api.hpp"

#include <future>
#include <string>

namespace celldrift::kube {

// An object's place in the API.
struct DryRunTarget {
  std::string api_version;  // "apps/v1"
  std::string resource;     // "deployments"
  std::string ns;           // "" for cluster scope
  std::string name;
};

struct DryRunAnswer {
  // What would be live; null when the server would not have it.
  Value object;
  // Why it would not: a field that cannot be changed, an invalid value, a webhook that objects.
  // Of a Secret it names the fields only, as the server quotes their values.
  std::string refused;
};

class DryRun {
 public:
  virtual ~DryRun() = default;

  // Starts a server-side apply of `object` as Argo CD does it (field manager argocd-controller,
  // conflicts forced) that ends before anything is stored. What only the server writes is left out
  // of `object`. The future gives the answer, or throws the Error that it ended in, as Api::get
  // does.
  virtual std::future<DryRunAnswer> apply(const DryRunTarget& target,
                                          const Value& object,
                                          Deadline deadline) = 0;
};

}  // namespace celldrift::kube
