// Who wrote a live object: the entries of metadata.managedFields.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/value.hpp"

#include <vector>

namespace celldrift::compare {

// One entry of managedFields.
struct Claim {
  Owner owner;  // `kind` says what kind of writer, here: see Managers::classify_beside_gitops
  // It made the object by an ordinary write, and so owns every default as well. Told by the time of
  // creation, in whole seconds: where who applies Git has a claim of that second, it was that one.
  bool is_maker = false;
  // An Apply that took over what an ordinary apply owned, defaults included: `kubectl apply
  // --server-side` does so, and lets go of the defaults by applying again, which fails where one
  // cannot be changed (a Pod's imagePullPolicy). Told by owning last-applied, which no Apply
  // states.
  bool took_over = false;
  const Value* fields = nullptr;  // its fieldsV1

  bool owns_defaults() const { return is_maker || took_over; }
  bool is_apply() const { return owner.operation == "Apply"; }
};

// All claims on an object. Points into the live Value, which must outlive it. Entries are whatever
// somebody wrote into them: what is malformed claims nothing.
class Ownership {
 public:
  Ownership(const Value& live, const Managers& managers);

  const std::vector<Claim>& claims() const { return claims_; }
  // False where managedFields is missing or was emptied: then nothing can be learnt from who owns
  // what.
  bool recorded() const { return recorded_; }

 private:
  void classify(const Managers& managers);
  void mark_maker(std::optional<Time> created);

  std::vector<Claim> claims_;
  bool recorded_ = false;
};

}  // namespace celldrift::compare
