// One rewriting of many values: a webhook that takes images from a mirror makes another value of
// each, but the same of it. Where a server-side apply leaves no record of that, findings have the
// reason that names the webhook.
#include "audit/fold/fold.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

// What remains of two texts when all that they begin and end with alike is left out; of other
// values all.
std::string rewriting(const Finding& finding) {
  if (!finding.want->is_string() || !finding.have->is_string()) {
    return key_of({key_of(finding.want), key_of(finding.have)});
  }
  std::string_view want = finding.want->as_string();
  std::string_view have = finding.have->as_string();
  const auto most = std::min(want.size(), have.size());
  const auto alike = std::size_t(
      std::mismatch(want.rbegin(), want.rbegin() + std::ptrdiff_t(most), have.rbegin()).first -
      want.rbegin());
  want.remove_suffix(alike);
  have.remove_suffix(alike);
  const auto start = std::mismatch(want.begin(), want.end(), have.begin(), have.end());
  return key_of(
      {std::string_view(start.first, want.end()), std::string_view(start.second, have.end())});
}

// "image", of whichever container.
std::string_view last_step(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

// Only what who applies Git wrote: what a hand did is told by the hand.
bool may_be_rewritten(const Finding& finding) {
  return finding.change == compare::Change::modified && !finding.reason.empty() && finding.want &&
         finding.have && finding.changed_by &&
         finding.changed_by->kind == compare::ManagerClass::gitops;
}

}  // namespace

std::vector<Group> group_rewrites(const std::vector<Finding>& findings, const Indexes& alone) {
  Indexes rewritten;
  std::ranges::copy_if(alone, std::back_inserter(rewritten), [&](std::size_t i) {
    return may_be_rewritten(findings[i]);
  });
  std::vector<Group> groups;
  for (Indexes& members : by_key(rewritten, [&](std::size_t i) {
         const Finding& finding = findings[i];
         return key_of({finding.reason, last_step(finding.path_text), rewriting(finding)});
       })) {
    groups.push_back({.kind = Cause::Kind::same_change, .members = std::move(members)});
  }
  return groups;
}

}  // namespace celldrift::audit
