// Health scripts that somebody gave Argo CD. Lua is not run. Most of those that people write say
// one thing of every object (an Ingress without an address is Healthy), or say of an Application
// what its own status does, as Argo CD's manual has it; those are known without.
#include "audit/health/parts.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using State = Health::State;

constexpr std::string_view all_in_one = "resource.customizations";
constexpr std::string_view of_its_own = "resource.customizations.health.";
constexpr std::string_view own_status = "obj.status.health.status";
constexpr std::pair<std::string_view, State> states[] = {{"Healthy", State::healthy},
                                                         {"Progressing", State::progressing},
                                                         {"Degraded", State::degraded},
                                                         {"Suspended", State::suspended}};

std::optional<State> state_of(std::string_view name) {
  const auto* found = std::ranges::find(states, name, &std::pair<std::string_view, State>::first);
  return found == std::end(states) ? std::nullopt : std::optional(found->second);
}

// Lines, as far as they are no comments. Long comments make nothing of it.
std::string without_comments(std::string_view script) {
  std::string code;
  for (const std::string_view line : split(script, '\n')) {
    code.append(line.substr(0, line.find("--"))).append("\n");
  }
  return code;
}

// The texts that it sets a status to: status = "Healthy".
std::vector<std::string_view> stated(std::string_view code) {
  std::vector<std::string_view> found;
  for (std::size_t at = code.find("status"); at != code.npos; at = code.find("status", at + 1)) {
    std::string_view rest = trim(code.substr(at + std::string_view("status").size()));
    if (!rest.starts_with("=") || rest.starts_with("==")) {
      continue;
    }
    rest = trim(rest.substr(1));
    const char quote = rest.empty() ? ' ' : rest.front();
    const std::size_t end = rest.find(quote, 1);
    const bool is_text = (quote == '"' || quote == '\'') && end != rest.npos;
    found.push_back(is_text ? rest.substr(1, end - 1) : std::string_view());
  }
  return found;
}

HealthScript read_script(std::string kind, std::string_view lua) {
  HealthScript script{.kind = std::move(kind)};
  const std::string code = without_comments(lua);
  const std::vector<std::string_view> statuses = stated(code);
  const bool is_plain = code.find("[[") == code.npos && code.find("return") != code.npos;
  const bool asks_nothing = code.find("obj") == code.npos && code.find("if ") == code.npos;
  if (is_plain && asks_nothing && statuses.size() == 1) {
    script.always = state_of(statuses.front());
  }
  script.is_own_status = is_plain && code.find(own_status) != code.npos;
  return script;
}

// "apps_Deployment" or "Service", of which the first may have dots.
std::string kind_of(std::string_view group_kind) {
  std::string kind(group_kind);
  std::ranges::replace(kind, '_', '/');
  return kind == "all" ? "*/*" : kind;
}

void read_all_in_one(std::string_view text, std::vector<HealthScript>& scripts) {
  const Value overrides = yaml::parse(text).value;
  for (const Value::Entry& each : overrides.entries()) {
    if (const std::string_view lua = each.value.string_at({"health.lua"}); !lua.empty()) {
      scripts.push_back(read_script(std::string(each.key.view()), lua));
    }
  }
}

const HealthScript* script_for(const Value& live, std::span<const HealthScript> scripts) {
  const std::string_view group = group_of(live.string_at({"apiVersion"}));
  const std::string kind =
      (group.empty() ? "" : std::string(group) + "/") + std::string(live.string_at({"kind"}));
  auto found = std::ranges::find(scripts, kind, &HealthScript::kind);
  if (found == scripts.end()) {
    found = std::ranges::find_if(
        scripts, [&](const HealthScript& each) { return glob_match(each.kind, kind); });
  }
  return found == scripts.end() ? nullptr : &*found;
}

// Of an Application that another one has, these two do not count.
Health by_own_status(const Value& live) {
  const std::string_view status = live.string_at({"status", "health", "status"}, "Progressing");
  const bool is_uncounted =
      live.string_at({"kind"}) == "Application" && (status == "Missing" || status == "Unknown");
  const auto state = state_of(status);
  return is_uncounted || state == State::healthy
             ? Health()
             : Health{state.value_or(State::unknown), "its own status says " + printable(status)};
}

}  // namespace

// A key of its own comes before what resource.customizations says of the same kind. What is no YAML
// makes Argo CD fail; who reads the rest of argocd-cm says so.
std::vector<HealthScript> health_scripts(const Value& argocd_cm) {
  std::vector<HealthScript> scripts;
  const Value* data = argocd_cm.find("data");
  for (const Value::Entry& each :
       data == nullptr ? std::span<const Value::Entry>() : data->entries()) {
    const std::string_view key = each.key.view();
    if (key.starts_with(of_its_own) && each.value.is_string() && !each.value.as_string().empty()) {
      scripts.push_back(
          read_script(kind_of(key.substr(of_its_own.size())), each.value.as_string()));
    }
  }
  if (const std::string_view text = argocd_cm.string_at({"data", all_in_one}); !text.empty()) {
    try {
      read_all_in_one(text, scripts);
    } catch (const Error&) {  // said elsewhere
    }
  }
  return scripts;
}

std::optional<Health> health_of(const Value& live, std::span<const HealthScript> scripts) {
  const HealthScript* script = script_for(live, scripts);
  const bool is_going = live.find({"metadata", "deletionTimestamp"}) != nullptr;
  if (script == nullptr || is_going) {
    return health_of(live);
  }
  if (script->is_own_status) {
    return by_own_status(live);
  }
  if (!script->always) {
    return std::nullopt;
  }
  return *script->always == State::healthy ? Health()
                                           : Health{*script->always, "argocd-cm says so"};
}

}  // namespace celldrift::audit
