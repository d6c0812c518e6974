// Live objects that are tracked as an Application's, and that none wants.

#include "celldrift/compare/match.hpp"
#include "compare/argo/beyond_git.hpp"

namespace celldrift::compare {

std::map<std::string, std::vector<ObjectResult>> find_extra(
    const std::vector<std::pair<ObjectKey, Value>>& live,
    const ExtraQuestion& question,
    const Context& context) {
  std::map<std::string, std::vector<ObjectResult>> extra;
  for (const auto& [key, object] : live) {
    const std::string_view application = tracked_by(object, context.settings);
    if (application.empty() || !question.applications.contains(application) ||
        question.desired.contains(key) || has_owner(object) || is_hook(object) ||
        context.settings.excludes(key.group_kind(), question.server)) {
      continue;
    }
    // Argo CD 3.5: such an object is shown as extra, but the Application is in sync.
    if (has_compare_option(object, "IgnoreExtraneous")) {
      continue;
    }
    extra[std::string(application)].push_back(extra_result(key, object, context.managers));
  }
  return extra;
}

}  // namespace celldrift::compare
