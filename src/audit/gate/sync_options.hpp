// How Argo CD syncs: what an Application, and an object of it, say of that.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift::audit {

// The options of one object: its own annotation argocd.argoproj.io/sync-options before the
// Application's spec.syncPolicy.syncOptions. (Argo CD 3.5)
class SyncOptions {
 public:
  // Both must outlive it; null for none.
  SyncOptions(const Value& application, const Value& object)
      : application_(application), object_(object) {}

  // "Prune" -> "false"; "" where nobody says.
  std::string_view value(std::string_view option) const;
  bool has(std::string_view option, std::string_view wanted) const {
    return value(option) == wanted;
  }

 private:
  const Value& application_;
  const Value& object_;
};

// Whether objects that Git no longer wants are deleted without somebody asking for it.
bool prunes_by_itself(const Value& application);

// Why an object that Git no longer wants stays where it is; "" when it is deleted.
std::string why_left(const Value& application, const Value& live);
// The same for an object of an Application that is itself deleted.
std::string why_left_behind(const Value& application, const Value& live);

}  // namespace celldrift::audit
