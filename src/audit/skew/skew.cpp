// Version skew: cells side by side, grouped by equal version, the outliers named.
#include "audit/findings/fingerprint.hpp"
#include "audit/skew/lag.hpp"
#include "audit/skew/majority.hpp"
#include "audit/skew/rows.hpp"
#include "audit/wording.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

constexpr std::string_view template_suffix = " of the pod template";

using FactsByCell = std::map<std::string, std::vector<const Fact*>>;
using BySubject = std::map<Subject, FactsByCell>;

std::string subject_text(const Subject& subject) {
  const bool is_cluster = subject.component == cluster_component;
  return (is_cluster ? "" : subject.kind.substr(subject.kind.rfind('/') + 1) + " ") +
         subject.object;
}

std::string joined(const std::set<std::string>& versions) {
  return join({versions.begin(), versions.end()}, ", ");
}

// What one cell has of a subject. Several objects that cannot be told apart count as one with all
// their versions.
CellVersion cell_version(const std::string& cell, const std::vector<const Fact*>& facts) {
  std::set<std::string> versions;
  std::set<std::string> desired;
  bool stated = true;
  for (const Fact* fact : facts) {
    versions.insert(fact->version);
    stated = stated && fact->desired;
    if (fact->desired) {
      desired.insert(*fact->desired);
    }
  }
  return {.cell = cell,
          .version = joined(versions),
          .desired = stated ? std::optional(joined(desired)) : std::nullopt};
}

std::vector<CellVersion> cell_versions(const FactsByCell& facts) {
  std::vector<CellVersion> versions;
  for (const auto& [cell, of_cell] : facts) {
    versions.push_back(cell_version(cell, of_cell));
  }
  return versions;
}

bool all_equal(const std::vector<CellVersion>& versions) {
  return std::ranges::all_of(versions, [&](const CellVersion& version) {
    return version.version == versions.front().version;
  });
}

enum class Declared { yes, no, silent };

Declared declared(const std::vector<CellVersion>& versions) {
  bool all_stated = true;
  for (const CellVersion& version : versions) {
    if (version.desired && *version.desired != version.version) {
      return Declared::no;
    }
    all_stated = all_stated && version.desired;
  }
  return all_stated ? Declared::yes : Declared::silent;
}

Severity severity_of(Declared declaration) {
  static constexpr Severity severities[] = {Severity::note, Severity::error, Severity::warning};
  return severities[std::size_t(declaration)];
}

// The one version that Git wants in every cell, if it is one.
std::optional<std::string> wanted_everywhere(const std::vector<CellVersion>& versions) {
  const auto& first = versions.front().desired;
  const bool same = std::ranges::all_of(
      versions, [&](const CellVersion& version) { return version.desired == first; });
  return same ? first : std::nullopt;
}

std::string declared_text(Declared declaration, const std::optional<std::string>& wanted) {
  if (wanted) {
    return "Git wants " + *wanted;
  }
  static constexpr std::string_view texts[] = {
      "declared in Git", "Git wants other versions there", "Git does not state it in every cell"};
  return std::string(texts[std::size_t(declaration)]);
}

std::string sentence(const Finding& finding, Declared declaration) {
  const std::string text =
      finding.what + " of " + finding.subject + " differs: " + values_text(finding.values);
  const auto wanted =
      finding.want ? std::optional(std::string(finding.want->as_string())) : std::nullopt;
  const std::string lag = lag_text(finding.lag);
  return text + "; out of line: " + cells_text(finding.cells) + "; " +
         declared_text(declaration, wanted) + (lag.empty() ? "" : "; " + lag);
}

std::vector<ValueGroup> value_groups(const std::vector<VersionGroup>& groups) {
  std::vector<ValueGroup> values;
  for (const VersionGroup& group : groups) {
    values.push_back({.value = Value::string(group.version),
                      .cells = group.cells,
                      .declared = group.as_desired});
  }
  return values;
}

std::string common_application(const FactsByCell& facts) {
  const std::string& first = facts.begin()->second.front()->application;
  for (const auto& [cell, of_cell] : facts) {
    for (const Fact* fact : of_cell) {
      if (fact->application != first) {
        return "";
      }
    }
  }
  return first;
}

