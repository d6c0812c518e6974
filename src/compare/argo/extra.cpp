// Live objects that no Application wants: those tracked as one's, and those that are nobody's.

#include "celldrift/compare/match.hpp"
#include "celldrift/core/glob.hpp"
#include "compare/ownership/ownership.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

bool has_owner(const Value& live) {
  const Value* owners = live.find({"metadata", "ownerReferences"});
  return owners != nullptr && owners->size() != 0;
}

// Who made an object: the first of its writers.
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

ObjectResult extra_result(const ObjectKey& key, const Value& live, const Managers& managers) {
  ObjectResult result{.key = key,
                      .api_version = std::string(live.string_at({"apiVersion"})),
                      .status = Status::extra};
  result.live = live;
  result.owner = maker_of(live, managers);
  return result;
}

}  // namespace

std::map<std::string, std::vector<ObjectResult>> find_extra(
    const std::vector<std::pair<ObjectKey, Value>>& live,
    const ExtraQuestion& question,
    const Context& context) {
  std::map<std::string, std::vector<ObjectResult>> extra;
  for (const auto& [key, object] : live) {
    const std::string application = tracked_by(object, context.settings);
    if (!question.applications.contains(application) || question.desired.contains(key) ||
        has_owner(object) || is_hook(object) ||
        context.settings.excludes(key.group_kind(), question.server)) {
      continue;
    }
    // Argo CD 3.5: such an object is shown as extra, but the Application is in sync.
    if (has_compare_option(object, "IgnoreExtraneous")) {
      continue;
    }
    extra[application].push_back(extra_result(key, object, context.managers));
  }
  return extra;
}

}  // namespace celldrift::compare
