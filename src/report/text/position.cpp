#include "report/text/position.hpp"

#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"
#include "report/wording/words.hpp"

#include <vector>

namespace celldrift::report {
namespace {

using audit::Finding;
using audit::ValueGroup;

std::string order_text(const audit::Lag& lag) {
  const std::string steps = lag.by ? describe(*lag.by) : "";
  return lag.order < 0   ? (steps.empty() ? "" : steps + " ") + "behind"
         : lag.order > 0 ? (steps.empty() ? "" : steps + " ") + "ahead"
                         : "differs";
}

// Why a group is where it is, as far as the lines below do not say it.
std::string why_text(const Finding& finding, const audit::Lag& lag) {
  using Why = audit::Lag::Why;
  const bool is_mixed = finding.severity == audit::Severity::error;
  switch (lag.why) {
    case Why::hand:
      return ", set by hand (" + lag.changed_by + ")";
    case Why::lag:
      return lag.commits ? ", " + count(*lag.commits, "commit") + " behind Git"
                         : ", applied by " + lag.changed_by;
    case Why::declared:
      return is_mixed ? ", declared in Git" : "";
    case Why::unknown:
      return is_mixed && !finding.want ? ", Git wants another" : "";
    case Why::silent:
      break;
  }
  return "";
}

}  // namespace

std::string position(const Finding& finding, const ValueGroup& group) {
  std::vector<std::string> parts;
  for (const audit::Lag& lag : finding.lag) {
    if (lag.value == group.value) {
      const std::string who =
          lag.cells.size() < group.cells.size() && !lag.cells.empty()
              ? lag.cells.front() + (lag.cells.size() > 1 ? " and others " : " ")
              : "";
      parts.push_back(who + order_text(lag) + why_text(finding, lag));
    }
  }
  const bool is_fleet = parts.empty();
  if (is_fleet && finding.severity == audit::Severity::error && !finding.want && group.declared) {
    return " (declared in Git)";
  }
  return is_fleet ? "" : " ← " + join(parts, "; ");
}

}  // namespace celldrift::report
