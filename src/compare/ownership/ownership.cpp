#include "compare/ownership/ownership.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// The API server's own name for everything that an object had before its managedFields were kept:
// nobody's.
constexpr std::string_view nobody = "before-first-apply";

bool owns_last_applied(const Value& fields) {
  return fields.find({"f:metadata",
                      "f:annotations",
                      "f:kubectl.kubernetes.io/last-applied-configuration"}) != nullptr;
}

Owner owner_of(const Value& entry) {
  return {.manager = std::string(entry.string_at({"manager"})),
          .operation = std::string(entry.string_at({"operation"})),
          .subresource = std::string(entry.string_at({"subresource"})),
          .time = parse_time(entry.string_at({"time"}))};
}

}  // namespace

Ownership::Ownership(const Value& live, const Managers& managers) {
  const Value* entries = live.find({"metadata", "managedFields"});
  if (entries == nullptr) {
    return;
  }
  for (const Value& entry : entries->items()) {
    const Value* fields = entry.find("fieldsV1");
    if (fields == nullptr || fields->size() == 0) {
      continue;  // `[{}]` is what remains when somebody empties managedFields
    }
    recorded_ = true;
    if (entry.string_at({"manager"}) != nobody) {
      claims_.push_back({.owner = owner_of(entry), .fields = fields});
      claims_.back().took_over = claims_.back().is_apply() && owns_last_applied(*fields);
    }
  }
  classify(managers);
  mark_maker(parse_time(live.string_at({"metadata", "creationTimestamp"})));
}

// Somebody's `kubectl apply` on an object that Argo CD applies is no GitOps, though it is where
// nothing else applies Git.
void Ownership::classify(const Managers& managers) {
  const auto beside_gitops = [&](const Owner& owner) {
    return managers.classify_beside_gitops(owner.manager, owner.operation, owner.subresource);
  };
  const bool has_tool = std::ranges::any_of(claims_, [&](const Claim& claim) {
    return beside_gitops(claim.owner) == ManagerClass::gitops;
  });
  for (Claim& claim : claims_) {
    Owner& owner = claim.owner;
    owner.kind = has_tool ? beside_gitops(owner)
                          : managers.classify(owner.manager, owner.operation, owner.subresource);
  }
}

void Ownership::mark_maker(std::optional<Time> created) {
  const auto is_of_that_second = [&](const Claim& claim) {
    return created && claim.owner.time == created && claim.owner.subresource.empty();
  };
  const bool applied = std::ranges::any_of(claims_, [&](const Claim& claim) {
    return claim.owner.kind == ManagerClass::gitops && is_of_that_second(claim);
  });
  for (Claim& claim : claims_) {
    claim.is_maker = !applied && !claim.is_apply() && is_of_that_second(claim);
  }
}

}  // namespace celldrift::compare
