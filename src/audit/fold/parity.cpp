// One webhook, or one other default, shows in many objects.
#include "audit/fold/fold.hpp"

#include <algorithm>

namespace celldrift::audit {

std::vector<Group> group_parity(const std::vector<Finding>& findings, const Indexes& alone) {
  Indexes parity;
  std::ranges::copy_if(alone, std::back_inserter(parity), [&](std::size_t i) {
    return findings[i].category == Category::parity;
  });
  std::vector<Group> groups;
  for (Indexes& members : by_key(parity, [&](std::size_t i) {
         const Finding& finding = findings[i];
         return key_of({finding.rule,
                        finding.what,
                        describe(finding.severity),
                        finding.reason,
                        finding.rule == "parity/object" ? finding.subject : "",
                        key_of(finding.values)});
       })) {
    groups.push_back({.kind = Cause::Kind::same_change, .members = std::move(members)});
  }
  return groups;
}

}  // namespace celldrift::audit
