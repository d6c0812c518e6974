#include "celldrift/fleet/global_projects.hpp"

#include "celldrift/yaml/yaml.hpp"
#include "fleet/generators/selector.hpp"
#include "fleet/shapes/application_shape.hpp"
#include "fleet/shapes/go_struct.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::string_view key = "globalProjects";
constexpr Budget budget{.depth = 50, .nodes = 200'000};
constexpr std::string_view joining_lists[] = {"clusterResourceWhitelist",
                                              "clusterResourceBlacklist",
                                              "namespaceResourceWhitelist",
                                              "namespaceResourceBlacklist",
                                              "syncWindows",
                                              "sourceRepos",
                                              "destinations"};

const Field entry_fields[] = {{"projectName", &string_shape},
                              {"labelSelector", &label_selector_shape}};
const Shape entry_shape{Shape::Kind::structure, entry_fields};
const Shape entries_shape{Shape::Kind::list, {}, &entry_shape};

// All that the setting holds are strings, and numbers and the like become some on the way to Go.
Value with_strings(const Value& value) {
  if (value.is_map()) {
    Value::Map entries;
    for (const auto& [name, item] : value.entries()) {
      entries.push_back({name, with_strings(item)});
    }
    return Value::map(std::move(entries)).with_mark(value.mark());
  }
  if (value.is_list()) {
    Value::List items;
    std::ranges::transform(value.items(), std::back_inserter(items), with_strings);
    return Value::list(std::move(items)).with_mark(value.mark());
  }
  return value.is_null() || value.is_string()
             ? value
             : Value::string(yaml::emit_json(value)).with_mark(value.mark());
}

// Throws Error where Go could not decode it.
Value decoded(const Value& setting) {
  if (!setting.is_string()) {
    throw Error(ErrorCode::config, "it must be a string", setting.mark());
  }
  const Value stated = yaml::parse(setting.as_string(), {.budget = budget}).value;
  GoStruct entries(entries_shape);
  if (!stated.is_null()) {
    entries.decode(with_strings(stated), std::string(key));
  }
  return entries.value();
}

std::shared_ptr<const Selector> selector_of(const Value& entry) {
  const Value* stated = entry.find("labelSelector");
  return std::make_shared<const Selector>(
      stated == nullptr ? Value::map({}) : *stated, ValueRule::label, "labelSelector");
}

std::string_view name_of(const Value& project) {
  return project.string_at({"metadata", "name"});
}

FlatParams labels_of(const Value& project) {
  FlatParams labels;
  if (const Value* stated = project.find({"metadata", "labels"})) {
    for (const auto& [name, value] : stated->entries()) {
      labels.emplace(name.view(), value.is_string() ? value.as_string() : "");
    }
  }
  return labels;
}

const Value* named(std::span<const Value> projects, std::string_view name) {
  const auto found = std::ranges::find(projects, name, name_of);
  return found == projects.end() ? nullptr : &*found;
}

// What is no list stays as it is: the project is broken, and is told as such.
Value appended(const Value& spec, std::string_view field, const Value* more) {
  const Value* own = spec.find(field);
  const bool is_joined = more != nullptr && more->is_list() && more->size() > 0 &&
                         (own == nullptr || own->is_null() || own->is_list());
  if (!is_joined) {
    return spec;
  }
  Value::List items;
  if (own != nullptr) {
    std::ranges::copy(own->items(), std::back_inserter(items));
  }
  std::ranges::copy(more->items(), std::back_inserter(items));
  return spec.with(field, Value::list(std::move(items)).with_mark(more->mark()));
}

Value with_lists_of(const Value& project, const Value& global) {
  const Value* own = project.find("spec");
  Value spec = own == nullptr || own->is_null() ? Value::map({}) : *own;
  if (!spec.is_map()) {
    return project;
  }
  for (const std::string_view field : joining_lists) {
    spec = appended(spec, field, global.find({"spec", field}));
  }
  return project.with("spec", spec);
}

}  // namespace

GlobalProjects GlobalProjects::read(const Value& config_map, std::vector<Problem>& problems) {
  GlobalProjects result;
  const Value* setting = config_map.find({"data", key});
  if (setting == nullptr) {
    return result;
  }
  const auto complain = [&](const Error& error, const std::string& what) {
    Problem problem = problem_of(
        Error(ErrorCode::config, "argocd-cm: " + what + ": " + error.message(), setting->mark()),
        Stage::config);
    problem.unknown = LeavesUnknown::no;
    problems.push_back(std::move(problem));
  };
  try {
    const Value entries = decoded(*setting);
    for (const Value& entry : entries.items()) {
      const std::string name(entry.string_at({"projectName"}));
      result.entries_.push_back({.project = name, .selector = nullptr});
      try {
        result.entries_.back().selector = selector_of(entry);
      } catch (const Error& error) {
        complain(error,
                 "globalProjects has a broken selector for " + name +
                     ", and Argo CD takes no notice of it and those after it");
      }
    }
  } catch (const Error& error) {
    complain(error, "globalProjects cannot be read, and Argo CD takes no notice of it");
    result.entries_.clear();
  }
  return result;
}

std::vector<std::string> GlobalProjects::names() const {
  std::vector<std::string> names;
  std::ranges::transform(entries_, std::back_inserter(names), &Entry::project);
  return names;
}

std::vector<const Value*> GlobalProjects::of(const Value& project,
                                             std::span<const Value> known) const {
  std::vector<const Value*> globals;
  if (entries_.empty()) {
    return globals;
  }
  const FlatParams labels = labels_of(project);
  for (const Entry& entry : entries_) {
    if (entry.project == name_of(project)) {
      continue;
    }
    if (entry.selector == nullptr) {
      break;
    }
    if (!entry.selector->matches(labels)) {
      continue;
    }
    const Value* global = named(known, entry.project);
    if (global == nullptr) {
      break;  // as Argo CD does, whatever follows
    }
    globals.push_back(global);
  }
  return globals;
}

std::vector<Value> GlobalProjects::joined(const std::vector<Value>& projects) const {
  std::vector<Value> result;
  for (const Value& project : projects) {
    Value whole = project;
    for (const Value* global : of(project, projects)) {
      whole = with_lists_of(whole, *global);
    }
    result.push_back(std::move(whole));
  }
  return result;
}

}  // namespace celldrift::fleet
