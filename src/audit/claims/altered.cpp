// Applications that are not as Git has them.
#include "audit/claims/claims.hpp"
#include "audit/findings/findings.hpp"
#include "celldrift/audit/brief.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::Change;
using compare::Difference;

struct Effect {
  std::string_view path;  // and all below it
  std::string_view what;
};
constexpr Effect effects[] = {
    {"spec.syncPolicy.automated.selfHeal", "what is changed by hand in the cell is not undone"},
    {"spec.syncPolicy.automated.prune", "what Git no longer has is not deleted"},
    {"spec.ignoreDifferences", "Argo CD does not look at what is named there"},
    {"spec.destination", "it deploys to another place"},
    {"spec.project", "another project's restrictions hold"},
};

bool is_at(std::string_view path, std::string_view place) {
  return path.starts_with(place) &&
         (path.size() == place.size() || path[place.size()] == '.' || path[place.size()] == '[');
}

bool is_revision(std::string_view path) {
  return path.starts_with("spec.source") && path.ends_with(".targetRevision");
}

// What it means that the field is as it is.
std::string effect_of(const Difference& difference, bool is_paused) {
  const std::string path = difference.path.text();
  if (is_paused) {
    return "nothing is synced any more unless somebody asks for it";
  }
  if (is_revision(path)) {
    return "it follows another revision than Git wants";
  }
  const auto found =
      std::ranges::find_if(effects, [&](const Effect& effect) { return is_at(path, effect.path); });
  return found == std::end(effects) ? "" : std::string(found->what);
}

std::string change_text(const Difference& difference) {
  const std::string path = difference.path.text();
  const std::string want = difference.want ? brief(*difference.want) : "";
  const std::string have = difference.have ? brief(*difference.have) : "";
  switch (difference.change) {
    case Change::added:
      return path + " is " + have + ", which Git does not state";
    case Change::removed:
      return path + " is gone; Git wants " + want;
    case Change::modified:
      break;
  }
  return path + " is " + have + "; Git wants " + want;
}

// Who brings Applications up to date wrote it: it has not got round to what Git has by now.
bool is_late(const Difference& difference) {
  return difference.owner && !compare::is_hand(difference.owner->kind);
}

bool turns_off_syncs(const Difference& difference,
                     const ToolApplication& application,
                     const GitApplication* expected) {
  return expected != nullptr && expected->is_automated && !is_automated(application.live) &&
         difference.path.text().starts_with("spec.syncPolicy");
}

Severity severity_of(const AlteredField& field) {
  if (!field.let_be.empty()) {
    return Severity::note;
  }
  return field.difference.change == Change::added || is_late(field.difference) ? Severity::warning
                                                                               : Severity::error;
}

std::string reason_of(const AlteredField& field, const std::string& effect) {
  std::string reason = effect;
  const std::string more = !field.let_be.empty() ? field.let_be
                           : is_late(field.difference)
                               ? field.difference.owner->manager + " has not brought it up to date"
                               : "";
  return reason + (reason.empty() || more.empty() ? "" : "; ") + more;
}

Finding altered(const ToolState& tool,
                const ToolApplication& application,
                const AlteredField& field,
                bool is_paused) {
  const Difference& difference = field.difference;
  Finding finding = claim("altered", severity_of(field), tool, application);
  add_difference(finding, difference);
  finding.reason = reason_of(field, effect_of(difference, is_paused));
  finding.message = name_of(application) + ": " + change_text(difference) +
                    (is_late(difference) ? "" : by_text(difference.owner)) +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

Finding altered_set(const ToolState& tool, const ObjectKey& key, const AlteredField& field) {
  ToolApplication set{.object = {.api_version = std::string(argo_version),
                                 .kind = key.kind,
                                 .ns = key.ns,
                                 .name = key.name}};
  set.live = Value::map({});
  return altered(tool, set, field, false);
}

}  // namespace

std::vector<Finding> altered_applications(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      const GitApplication* expected = book.expected(application);
      for (const AlteredField& field : application.altered) {
        findings.push_back(altered(
            tool, application, field, turns_off_syncs(field.difference, application, expected)));
      }
    }
    for (const auto& [key, fields] : tool.altered_sets) {
      for (const AlteredField& field : fields) {
        findings.push_back(altered_set(tool, key, field));
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit
