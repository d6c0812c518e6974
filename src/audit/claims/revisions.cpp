// The revision that Argo CD last compared with, against what Git has by now.
#include "audit/claims/claims.hpp"
#include "celldrift/core/short_commit.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using std::chrono::minutes;

// A commit that young may be on its way.
constexpr minutes settling{10};

bool is_off(const ClaimBook& book, const ToolApplication& application) {
  const ComparedApplication* compared = book.compared(application);
  return compared != nullptr && std::ranges::any_of(compared->objects, argo_sees);
}

// Argo CD is to have had the time to see the commit.
bool is_outdated(const StatusRevision& revision, Time now, bool off, std::string_view looked) {
  const bool is_young = revision.wanted_time && now - *revision.wanted_time < settling;
  if (is_young || revision.is_older == false) {
    return false;
  }
  if (revision.is_older) {
    return revision.changes > 0 || off;
  }
  const auto at = parse_time(looked);
  return at && revision.wanted_time && *at < *revision.wanted_time;
}

std::string behind_text(const StatusRevision& revision) {
  return revision.changes == 0 ? ""
                               : ", " + std::to_string(revision.changes) + " change" +
                                     (revision.changes == 1 ? "" : "s") + " behind";
}

Finding outdated(const ToolState& tool,
                 const ToolApplication& application,
                 const StatusRevision& revision) {
  Finding finding = claim("behind", Severity::warning, tool, application);
  const std::string looked =
      since_text(application.live.string_at({"status", "reconciledAt"}), tool.now);
  finding.what = revision.source;
  finding.want = Value::string(revision.wanted);
  finding.have = Value::string(revision.said);
  finding.message = "Argo CD last compared " + application.application + " with " +
                    (revision.source.empty() ? "" : revision.source + " at ") +
                    short_commit(revision.said) + behind_text(revision) + "; Git wants " +
                    short_commit(revision.wanted) +
                    (looked.empty() ? "" : "; it last looked at " + looked);
  return with_fingerprint(std::move(finding));
}

}  // namespace

std::vector<Finding> outdated_revisions(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      const bool off = !application.revisions.empty() && is_off(book, application);
      const std::string_view looked = application.live.string_at({"status", "reconciledAt"});
      for (const StatusRevision& revision : application.revisions) {
        if (is_outdated(revision, tool.now, off, looked)) {
          findings.push_back(outdated(tool, application, revision));
        }
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit
