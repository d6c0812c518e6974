// A JSON report read again: of findings all that rules look at.
#include "celldrift/report/read.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using audit::Finding;
using audit::Report;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::config, "this is no JSON report of celldrift check: " + what);
}

const Value& at(const Value& map, std::string_view key) {
  static const Value none;
  const Value* value = map.find(key);
  return value == nullptr ? none : *value;
}

std::string text(const Value& map, std::string_view key) {
  const Value& value = at(map, key);
  if (!value.is_string() && !value.is_null()) {
    refuse("\"" + std::string(key) + "\" is no string");
  }
  return value.is_string() ? std::string(value.as_string()) : "";
}

bool flag(const Value& map, std::string_view key) {
  const Value& value = at(map, key);
  return value.is_bool() && value.as_bool();
}

std::vector<std::string> names(const Value& map, std::string_view key) {
  std::vector<std::string> found;
  for (const Value& item : at(map, key).items()) {
    found.emplace_back(item.is_string() ? item.as_string() : "");
  }
  return found;
}

// The one of `all` that describe() calls so.
template <class Enum, std::size_t size>
Enum named(const Value& map, std::string_view key, const Enum (&all)[size]) {
  const std::string name = text(map, key);
  const auto found = std::ranges::find_if(all, [&](Enum each) { return describe(each) == name; });
  if (found == std::end(all)) {
    refuse("\"" + std::string(key) + "\" is \"" + printable(name.substr(0, 40)) + "\"");
  }
  return *found;
}

audit::Severity severity(const Value& map, std::string_view key) {
  static constexpr audit::Severity all[] = {
      audit::Severity::note, audit::Severity::warning, audit::Severity::error};
  return named(map, key, all);
}

std::optional<compare::Owner> owner(const Value& value) {
  using Kind = compare::ManagerClass;
  static constexpr Kind kinds[] = {
      Kind::gitops, Kind::controller, Kind::person, Kind::deploy_tool, Kind::unknown};
  if (!value.is_map()) {
    return std::nullopt;
  }
  return compare::Owner{.manager = text(value, "manager"),
                        .operation = text(value, "operation"),
                        .subresource = text(value, "subresource"),
                        .time = parse_time(text(value, "time")),
                        .kind = named(value, "kind", kinds)};
}

std::vector<audit::ValueGroup> groups(const Value& list) {
  std::vector<audit::ValueGroup> found;
  for (const Value& item : list.items()) {
    found.push_back({.value = at(item, "value"), .cells = names(item, "cells")});
  }
  return found;
}

std::optional<std::int64_t> number(const Value& map, std::string_view key) {
  const Value& value = at(map, key);
  return value.is_int() && value.as_int() >= 0 ? std::optional(value.as_int()) : std::nullopt;
}

std::vector<audit::Proved> proved(const Value& list) {
  using Match = audit::Proved::Match;
  static constexpr Match matches[] = {Match::exact, Match::edited, Match::ahead, Match::none};
  std::vector<audit::Proved> found;
  for (const Value& item : list.items()) {
    const auto behind = number(item, "behind");
    const auto age = number(item, "ageSeconds");
    found.push_back({.match = named(item, "match", matches),
                     .cell = text(item, "cell"),
                     .application = text(item, "application"),
                     .commit = text(item, "commit"),
                     .version = text(item, "version"),
                     .behind = behind ? std::optional(std::size_t(*behind)) : std::nullopt,
                     .age = age ? std::optional(std::chrono::seconds(*age)) : std::nullopt});
  }
  return found;
}

audit::ObjectRef object(const Value& value) {
  return {.api_version = text(value, "apiVersion"),
          .kind = text(value, "kind"),
          .ns = text(value, "namespace"),
          .name = text(value, "name")};
}

std::optional<audit::Ruling> ruling(const Value& value) {
  if (!value.is_map()) {
    return std::nullopt;
  }
  return audit::Ruling{.rule = text(value, "rule"),
                       .source = {},
                       .was = severity(value, "was"),
                       .says = text(value, "says")};
}

Finding finding(const Value& value) {
  Finding finding;
  finding.fingerprint = text(value, "fingerprint");
  finding.rule = text(value, "rule");
  finding.severity = severity(value, "severity");
  finding.category = named(value, "category", audit::all_categories);
  finding.cells = names(value, "cells");
  finding.component = text(value, "component");
  finding.application = text(value, "application");
  finding.object = object(at(value, "object"));
  finding.labels = at(value, "labels");
  finding.path = text(value, "path");
  finding.path_text = text(value, "pathText");
  finding.changed_by = owner(at(value, "changedBy"));
  finding.values = groups(at(value, "values"));
  finding.proved = proved(at(value, "proved"));
  finding.message = text(value, "message");
  finding.reason = text(value, "reason");
  finding.ruling = ruling(at(value, "ruling"));
  return finding;
}

std::vector<Finding> findings(const Value& list) {
  std::vector<Finding> found;
  std::ranges::transform(list.items(), std::back_inserter(found), finding);
  return found;
}

audit::CellSummary cell(const Value& value) {
  audit::CellSummary cell{.name = text(value, "name")};
  cell.reachable = flag(value, "reachable");
  cell.coverage = text(value, "coverage");
  for (const auto& [label, item] : at(value, "labels").entries()) {
    cell.labels[label.str()] = item.is_string() ? item.as_string() : "";
  }
  return cell;
}

Problem problem(const Value& value) {
  return {.stage = Stage::audit,
          .cell = text(value, "cell"),
          .application = text(value, "application"),
          .message = text(value, "message"),
          .source = text(value, "source"),
          .unknown = flag(value, "unknown") ? LeavesUnknown::yes : LeavesUnknown::no};
}

}  // namespace

Report read_json(const Value& document) {
  if (document.string_at({"schema"}) != "celldrift.report/v1") {
    refuse("\"schema\" is not celldrift.report/v1");
  }
  Report report;
  report.complete = flag(document, "complete");
  report.findings = findings(at(document, "findings"));
  report.waived = findings(at(document, "waived"));
  for (const Value& item : at(document, "cells").items()) {
    report.cells.push_back(cell(item));
  }
  for (const Value& item : at(document, "problems").items()) {
    report.problems.push_back(problem(item));
  }
  return report;
}

}  // namespace celldrift::report
