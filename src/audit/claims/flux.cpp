// What Flux says of its own objects.
#include "audit/claims/claims.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/core/short_commit.hpp"

#include <map>
#include <optional>

namespace celldrift::audit {
namespace {

using std::chrono::hours;

// Intervals are of minutes; what is still to come after an hour hangs.
constexpr hours too_long{1};

const Value* ready(const Value& object) {
  if (const Value* conditions = object.find({"status", "conditions"})) {
    for (const Value& each : conditions->items()) {
      if (each.string_at({"type"}) == "Ready") {
        return &each;
      }
    }
  }
  return nullptr;
}

std::string name_of(const Value& object) {
  return describe(ObjectRef{.api_version = "",
                            .kind = std::string(object.string_at({"kind"})),
                            .ns = std::string(object.string_at({"metadata", "namespace"})),
                            .name = std::string(object.string_at({"metadata", "name"}))});
}

Finding suspended(const ToolState& tool, const Value& object) {
  const bool is_declared = tool.suspended_in_git.contains(key_of(object));
  Finding finding =
      claim("suspended", is_declared ? Severity::note : Severity::warning, tool.cluster, object);
  finding.reason = is_declared ? "Git says so" : "";
  finding.message = "Flux does not look at " + name_of(object) + ": it is suspended" +
                    (is_declared ? "; Git says so" : "");
  return with_fingerprint(std::move(finding));
}

std::optional<Finding> not_ready(const ToolState& tool, const Value& object) {
  const Value* condition = ready(object);
  if (condition == nullptr) {
    return std::nullopt;
  }
  const std::string_view status = condition->string_at({"status"});
  const std::string_view time = condition->string_at({"lastTransitionTime"});
  const auto age = age_of(time, tool.now);
  const bool hangs = status == "Unknown" && age && *age >= too_long;
  if (status != "False" && !hangs) {
    return std::nullopt;
  }
  Finding finding = claim("not-ready", Severity::warning, tool.cluster, object);
  const std::string since = since_text(time, tool.now);
  const std::string_view message = condition->string_at({"message"});
  finding.reason = message.empty() ? "" : "Flux says " + quoted(message);
  finding.message = name_of(object) + " is not ready" + (since.empty() ? "" : " since " + since) +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

using Sources = std::map<ObjectKey, const Value*>;

Sources sources_of(const ToolState& tool) {
  Sources sources;
  for (const Value& object : tool.flux) {
    if (object.find({"status", "artifact"}) != nullptr) {
      sources.emplace(key_of(object), &object);
    }
  }
  return sources;
}

// The source that a Kustomization takes from.
const Value* source_of(const Sources& sources, const Value& object) {
  const Value* reference = object.find({"spec", "sourceRef"});
  if (reference == nullptr) {
    return nullptr;
  }
  const std::string_view own = object.string_at({"metadata", "namespace"});
  const auto found = sources.find({.group = "source.toolkit.fluxcd.io",
                                   .kind = std::string(reference->string_at({"kind"})),
                                   .ns = std::string(reference->string_at({"namespace"}, own)),
                                   .name = std::string(reference->string_at({"name"}))});
  return found == sources.end() ? nullptr : found->second;
}

std::optional<Finding> behind_source(const ToolState& tool,
                                     const Sources& sources,
                                     const Value& object) {
  const Value* source = source_of(sources, object);
  const std::string_view applied = object.string_at({"status", "lastAppliedRevision"});
  if (source == nullptr || applied.empty()) {
    return std::nullopt;
  }
  const std::string_view there = source->string_at({"status", "artifact", "revision"});
  const auto age = age_of(source->string_at({"status", "artifact", "lastUpdateTime"}), tool.now);
  if (there.empty() || there == applied || !age || *age < too_long) {
    return std::nullopt;
  }
  Finding finding = claim("behind", Severity::warning, tool.cluster, object);
  finding.want = Value::string(there);
  finding.have = Value::string(applied);
  finding.message =
      name_of(object) + " last applied " + std::string(applied) + "; " + name_of(*source) +
      " has had " + std::string(there) + " since " +
      since_text(source->string_at({"status", "artifact", "lastUpdateTime"}), tool.now);
  return with_fingerprint(std::move(finding));
}

// What it fetched, beside what Git has.
std::optional<Finding> behind_git(const ToolState& tool, const Value& object) {
  const auto found = tool.flux_revisions.find(key_of(object));
  if (found == tool.flux_revisions.end()) {
    return std::nullopt;
  }
  const StatusRevision& revision = found->second;
  const bool is_young = !revision.wanted_time || tool.now - *revision.wanted_time < too_long;
  if (is_young || revision.is_older != true) {
    return std::nullopt;
  }
  Finding finding = claim("behind", Severity::warning, tool.cluster, object);
  finding.want = Value::string(revision.wanted);
  finding.have = Value::string(revision.said);
  finding.message = name_of(object) + " last fetched " + short_commit(revision.said) +
                    "; Git has had " + short_commit(revision.wanted) + " since " +
                    since_text(format_time(*revision.wanted_time), tool.now);
  return with_fingerprint(std::move(finding));
}

}  // namespace

std::vector<Finding> flux_claims(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState& tool : book.tools().states) {
    const Sources sources = sources_of(tool);
    for (const Value& object : tool.flux) {
      auto finding =
          is_suspended(object) ? std::optional(suspended(tool, object)) : not_ready(tool, object);
      if (!finding && !is_suspended(object)) {
        finding = behind_source(tool, sources, object);
      }
      if (!finding && !is_suspended(object)) {
        finding = behind_git(tool, object);
      }
      if (finding) {
        findings.push_back(*std::move(finding));
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit
