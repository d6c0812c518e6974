// Syncs that failed or hang, errors that Argo CD has with Applications, and questions that it does
// not answer.
#include "audit/claims/claims.hpp"
#include "celldrift/core/short_commit.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Hooks and waves may take their time.
constexpr hours too_long{1};
constexpr minutes answered_within{10};
constexpr std::string_view refresh_annotation = "argocd.argoproj.io/refresh";

template <class Visit>
void each_of_ours(const ClaimBook& book, const Visit& visit) {
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      if (!application.application.empty()) {
        visit(tool, application);
      }
    }
  }
}

bool is_as_git_wants(const ClaimBook& book, const ToolApplication& application) {
  const ComparedApplication* compared = book.compared(application);
  return compared != nullptr && std::ranges::none_of(compared->objects, argo_sees) &&
         application.live.string_at({"status", "sync", "status"}) == "Synced";
}

bool has_failed(const Value& live) {
  const std::string_view phase = live.string_at({"status", "operationState", "phase"});
  return phase == "Failed" || phase == "Error";
}

Finding failed(const ClaimBook& book, const ToolState& tool, const ToolApplication& application) {
  const Value& state = *application.live.find({"status", "operationState"});
  const Severity severity = is_as_git_wants(book, application) ? Severity::note : Severity::warning;
  Finding finding = claim("sync-failed", severity, tool, application);
  const std::string since = since_text(state.string_at({"finishedAt"}), tool.now);
  const std::string_view revision = state.string_at({"syncResult", "revision"});
  const std::string_view message = state.string_at({"message"});
  finding.reason = message.empty() ? "" : "Argo CD says " + quoted(message);
  finding.message = "the last sync of " + application.application +
                    (revision.empty() ? "" : " to " + short_commit(revision)) + " failed" +
                    (since.empty() ? "" : " at " + since) +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

std::optional<Finding> hanging(const ToolState& tool, const ToolApplication& application) {
  const Value& state = *application.live.find({"status", "operationState"});
  const std::string_view phase = state.string_at({"phase"});
  const std::string_view started = state.string_at({"startedAt"});
  const auto age = age_of(started, tool.now);
  if ((phase != "Running" && phase != "Terminating") || !age || *age < too_long) {
    return std::nullopt;
  }
  Finding finding = claim("sync-stuck", Severity::warning, tool, application);
  const std::string_view message = state.string_at({"message"});
  finding.reason = message.empty() ? "" : "Argo CD says " + quoted(message);
  finding.message = "a sync of " + application.application + " has been " +
                    (phase == "Running" ? "running" : "ending") + " since " +
                    since_text(started, tool.now) +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

// Nobody takes the annotation away.
std::optional<Finding> unanswered(const ToolState& tool, const ToolApplication& application) {
  const Value* annotations = application.live.find({"metadata", "annotations"});
  const bool is_asked = annotations != nullptr && annotations->find(refresh_annotation) != nullptr;
  if (!is_asked || is_overdue(application.live, tool.now)) {
    return std::nullopt;  // that it has never looked says it all
  }
  const std::string_view looked = application.live.string_at({"status", "reconciledAt"});
  const auto asked = application.asker ? application.asker->time : std::nullopt;
  const auto age = asked ? std::optional(tool.now - *asked) : age_of(looked, tool.now);
  const std::chrono::seconds limit = asked ? answered_within : too_long;
  if (!age || *age < limit) {
    return std::nullopt;
  }
  Finding finding = claim("refresh-stuck", Severity::warning, tool, application);
  finding.changed_by = application.asker;
  const std::string since = since_text(looked, tool.now);
  finding.message = "a refresh of " + application.application + " was asked for" +
                    (asked ? " at " + since_text(format_time(*asked), tool.now) : "") +
                    ", and Argo CD has not looked" + (since.empty() ? "" : " since " + since);
  return with_fingerprint(std::move(finding));
}

bool is_error(std::string_view type) {
  return type.ends_with("Error");
}

Finding condition(const ToolState& tool,
                  const ToolApplication& application,
                  const Value& said,
                  std::string_view type) {
  Finding finding = claim("condition", Severity::warning, tool, application);
  const std::string since = since_text(said.string_at({"lastTransitionTime"}), tool.now);
  finding.what = type;
  finding.reason = "Argo CD says " + quoted(said.string_at({"message"}));
  finding.message = application.application + " has the condition " + quoted(type) +
                    (since.empty() ? "" : " since " + since) + "; " + finding.reason;
  return with_fingerprint(std::move(finding));
}

// The state that it does not know of, without a word why.
Finding unknown_state(const ToolState& tool, const ToolApplication& application) {
  Finding finding = claim("condition", Severity::warning, tool, application);
  finding.what = "Unknown";
  finding.message =
      "Argo CD does not know whether " + application.application + " is as Git wants it";
  return with_fingerprint(std::move(finding));
}

void add_conditions(const ToolState& tool,
                    const ToolApplication& application,
                    std::vector<Finding>& findings) {
  std::set<std::string> types;
  if (const Value* conditions = application.live.find({"status", "conditions"})) {
    for (const Value& each : conditions->items()) {
      const std::string type(each.string_at({"type"}));
      // That a sync failed is told with the operation.
      const bool is_told = type == "SyncError" && has_failed(application.live);
      if (is_error(type) && types.insert(type).second && !is_told) {
        findings.push_back(condition(tool, application, each, type));
      }
    }
  }
  if (types.empty() && application.live.string_at({"status", "sync", "status"}) == "Unknown") {
    findings.push_back(unknown_state(tool, application));
  }
}

}  // namespace

std::vector<Finding> stuck_operations(const ClaimBook& book) {
  std::vector<Finding> findings;
  each_of_ours(book, [&](const ToolState& tool, const ToolApplication& application) {
    if (has_failed(application.live)) {
      findings.push_back(failed(book, tool, application));
    } else if (application.live.find({"status", "operationState"}) != nullptr) {
      if (auto finding = hanging(tool, application)) {
        findings.push_back(*std::move(finding));
      }
    }
    if (auto finding = unanswered(tool, application)) {
      findings.push_back(*std::move(finding));
    }
  });
  return findings;
}

std::vector<Finding> error_conditions(const ClaimBook& book) {
  std::vector<Finding> findings;
  each_of_ours(book, [&](const ToolState& tool, const ToolApplication& application) {
    add_conditions(tool, application, findings);
  });
  return findings;
}

}  // namespace celldrift::audit
