#include "celldrift/audit/rule_match.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using Globs = std::vector<std::string>;

bool any_of(const Globs& globs, std::string_view text) {
  return std::ranges::any_of(globs,
                             [&](const std::string& glob) { return glob_match(glob, text); });
}

// What is not there ("") matches no glob, not even "*".
bool holds(const Globs& globs, std::string_view text) {
  return globs.empty() || (!text.empty() && any_of(globs, text));
}

// But that "" is the core group.
bool is_group(const Globs& globs, std::string_view group) {
  return globs.empty() || any_of(globs, group);
}

// A glob with a "/" is about group/Kind.
bool is_kind(const Globs& globs, const ObjectRef& object) {
  const std::string_view group = group_of(object.api_version);
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
           return glob.find('/') == glob.npos
                      ? glob_match(glob, object.kind)
                      : glob_match(glob, std::string(group) + "/" + object.kind);
         });
}

bool is_object(const Match& match, const ObjectRef& object) {
  return is_kind(match.kinds, object) && is_group(match.groups, group_of(object.api_version)) &&
         holds(match.names, object.name) && holds(match.namespaces, object.ns);
}

bool has_labels(const Match& match, const Value& labels) {
  return !match.labels || match.labels->matches(labels.is_null() ? nullptr : &labels);
}

// Conditions on an object hold of no finding that is about none.
bool needs_object(const Match& match) {
  return !match.kinds.empty() || !match.groups.empty() || !match.names.empty() ||
         !match.namespaces.empty() || match.labels;
}

bool is_subject(const Match& match, const Finding& finding) {
  if (finding.object.kind.empty() && needs_object(match)) {
    return false;
  }
  return is_object(match, finding.object) && has_labels(match, finding.labels) &&
         holds(match.components, finding.component) &&
         holds(match.applications, finding.application);
}

bool is_nature(const Match& match, const Finding& finding) {
  const std::string_view manager =
      finding.changed_by ? std::string_view(finding.changed_by->manager) : std::string_view();
  return holds(match.categories, describe(finding.category)) && holds(match.rules, finding.rule) &&
         holds(match.severities, describe(finding.severity)) && holds(match.managers, manager) &&
         holds(match.manager_kinds, writer_kind(finding));
}

bool is_path(const Match& match, const Finding& finding) {
  return match.paths.empty() || std::ranges::any_of(match.paths, [&](const PathPattern& pattern) {
           return !finding.path.empty() && pattern.covers(finding.path_text, finding.path);
         });
}

bool is_in(const Match& match, const std::vector<std::string>& cells, const LabelsOfCells& known) {
  return match.cells.is_any() ||
         (!cells.empty() && std::ranges::all_of(cells, [&](const std::string& cell) {
           return match.cells.matches(cell, known);
         }));
}

bool is_literal(const std::string& glob) {
  return glob.find_first_of("*?[\\/") == glob.npos;
}

}  // namespace

bool CellSelector::matches(const std::string& cell, const LabelsOfCells& known) const {
  static const Labels none;
  const auto found = known.find(cell);
  return holds(names, cell) &&
         (!labels || labels->matches(found == known.end() ? none : found->second));
}

bool Match::matches(const Finding& finding, const LabelsOfCells& known) const {
  return is_subject(*this, finding) && is_nature(*this, finding) &&
         is_in(*this, finding.cells, known) && is_path(*this, finding) &&
         std::ranges::none_of(none_of,
                              [&](const Match& match) { return match.matches(finding, known); });
}

bool Match::matches(const Place& place, const LabelsOfCells& known) const {
  return is_object(*this, place.object) && has_labels(*this, place.labels) &&
         holds(components, place.component) && holds(applications, place.application) &&
         cells.matches(place.cell, known) && std::ranges::none_of(none_of, [&](const Match& match) {
           return match.matches(place, known);
         });
}

std::vector<std::string> Match::only_kinds() const {
  return std::ranges::all_of(kinds, is_literal) ? kinds : std::vector<std::string>();
}

bool Match::may_match(const std::string& cell,
                      const std::string& application,
                      const LabelsOfCells& known) const {
  return (cell.empty() || cells.matches(cell, known)) &&
         (application.empty() || holds(applications, application));
}

std::string_view writer_kind(const Finding& finding) {
  static constexpr std::string_view names[] = {
      "gitops", "controller", "person", "deploy-tool", "unknown"};
  return finding.changed_by ? names[std::size_t(finding.changed_by->kind)] : "nobody";
}

}  // namespace celldrift::audit
