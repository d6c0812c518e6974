// What Argo CD says of the state of Applications, against what is live.
#include "audit/claims/claims.hpp"
#include "celldrift/core/short_commit.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

constexpr std::size_t most_names = 3;

std::vector<const ObjectResult*> off_objects(const ComparedApplication& compared) {
  std::vector<const ObjectResult*> off;
  for (const ObjectResult& result : compared.objects) {
    if (argo_sees(result)) {
      off.push_back(&result);
    }
  }
  std::ranges::sort(off, {}, [](const ObjectResult* result) { return result->key; });
  return off;
}

bool is_known_and_right(const ComparedApplication& compared) {
  return std::ranges::all_of(compared.objects, [](const ObjectResult& result) {
    return result.status == Status::equal || (result.status == Status::extra && result.orphan);
  });
}

std::string names_of(const std::vector<const ObjectResult*>& objects) {
  std::vector<std::string> names;
  for (const ObjectResult* object : objects) {
    if (names.size() == most_names && objects.size() > most_names) {
      names.push_back("…");
      break;
    }
    names.push_back(describe(object->key));
  }
  return join(names, ", ");
}

std::string revision_text(const Value& status) {
  const std::string_view revision = status.string_at({"sync", "revision"});
  return revision.empty() ? "" : " at " + short_commit(revision);
}

// When the newest of the differences was made.
std::optional<Time> last_change(const std::vector<const ObjectResult*>& objects) {
  std::optional<Time> last;
  for (const ObjectResult* object : objects) {
    for (const compare::Difference& difference : object->differences) {
      if (difference.owner && difference.owner->time) {
        last = std::max(last, difference.owner->time);
      }
    }
  }
  return last;
}

// Why Argo CD may say so.
std::string excuse(const ToolApplication& application,
                   const Value& status,
                   const std::vector<const ObjectResult*>& objects) {
  if (is_skipped(application.live)) {
    return "it is told not to look (" + std::string(skip_annotation) + ")";
  }
  const bool ignores = std::ranges::any_of(application.altered, [](const AlteredField& field) {
    return field.difference.path.text().starts_with("spec.ignoreDifferences");
  });
  if (ignores) {
    return "its ignoreDifferences are not Git's";
  }
  const auto looked = parse_time(status.string_at({"reconciledAt"}));
  const auto changed = last_change(objects);
  return looked && changed && *looked < *changed
             ? "it last looked at " + format_time(*looked) + ", before that was changed"
             : "";
}

std::string proved_text(const Proved* proved, const std::string& cell) {
  const bool is_known = proved != nullptr && (proved->match == Proved::Match::exact ||
                                              proved->match == Proved::Match::edited);
  return is_known && proved->behind.value_or(0) > 0
             ? cell + " is proved to run " + short_commit(proved->commit)
             : "";
}

Finding false_claim(const ClaimBook& book,
                    const ToolState& tool,
                    const ToolApplication& application,
                    const std::vector<const ObjectResult*>& off) {
  const Value& status = *application.live.find("status");
  const bool is_synced = status.string_at({"sync", "status"}) == "Synced";
  const bool is_healthy = status.string_at({"health", "status"}) == "Healthy";
  Finding finding =
      claim(is_synced ? "claims-synced" : "claims-healthy", Severity::warning, tool, application);
  const std::string why = excuse(application, status, off);
  const std::string proof = proved_text(book.proved(application), application.cell);
  finding.reason = why + (why.empty() || proof.empty() ? "" : "; ") + proof;
  finding.message = "Argo CD says that " + application.application + " is " +
                    (is_synced ? "Synced" + revision_text(status) : "") +
                    (is_synced && is_healthy ? " and " : "") + (is_healthy ? "Healthy" : "") +
                    ", but in " + application.cell + " " + std::to_string(off.size()) +
                    (off.size() == 1 ? " object is" : " objects are") +
                    " not as Git wants: " + names_of(off) +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

// Argo CD looked at another revision, and yet nothing of it is live.
std::optional<Finding> other_commit(const ClaimBook& book,
                                    const ToolState& tool,
                                    const ToolApplication& application) {
  const Proved* proved = book.proved(application);
  if (proved == nullptr || application.revisions.size() != 1 ||
      proved->match != Proved::Match::exact) {
    return std::nullopt;
  }
  const StatusRevision& revision = application.revisions.front();
  if (revision.last_change.empty() || revision.last_change == proved->commit) {
    return std::nullopt;
  }
  Finding finding = claim("claims-synced", Severity::warning, tool, application);
  finding.message = "Argo CD says that " + application.application + " is Synced at " +
                    short_commit(revision.said) + ", but " + application.cell +
                    " is proved to run " + short_commit(proved->commit);
  return with_fingerprint(std::move(finding));
}

Finding unfounded(const ToolState& tool, const ToolApplication& application) {
  Finding finding = claim("claims-out-of-sync", Severity::note, tool, application);
  std::vector<std::string> names;
  if (const Value* resources = application.live.find({"status", "resources"})) {
    for (const Value& each : resources->items()) {
      if (names.size() < most_names) {
        names.push_back(std::string(each.string_at({"kind"})) + " " +
                        std::string(each.string_at({"name"})));
      }
    }
  }
  finding.message = "Argo CD says that " + application.application + " is OutOfSync" +
                    (names.empty() ? "" : " (" + join(names, ", ") + ")") + ", but everything in " +
                    application.cell + " is as Git wants it";
  return with_fingerprint(std::move(finding));
}

// It compared with an older commit, and of what Git wants by now it says nothing: unless live is
// as no commit has it.
bool is_explained(const ClaimBook& book, const ToolApplication& application) {
  const Proved* proved = book.proved(application);
  const bool is_edited = proved != nullptr && proved->match == Proved::Match::edited;
  return !is_edited && std::ranges::any_of(application.revisions, [](const StatusRevision& each) {
    return each.is_older == true;
  });
}

// It is about something else than Git wants there, which is told as such.
bool is_about_others(const ToolApplication& application) {
  return std::ranges::any_of(application.altered, [](const AlteredField& field) {
    const std::string path = field.difference.path.text();
    return path.starts_with("spec.source") || path.starts_with("spec.destination");
  });
}

std::optional<Finding> judged(const ClaimBook& book,
                              const ToolState& tool,
                              const ToolApplication& application) {
  const ComparedApplication* compared = book.compared(application);
  const Value* status = application.live.find("status");
  if (compared == nullptr || status == nullptr || is_about_others(application)) {
    return std::nullopt;
  }
  const std::string_view sync = status->string_at({"sync", "status"});
  const auto off = off_objects(*compared);
  const bool lacks = std::ranges::any_of(
      off, [](const ObjectResult* each) { return each->status == Status::missing; });
  if (sync == "Synced" && is_explained(book, application)) {
    return other_commit(book, tool, application);
  }
  if (sync == "Synced" && !off.empty()) {
    return false_claim(book, tool, application, off);
  }
  if (sync != "Synced" && lacks && status->string_at({"health", "status"}) == "Healthy") {
    return false_claim(book, tool, application, off);
  }
  if (sync == "OutOfSync" && application.revisions.empty() && application.altered.empty() &&
      is_known_and_right(*compared)) {
    return unfounded(tool, application);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Finding> false_claims(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      if (auto finding = judged(book, tool, application)) {
        findings.push_back(*std::move(finding));
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit
