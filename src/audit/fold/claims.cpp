// A tool that stands still says the same of all that it looks after.
#include "audit/fold/fold.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

struct Sentence {
  std::string_view rule;
  std::string_view says;  // of objects in cells
};
constexpr Sentence sentences[] = {
    {"gitops/missing-application", "not there, though Git makes it"},
    {"gitops/extra-application", "there, though nothing in Git makes it"},
    {"gitops/claims-synced", "said to be Synced, but not as Git wants it"},
    {"gitops/claims-healthy", "said to be Healthy, but not as Git wants it"},
    {"gitops/claims-out-of-sync", "said to be OutOfSync, but as Git wants it"},
    {"gitops/behind", "last compared with an older revision than Git wants"},
    {"gitops/sync-failed", "the last sync failed"},
    {"gitops/sync-stuck", "a sync hangs"},
    {"gitops/refresh-stuck", "a refresh was asked for, and has not come"},
    {"gitops/condition", "an error"},
    {"gitops/never-looked-at", "Argo CD has not looked at them since they were made"},
    {"gitops/paused", "paused"},
    {"gitops/missing-set", "not there, though Git has it"},
    {"gitops/set-error", "an error"},
    {"gitops/suspended", "suspended"},
    {"gitops/not-ready", "not ready"},
};

std::string says(const Finding& finding) {
  const auto found = std::ranges::find(sentences, finding.rule, &Sentence::rule);
  return found != std::end(sentences) ? std::string(found->says)
                                      : finding.path_text + " is not as Git has it";
}

}  // namespace

std::vector<Group> group_claims(const std::vector<Finding>& findings, const Indexes& alone) {
  Indexes claims;
  std::ranges::copy_if(alone, std::back_inserter(claims), [&](std::size_t i) {
    return findings[i].category == Category::gitops;
  });
  std::vector<Group> groups;
  for (Indexes& members : by_key(claims, [&](std::size_t i) {
         const Finding& finding = findings[i];
         return key_of({finding.rule,
                        finding.what,
                        finding.path_text,
                        describe(finding.severity),
                        finding.reason,
                        key_of(finding.want),
                        key_of(finding.have),
                        writer_of(finding.changed_by)});
       })) {
    groups.push_back({.kind = Cause::Kind::same_change, .members = std::move(members)});
  }
  return groups;
}

std::string claim_sentence(const Finding& first,
                           std::string_view objects,
                           std::string_view cells,
                           std::string_view reason) {
  return std::string(objects) + " in " + std::string(cells) + ": " + says(first) +
         (reason.empty() ? "" : "; ") + std::string(reason);
}

}  // namespace celldrift::audit
