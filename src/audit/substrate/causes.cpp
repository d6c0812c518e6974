// Differences of the substrate as the likely causes of others.
#include "audit/substrate/substrate.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

namespace celldrift::audit {
namespace {

constexpr std::size_t most_apis = 3;  // that are named

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '/';
}

// As a whole name: "webhook a.example.com" is not in "webhook a.example.com.au".
bool mentions(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::string_view rest = text.substr(at + name.size());
    const bool goes_on =
        !rest.empty() &&
        (is_of_name(rest[0]) || (rest[0] == '.' && rest.size() > 1 && is_of_name(rest[1])));
    if (!goes_on && (at == 0 || !is_of_name(text[at - 1]))) {
      return true;
    }
  }
  return false;
}

using Groups = std::map<std::string_view, std::size_t>;

Groups groups_of(const std::vector<ValueGroup>& values) {
  Groups groups;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (const std::string& cell : values[i].cells) {
      groups.emplace(cell, i);
    }
  }
  return groups;
}

// Cells that have the same of the one have the same of the other.
bool parts_alike(const Finding& cause, const Finding& finding) {
  const Groups causes = groups_of(cause.values);
  std::map<std::size_t, std::size_t> effects;
  for (const auto& [cell, effect] : groups_of(finding.values)) {
    const auto group = causes.find(cell);
    if (group == causes.end()) {
      return false;
    }
    const auto [known, is_new] = effects.emplace(group->second, effect);
    if (known->second != effect) {
      return false;
    }
  }
  return effects.size() > 1;
}

// Of parity the cells part alike; what is drift in one cell comes from what is out of line there.
bool fits(const Finding& cause, const Finding& finding) {
  const bool is_out = std::ranges::all_of(finding.cells, [&](const std::string& cell) {
    return std::ranges::binary_search(cause.cells, cell);
  });
  return finding.values.empty() ? is_out && !finding.cells.empty() : parts_alike(cause, finding);
}

// "spec.template.foo[name=x].bar" -> "bar".
std::string_view last_field(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  path.remove_prefix(dot == path.npos ? 0 : dot + 1);
  return path.substr(0, path.find('['));
}

// The fields of a schema's place: "spec" and "size" of
// "….openAPIV3Schema.properties.spec.properties.size.default".
std::vector<std::string_view> properties_in(std::string_view place) {
  constexpr std::string_view before = ".properties.";
  std::vector<std::string_view> properties;
  for (std::size_t at = place.find(before); at != place.npos; at = place.find(before, at + 1)) {
    const std::string_view rest = place.substr(at + before.size());
    properties.push_back(rest.substr(0, rest.find_first_of(".[")));
  }
  return properties;
}

// The schema has something else to say of that field, of one in it, or of what it is in.
bool is_about_field(const SubstrateDifference& cause, const Finding& finding) {
  std::vector<std::string_view> fields;
  for (const std::string_view step : split(finding.path_text, '.')) {
    fields.push_back(step.substr(0, step.find('[')));
  }
  return std::ranges::any_of(cause.places, [&](const std::string& place) {
    const std::vector<std::string_view> properties = properties_in(place);
    return !properties.empty() &&
           (std::ranges::find(properties, fields.back()) != properties.end() ||
            std::ranges::find(fields, properties.back()) != fields.end());
  });
}

bool has_to_do_with(const SubstrateDifference& cause, const Finding& finding) {
  const auto is_named = [&](const std::string& name) {
    return mentions(finding.reason, name) || mentions(finding.message, name);
  };
  if (std::ranges::any_of(cause.names, is_named)) {
    return true;
  }
  if (!cause.chooses.empty()) {
    return last_field(finding.path_text) == cause.chooses;
  }
  const GroupKind kind{std::string(group_of(finding.object.api_version)), finding.object.kind};
  return cause.defines == kind && !finding.path_text.empty() && is_about_field(cause, finding);
}

bool may_have_cause(const Finding& finding) {
  return finding.rule != "parity/substrate" && finding.rule != "parity/application" &&
         (finding.category == Category::parity || finding.category == Category::drift);
}

void add_reason(Finding& finding, const std::string& cause) {
  const std::string text = "likely because " + cause;
  const bool is_last = !finding.reason.empty() && finding.message.ends_with(finding.reason);
  if (is_last) {
    finding.message += "; " + text;
  }
  finding.reason += (finding.reason.empty() ? "" : "; ") + text;
}

// What the versions of Kubernetes bring along is told where these are.
void add_apis(const std::vector<std::string>& apis, Finding& finding) {
  if (finding.rule != rule_of(FactKind::kubernetes) || apis.empty()) {
    return;
  }
  const std::size_t shown = std::min(apis.size(), most_apis);
  const std::vector<std::string> first(apis.begin(), apis.begin() + std::ptrdiff_t(shown));
  const std::string more =
      shown < apis.size() ? " and " + std::to_string(apis.size() - shown) + " more" : "";
  finding.reason += std::string(finding.reason.empty() ? "" : "; ") +
                    "with the version come other APIs: " + join(first, ", ") + more;
}

}  // namespace

void SubstrateParity::name_causes(std::vector<Finding>& findings) const {
  for (Finding& finding : findings) {
    add_apis(by_version_, finding);
    if (!may_have_cause(finding)) {
      continue;
    }
    const auto cause = std::ranges::find_if(causes_, [&](const SubstrateDifference& each) {
      return has_to_do_with(each, finding) && fits(each.finding, finding);
    });
    if (cause != causes_.end()) {
      add_reason(finding, cause->brief);
    }
  }
}

}  // namespace celldrift::audit
