// Values of argocd-cm, which are YAML in strings.
#pragma once

#include "celldrift/compare/argo_settings.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// One key of argocd-cm. All throw Error(config) that names the key and its place.
class SettingsYaml {
 public:
  // Keys hold strings, as in any ConfigMap.
  SettingsYaml(std::string_view key, const Value& value);

  const std::string& key() const { return key_; }
  const Mark& mark() const { return mark_; }
  std::string_view text() const { return text_; }
  // The text as YAML: null for an empty one.
  Value yaml() const;
  Value map() const;
  std::vector<ResourceFilter> filters() const;

  // Of values in it.
  bool boolean(const Value& value) const;
  std::vector<std::string> texts(const Value& map, std::string_view field) const;

  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string key_;
  std::string text_;
  Mark mark_;
};

inline constexpr std::string_view customizations_key = "resource.customizations";

// resource.customizations, and resource.customizations.<type>.<group_Kind>.
void read_customization(ArgoSettings& settings, const SettingsYaml& text);

}  // namespace celldrift::compare
