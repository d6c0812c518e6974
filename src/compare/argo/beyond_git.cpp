#include "compare/argo/beyond_git.hpp"

#include "compare/ownership/ownership.hpp"

namespace celldrift::compare {

std::optional<Owner> maker_of(const Value& live, const Managers& managers) {
  const Ownership ownership(live, managers);
  std::optional<Owner> first;
  for (const Claim& claim : ownership.claims()) {
    const bool earlier =
        !first || (claim.owner.time && first->time && *claim.owner.time < *first->time);
    if (claim.owner.subresource.empty() && earlier) {
      first = claim.owner;
    }
  }
  return first;
}

bool has_owner(const Value& live) {
  const Value* owners = live.find({"metadata", "ownerReferences"});
  return owners != nullptr && owners->size() != 0;
}

ObjectResult extra_result(const ObjectKey& key, const Value& live, const Managers& managers) {
  ObjectResult result{.key = key,
                      .api_version = std::string(live.string_at({"apiVersion"})),
                      .status = Status::extra};
  result.live = live;
  result.owner = maker_of(live, managers);
  return result;
}

}  // namespace celldrift::compare
