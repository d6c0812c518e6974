// What a rule is about: conditions that all must hold of a finding.
#pragma once

#include "celldrift/audit/path_pattern.hpp"
#include "celldrift/audit/report.hpp"
#include "celldrift/core/label_selector.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

using Labels = std::map<std::string, std::string>;
using LabelsOfCells = std::map<std::string, Labels>;

// Some cells, by name and by label; all where it states neither.
struct CellSelector {
  std::vector<std::string> names;  // globs, any of them
  std::optional<LabelSelector> labels;

  bool is_any() const { return names.empty() && !labels; }
  bool matches(const std::string& cell, const LabelsOfCells& known) const;
};

// Lists mean any of; an empty one means any at all. Texts are globs.
struct Match {
  std::vector<std::string> kinds;  // "Deployment", "apps/Deployment"
  std::vector<std::string> groups;
  std::vector<std::string> names;
  std::vector<std::string> namespaces;
  std::optional<LabelSelector> labels;  // of the object
  std::vector<std::string> components;
  std::vector<std::string> applications;
  CellSelector cells;
  std::vector<PathPattern> paths;
  std::vector<std::string> categories;
  std::vector<std::string> rules;
  std::vector<std::string> managers;
  std::vector<std::string> manager_kinds;  // as writer_kind() says
  std::vector<std::string> severities;
  std::vector<Match> none_of;

  // A finding of several cells matches when all of its cells do. What it does not have (a path, a
  // manager, an object) matches no condition on it.
  bool matches(const Finding& finding, const LabelsOfCells& cells) const;

  // The part of it that is about objects and whose they are, of one that is in one cell.
  struct Place {
    const ObjectRef& object;
    const Value& labels;
    const std::string& component;
    const std::string& application;
    const std::string& cell;
  };
  bool matches(const Place& place, const LabelsOfCells& cells) const;

  // The kinds that it is about, where it names them without a glob; empty: any.
  std::vector<std::string> only_kinds() const;
  // Whether something could match that is in this cell and Application ("": any of them).
  bool may_match(const std::string& cell,
                 const std::string& application,
                 const LabelsOfCells& cells) const;
};

// "person", "deploy-tool", "controller", "gitops", "unknown"; "nobody": there is no record.
std::string_view writer_kind(const Finding& finding);

}  // namespace celldrift::audit
