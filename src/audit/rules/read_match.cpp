#include "audit/rules/read_parts.hpp"

namespace celldrift::audit {
namespace {

using yaml::Fields;

constexpr std::string_view keys[] = {"kind",
                                     "group",
                                     "name",
                                     "namespace",
                                     "labels",
                                     "component",
                                     "application",
                                     "cells",
                                     "cellLabels",
                                     "path",
                                     "category",
                                     "rule",
                                     "manager",
                                     "managerKind",
                                     "severity",
                                     "not"};
constexpr std::string_view severities[] = {"error", "warning", "note"};
constexpr std::string_view manager_kinds[] = {
    "person", "deploy-tool", "controller", "gitops", "unknown", "nobody"};
constexpr std::size_t max_glob = 1024;
constexpr std::size_t max_globs = 10'000;

std::vector<std::string> globs(const Fields& fields, std::string_view key) {
  std::vector<std::string> found = fields.one_or_more(key);
  for (const std::string& glob : found) {
    if (glob.size() > max_glob) {
      refuse(fields, key, "has a pattern of more than 1024 bytes");
    }
    if (glob.empty() && key != "group") {
      refuse(fields, key, "must not be empty");
    }
  }
  if (found.size() > max_globs) {
    refuse(fields, key, "has more than 10000 patterns");
  }
  return found;
}

std::vector<PathPattern> paths(const Fields& fields) {
  std::vector<PathPattern> found;
  for (const std::string& text : globs(fields, "path")) {
    try {
      found.push_back(PathPattern::parse(text));
    } catch (Error& error) {
      throw error.add_context(fields.path("path")).at(fields.find("path")->mark());
    }
  }
  return found;
}

std::vector<std::string> category_choices(const Fields& fields) {
  std::vector<std::string_view> allowed;
  for (const Category category : all_categories) {
    allowed.push_back(describe(category));
  }
  return choices(fields, "category", allowed);
}

Match read(const Value& map, const std::string& where, bool may_negate) {
  const std::span<const std::string_view> all(keys);
  const Fields fields(map, where, may_negate ? all : all.first(all.size() - 1));
  Match match;
  match.kinds = globs(fields, "kind");
  match.groups = globs(fields, "group");
  match.names = globs(fields, "name");
  match.namespaces = globs(fields, "namespace");
  match.labels = selector_at(fields, "labels");
  match.components = globs(fields, "component");
  match.applications = globs(fields, "application");
  match.cells = cells_at(fields);
  match.paths = paths(fields);
  match.categories = category_choices(fields);
  match.rules = globs(fields, "rule");
  match.managers = globs(fields, "manager");
  match.manager_kinds = choices(fields, "managerKind", manager_kinds);
  match.severities = choices(fields, "severity", severities);
  if (const Value* negated = may_negate ? fields.find("not") : nullptr) {
    for (const Value& item : negated->is_list() ? negated->items() : std::span(negated, 1)) {
      match.none_of.push_back(read(item, fields.path("not"), false));
    }
  }
  return match;
}

}  // namespace

Match read_match(const Value& map, const std::string& where) {
  return read(map, where, true);
}

}  // namespace celldrift::audit
