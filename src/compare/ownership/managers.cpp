#include "celldrift/compare/managers.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace celldrift::embedded {
extern const std::string_view managers_yaml;
}

namespace celldrift::compare {
namespace {

constexpr std::pair<std::string_view, ManagerClass> classes[] = {
    {"gitops", ManagerClass::gitops},
    {"controller", ManagerClass::controller},
    {"person", ManagerClass::person},
    {"deploy-tool", ManagerClass::deploy_tool},
};

constexpr std::string_view keys[] = {"manager", "operation", "subresource", "is", "beside-gitops"};

[[noreturn]] void fail(const std::string& what, const Value& at) {
  throw Error(ErrorCode::config, "in a table of managers, " + what, at.mark());
}

void check_keys(const Value& row) {
  if (!row.is_map()) {
    fail("a row must be a map with manager and is", row);
  }
  for (const Value::Entry& entry : row.entries()) {
    if (std::ranges::find(keys, entry.key.view()) == std::end(keys)) {
      fail("\"" + entry.key.str() +
               "\" means nothing; a row has manager, operation, subresource, is, beside-gitops",
           entry.value);
    }
    if (!entry.value.is_string()) {
      fail("\"" + entry.key.str() + "\" must be a text", entry.value);
    }
  }
  if (row.string_at({"manager"}).empty()) {
    fail("a row lacks \"manager\"", row);
  }
}

ManagerClass class_in(const Value& row, std::string_view key) {
  const auto found = std::ranges::find(
      classes, row.string_at({key}), &std::pair<std::string_view, ManagerClass>::first);
  if (found == std::end(classes)) {
    fail("\"" + std::string(key) + "\" must be gitops, controller, person or deploy-tool", row);
  }
  return found->second;
}

bool allows(std::string_view wanted, std::string_view given) {
  return wanted.empty() || wanted == given;
}

}  // namespace

std::string_view describe(ManagerClass manager) {
  static constexpr std::string_view names[] = {
      "gitops", "controller", "person", "deploy tool", "unknown"};
  return names[std::size_t(manager)];
}

const Managers& Managers::builtin() {
  static const Managers managers = [] {
    static const auto source =
        intern_source({.path = "rules/managers.yaml", .blob = "", .commit = ""});
    const Value table =
        yaml::parse(embedded::managers_yaml, {.source = source, .budget = {}}).value;
    const Value* rows = table.find("managers");
    return Managers().with(rows == nullptr ? Value() : *rows);
  }();
  return managers;
}

Managers Managers::with(const Value& rows) const {
  if (!rows.is_list()) {
    fail("a list of rows is expected", rows);
  }
  Managers result;
  for (const Value& row : rows.items()) {
    check_keys(row);
    const std::string_view beside = row.find("beside-gitops") != nullptr ? "beside-gitops" : "is";
    result.rows_.push_back({.pattern = std::string(row.string_at({"manager"})),
                            .operation = std::string(row.string_at({"operation"})),
                            .subresource = std::string(row.string_at({"subresource"})),
                            .manager = class_in(row, "is"),
                            .beside_gitops = class_in(row, beside)});
  }
  std::ranges::copy(rows_, std::back_inserter(result.rows_));
  return result;
}

const Managers::Row* Managers::find(std::string_view manager,
                                    std::string_view operation,
                                    std::string_view subresource) const {
  const auto row = std::ranges::find_if(rows_, [&](const Row& each) {
    return allows(each.operation, operation) && allows(each.subresource, subresource) &&
           glob_match(each.pattern, manager);
  });
  return row == rows_.end() ? nullptr : &*row;
}

ManagerClass Managers::classify(std::string_view manager,
                                std::string_view operation,
                                std::string_view subresource) const {
  const Row* row = find(manager, operation, subresource);
  return row == nullptr ? ManagerClass::unknown : row->manager;
}

ManagerClass Managers::classify_beside_gitops(std::string_view manager,
                                              std::string_view operation,
                                              std::string_view subresource) const {
  const Row* row = find(manager, operation, subresource);
  return row == nullptr ? ManagerClass::unknown : row->beside_gitops;
}

}  // namespace celldrift::compare