// Where all cells have the same two digests of one image, none of them is in line.
std::vector<std::string> out_of_line(const std::vector<VersionGroup>& groups) {
  return groups.size() == 1 ? groups.front().cells : outliers(groups);
}

Finding skew(const Subject& subject,
             const FactsByCell& facts,
             const std::vector<CellVersion>& versions,
             const ProvedBy& proved) {
  const std::vector<VersionGroup> groups = group_versions(versions);
  Finding finding;
  finding.rule = rule_of(subject.fact);
  finding.category = Category::skew;
  finding.component = subject.component;
  finding.what = subject.what;
  finding.subject = subject_text(subject);
  finding.application = common_application(facts);
  finding.cells = out_of_line(groups);
  const Fact& first = *facts.at(finding.cells.front()).front();
  finding.object = first.object;
  finding.path = first.path;
  finding.path_text = first.path_text;
  finding.source = first.source;
  if (const auto wanted = wanted_everywhere(versions)) {
    finding.want = Value::string(*wanted).with_mark(first.source);
  }
  const Declared declaration = declared(versions);
  finding.severity = severity_of(declaration);
  finding.values = value_groups(groups);
  finding.lag = lag_of(groups, facts, proved);
  finding.message = sentence(finding, declaration);
  finding.fingerprint =
      fingerprint({finding.rule, subject.component, subject.kind, subject.object, subject.what});
  return finding;
}

// A pod template's version label is worth a word of its own only where it says something else than
// the object's.
bool repeats_the_object(const Subject& subject,
                        const std::vector<CellVersion>& versions,
                        const BySubject& by_subject) {
  if (!subject.what.ends_with(template_suffix)) {
    return false;
  }
  Subject object = subject;
  object.what.resize(object.what.size() - template_suffix.size());
  const auto found = by_subject.find(object);
  return found != by_subject.end() && cell_versions(found->second) == versions;
}

// One image that a cell runs as several is out of line without any other cell.
bool has_several_digests(const Subject& subject, const std::vector<CellVersion>& versions) {
  return subject.fact == FactKind::digest &&
         std::ranges::any_of(versions, [](const CellVersion& version) {
           return version.version.find(", ") != std::string::npos;
         });
}

BySubject by_subject_of(const std::vector<Fact>& facts) {
  BySubject by_subject;
  for (const Fact& fact : facts) {
    by_subject[fact.subject][fact.cell].push_back(&fact);
  }
  return by_subject;
}

}  // namespace

std::string_view rule_of(FactKind kind) {
  static constexpr std::string_view rules[] = {"skew/image",
                                               "skew/version",
                                               "skew/chart",
                                               "skew/revision",
                                               "skew/digest",
                                               "skew/rollout",
                                               "skew/crd",
                                               "skew/kubernetes",
                                               "skew/node",
                                               "skew/gitops-tool"};
  return rules[std::size_t(kind)];
}

std::vector<Finding> version_skew(const std::vector<Fact>& facts,
                                  const std::vector<Proved>& proved) {
  const BySubject by_subject = by_subject_of(facts);
  const ProvedBy commits = proved_by(proved);
  std::vector<Finding> findings;
  for (const auto& [subject, of_subject] : by_subject) {
    const std::vector<CellVersion> versions = cell_versions(of_subject);
    const bool differs = !all_equal(versions) || has_several_digests(subject, versions);
    if (differs && !repeats_the_object(subject, versions, by_subject)) {
      findings.push_back(skew(subject, of_subject, versions, commits));
    }
  }
  return findings;
}

std::vector<VersionRow> version_rows(const std::vector<Fact>& facts,
                                     const std::vector<Finding>& findings) {
  const BySubject by_subject = by_subject_of(facts);
  Rows rows;
  for (const auto& [subject, of_subject] : by_subject) {
    const std::vector<CellVersion> versions = cell_versions(of_subject);
    if (!repeats_the_object(subject, versions, by_subject)) {
      rows.add({.component = subject.component,
                .fact = subject.fact,
                .what = subject.what,
                .subjects = {subject_text(subject)},
                .values = value_groups(group_versions(versions)),
                .findings = {}});
    }
  }
  return rows.take(findings);
}

}  // namespace celldrift::audit
