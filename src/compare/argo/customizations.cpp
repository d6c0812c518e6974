// resource.customizations: what argocd-cm says of kinds.

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/argo/settings_yaml.hpp"

#include <algorithm>
#include <array>

namespace celldrift::compare {
namespace {

struct Override {
  std::string group;
  std::string kind;
};

// "group/Kind" or "Kind". Argo CD warns of anything else and goes on with no kind, so that the rule
// matches nothing.
Override override_of(std::string_view key) {
  const std::vector<std::string_view> parts = split(key, '/');
  if (parts.size() > 2) {
    return {};
  }
  return {std::string(parts.size() == 2 ? parts[0] : ""), std::string(parts.back())};
}

void add_rule(ArgoSettings& settings,
              const SettingsYaml& text,
              const Override& kind,
              const Value& says) {
  if (!says.is_map() && !says.is_null()) {
    text.fail("must have a map for ignoreDifferences");
  }
  IgnoreRule rule{.group = kind.group,
                  .kind = kind.kind,
                  .json_pointers = text.texts(says, "jsonPointers"),
                  .jq_expressions = text.texts(says, "jqPathExpressions"),
                  .managers = text.texts(says, "managedFieldsManagers"),
                  .is_system = true,
                  .key = text.key(),
                  .mark = text.mark()};
  if (!rule.json_pointers.empty() || !rule.jq_expressions.empty() || !rule.managers.empty()) {
    settings.ignore_rules.push_back(std::move(rule));
  }
}

void add_known_types(ArgoSettings& settings,
                     const SettingsYaml& text,
                     const Override& kind,
                     const Value& fields) {
  if (fields.is_null()) {
    return;
  }
  if (!fields.is_list()) {
    text.fail("must have a list for knownTypeFields");
  }
  for (const Value& field : fields.items()) {
    settings.known_types.push_back({.kind = {kind.group, kind.kind},
                                    .field = std::string(field.string_at({"field"})),
                                    .type = std::string(field.string_at({"type"}))});
  }
}

Value yaml_in(const Value* value, const SettingsYaml& text) {
  if (value == nullptr || value->is_null()) {
    return {};
  }
  return SettingsYaml(text.key(), value->with_mark(text.mark())).yaml();
}

// One YAML map of "group/Kind" to what it says, in which ignoreDifferences is YAML in a string
// again.
void read_all_in_one(ArgoSettings& settings, const SettingsYaml& text) {
  const Value overrides = text.map();
  for (const Value::Entry& entry : overrides.entries()) {
    const Override kind = override_of(entry.key.view());
    add_rule(settings, text, kind, yaml_in(entry.value.find("ignoreDifferences"), text));
    const Value* known = entry.value.find("knownTypeFields");
    add_known_types(settings, text, kind, known == nullptr ? Value() : *known);
  }
}

// "apps_Deployment", "Service", "all".
Override override_of_split_key(std::string_view group_kind, const SettingsYaml& text) {
  const std::vector<std::string_view> parts = split(group_kind, '_');
  if (group_kind.empty() || parts.size() > 2) {
    text.fail("must end in <group>_<Kind>, <Kind> or all");
  }
  if (parts.size() == 1 && group_kind == "all") {
    return {"*", "*"};
  }
  return parts.size() == 2 ? Override{std::string(parts[0]), std::string(parts[1])}
                           : override_of(group_kind);
}

constexpr std::array<std::string_view, 4> of_no_effect = {
    "health", "useOpenLibs", "actions", "ignoreResourceUpdates"};

}  // namespace

void read_customization(ArgoSettings& settings, const SettingsYaml& text) {
  if (text.key() == customizations_key) {
    read_all_in_one(settings, text);
    return;
  }
  // resource.customizations.<type>.<group_Kind>, where groups have dots.
  const std::string_view key = text.key();
  const std::size_t type_start = std::string_view("resource.customizations.").size();
  const std::size_t type_end = key.find('.', type_start);
  if (key.size() < type_start || type_end == key.npos) {
    return;  // as Argo CD, which passes over keys with fewer parts
  }
  const std::string_view type = key.substr(type_start, type_end - type_start);
  const Override kind = override_of_split_key(key.substr(type_end + 1), text);
  if (type == "ignoreDifferences") {
    // A key of its own takes the place of what resource.customizations says of the same kind.
    std::erase_if(settings.ignore_rules, [&](const IgnoreRule& rule) {
      return rule.key == customizations_key && rule.group == kind.group && rule.kind == kind.kind;
    });
    add_rule(settings, text, kind, text.map());
  } else if (type == "knownTypeFields") {
    add_known_types(settings, text, kind, text.yaml());
  } else if (std::ranges::find(of_no_effect, type) == of_no_effect.end()) {
    text.fail("is of a type that Argo CD does not know: " + std::string(type));
  }
}

}  // namespace celldrift::compare
