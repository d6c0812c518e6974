#include "compare/argo/settings_yaml.hpp"

#include "celldrift/yaml/yaml.hpp"

namespace celldrift::compare {

SettingsYaml::SettingsYaml(std::string_view key, const Value& value)
    : key_(key), mark_(value.mark()) {
  if (!value.is_string()) {
    fail("must be a string");
  }
  text_ = value.as_string();
}

void SettingsYaml::fail(const std::string& what) const {
  throw Error(ErrorCode::config, "argocd-cm: " + key_ + " " + what, mark_);
}

Value SettingsYaml::yaml() const {
  try {
    return yaml::parse(text_, {.budget = {.depth = 50, .nodes = 200'000}}).value;
  } catch (const Error& error) {
    fail("is no YAML: " + error.message());
  }
}

Value SettingsYaml::map() const {
  const Value value = yaml();
  if (!value.is_map() && !value.is_null()) {
    fail("must be a map");
  }
  return value;
}

bool SettingsYaml::boolean(const Value& value) const {
  if (!value.is_bool() && !value.is_null()) {
    fail("must have true or false");
  }
  return value.is_bool() && value.as_bool();
}

std::vector<std::string> SettingsYaml::texts(const Value& map, std::string_view field) const {
  std::vector<std::string> result;
  const Value* list = map.find(field);
  if (list == nullptr || list->is_null()) {
    return result;
  }
  if (!list->is_list()) {
    fail("must have a list in " + std::string(field));
  }
  for (const Value& item : list->items()) {
    if (!item.is_string() && !item.is_null()) {
      fail("must have strings in " + std::string(field));
    }
    result.emplace_back(item.is_null() ? "" : item.as_string());
  }
  return result;
}

std::vector<ResourceFilter> SettingsYaml::filters() const {
  std::vector<ResourceFilter> result;
  const Value list = yaml();
  if (!list.is_list() && !list.is_null()) {
    fail("must be a list");
  }
  for (const Value& item : list.items()) {
    if (!item.is_map() && !item.is_null()) {
      fail("must be a list of maps");
    }
    result.push_back({.groups = texts(item, "apiGroups"),
                      .kinds = texts(item, "kinds"),
                      .clusters = texts(item, "clusters")});
  }
  return result;
}

}  // namespace celldrift::compare
