// Version skew: cells side by side, grouped by equal version, the outliers named.
#include "audit/findings/fingerprint.hpp"
#include "audit/skew/lag.hpp"
#include "audit/skew/majority.hpp"
#include "audit/skew/rows.hpp"
#include "audit/skew/subjects.hpp"
#include "audit/wording.hpp"
#include "celldrift/audit/versions.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::string_view template_suffix = " of the pod template";

std::string subject_text(const Subject& subject) {
  const bool is_cluster = subject.component == cluster_component;
  return (is_cluster ? "" : subject.kind.substr(subject.kind.rfind('/') + 1) + " ") +
         subject.object;
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
  const std::string& first = facts.begin()->second.front().bearer->application;
  for (const auto& [cell, of_cell] : facts) {
    for (const Told& told : of_cell) {
      if (told.bearer->application != first) {
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

Finding skew(const SubjectFacts& of_subject, const ProvedBy& proved) {
  const Subject& subject = of_subject.subject();
  const FactsByCell facts = of_subject.by_cell();
  const std::vector<CellVersion> versions = of_subject.versions();
  const std::vector<VersionGroup> groups = group_versions(versions);
  Finding finding;
  finding.rule = rule_of(subject.fact);
  finding.category = Category::skew;
  finding.component = subject.component;
  finding.what = subject.what;
  finding.subject = subject_text(subject);
  finding.application = common_application(facts);
  finding.cells = out_of_line(groups);
  const Told& told = facts.at(finding.cells.front()).front();
  const Fact& first = *told.fact;
  finding.object = object_of(first, *told.bearer);
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
bool repeats_the_object(const SubjectFacts& facts, const Subjects& subjects) {
  const std::string_view what = facts.subject().what;
  if (!what.ends_with(template_suffix)) {
    return false;
  }
  Subject object = facts.subject();
  object.what.resize(what.size() - template_suffix.size());
  const SubjectFacts* found = subjects.find(object);
  return found != nullptr && found->says_the_same_as(facts);
}

// One image that a cell runs as several is out of line without any other cell.
bool has_several_digests(const SubjectFacts& facts) {
  return facts.subject().fact == FactKind::digest &&
         std::ranges::any_of(facts.versions(), [](const CellVersion& version) {
           return version.version.find(", ") != std::string::npos;
         });
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
  const Subjects subjects(facts);
  const ProvedBy commits = proved_by(proved);
  std::vector<Finding> findings;
  for (const SubjectFacts& of_subject : subjects.all()) {
    const bool differs = !of_subject.is_one_version() || has_several_digests(of_subject);
    if (differs && !repeats_the_object(of_subject, subjects)) {
      findings.push_back(skew(of_subject, commits));
    }
  }
  return findings;
}

std::vector<VersionRow> version_rows(const std::vector<Fact>& facts,
                                     const std::vector<Finding>& findings) {
  const Subjects subjects(facts);
  Rows rows;
  for (const SubjectFacts& of_subject : subjects.all()) {
    if (!repeats_the_object(of_subject, subjects)) {
      const Subject& subject = of_subject.subject();
      rows.add({.component = subject.component,
                .fact = subject.fact,
                .what = subject.what,
                .subjects = {subject_text(subject)},
                .values = value_groups(of_subject.groups()),
                .findings = {}});
    }
  }
  return rows.take(findings);
}

}  // namespace celldrift::audit
