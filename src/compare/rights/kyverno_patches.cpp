#include "compare/rights/kyverno_patches.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

using Step = PathPattern::Step;
constexpr std::size_t max_depth = 48;

// A text as a pattern that matches it, each {{variable}} anything.
std::string as_pattern(std::string_view text) {
  std::string pattern;
  while (!text.empty()) {
    const auto end = text.starts_with("{{") ? text.find("}}") : std::string_view::npos;
    if (end != std::string_view::npos) {
      pattern += '*';
      text.remove_prefix(end + 2);
      continue;
    }
    if (std::string_view("*?[\\").find(text.front()) != std::string_view::npos) {
      pattern += '\\';
    }
    pattern += text.front();
    text.remove_prefix(1);
  }
  return pattern;
}

// "+(name)", "(name)", "=(name)": the anchor before the brackets, and the key inside.
struct Anchored {
  char anchor = 0;  // 0: none; '(': a condition
  std::string_view key;
};

Anchored anchored(std::string_view key) {
  const auto open = key.find('(');
  if (open > 1 || !key.ends_with(')')) {
    return {.key = key};
  }
  return {.anchor = key.front(), .key = key.substr(open + 1, key.size() - open - 2)};
}

void overlay(const Value& tree, std::vector<Step>& at, std::vector<KyvernoPatch>& patches);

// An item is told by its name, which may be a condition with "*" and "?".
Step item_step(const Value& item) {
  for (const Value::Entry& entry : item.entries()) {
    const Anchored key = anchored(entry.key);
    if (key.key == "name" && entry.value.is_string()) {
      const std::string name(entry.value.as_string());
      return {.is_item = true,
              .key = "name",
              .glob = key.anchor == '(' && name.find("{{") == std::string::npos ? name
                                                                                : as_pattern(name)};
    }
  }
  return {.is_item = true, .glob = "*"};
}

void overlay_below(const Value& tree,
                   Step step,
                   std::vector<Step>& at,
                   std::vector<KyvernoPatch>& patches) {
  at.push_back(std::move(step));
  overlay(tree, at, patches);
  at.pop_back();
}

bool has_maps(const Value& list) {
  return !list.items().empty() && list.items().front().is_map();
}

// patchStrategicMerge: a tree like the object, with anchors.
void overlay(const Value& tree, std::vector<Step>& at, std::vector<KyvernoPatch>& patches) {
  if (at.size() > max_depth) {
    return;
  }
  for (const Value::Entry& entry : tree.entries()) {
    const Anchored key = anchored(entry.key);
    const bool only_asks = (key.anchor == '(' || key.anchor == 'X') && entry.value.is_scalar();
    if (!only_asks) {
      overlay_below(entry.value, {.glob = as_pattern(key.key)}, at, patches);
    }
  }
  if (has_maps(tree)) {
    for (const Value& item : tree.items()) {
      overlay_below(item, item_step(item), at, patches);
    }
  } else if (tree.is_list()) {
    patches.push_back({PathPattern(at), std::nullopt});
  } else if (tree.is_scalar() && !at.empty()) {
    patches.push_back({PathPattern(at), as_pattern(scalar_text(tree))});
  }
}

bool is_index(std::string_view token) {
  return token == "-" || (!token.empty() &&
                          std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; }));
}

std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    text += !escape ? token[i] : token[i + 1] == '1' ? '/' : '~';
    i += escape ? 1 : 0;
  }
  return text;
}

void json_operation(const Value& operation, std::vector<KyvernoPatch>& patches) {
  const std::string_view path = operation.string_at({"path"});
  const Value* value = operation.find("value");
  if (value == nullptr || !path.starts_with('/')) {
    return;
  }
  std::vector<Step> steps;
  for (const std::string_view token : split(path.substr(1), '/')) {
    // A variable may stand for an index as for a field: below it anything goes.
    if (token.find("{{") != std::string_view::npos && token.starts_with("{{")) {
      break;
    }
    steps.push_back(is_index(token) ? Step{.is_item = true, .glob = "*"}
                                    : Step{.glob = as_pattern(unescaped(token))});
  }
  if (!steps.empty() && steps.size() <= max_depth) {
    patches.push_back(
        {PathPattern(std::move(steps)),
         value->is_scalar() ? std::optional(as_pattern(scalar_text(*value))) : std::nullopt});
  }
}

// A JSON patch as text, in YAML.
void json_patch(std::string_view text, std::vector<KyvernoPatch>& patches) {
  try {
    const Value operations = yaml::parse(text).value;
    for (const Value& operation : operations.items()) {
      json_operation(operation, patches);
    }
  } catch (const Error&) {
    // Kyverno refuses such a policy: it puts nothing.
  }
}

void patches_of(const Value& mutate, std::vector<KyvernoPatch>& patches) {
  if (const Value* tree = mutate.find("patchStrategicMerge")) {
    std::vector<Step> at;
    overlay(*tree, at, patches);
  }
  json_patch(mutate.string_at({"patchesJson6902"}), patches);
}

}  // namespace

std::vector<KyvernoPatch> kyverno_patches(const Value& rule) {
  std::vector<KyvernoPatch> patches;
  if (const Value* mutate = rule.find("mutate")) {
    patches_of(*mutate, patches);
    const Value* each = mutate->find("foreach");
    for (const Value& one : each == nullptr ? std::span<const Value>{} : each->items()) {
      patches_of(one, patches);
    }
  }
  if (rule.find("verifyImages") != nullptr) {
    for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
      patches.push_back(
          {PathPattern::parse("spec." + std::string(list) + "[*].image"), "*@sha256:*"});
    }
    patches.push_back(
        {PathPattern::parse("metadata.annotations[\"kyverno.io/verify-images\"]"), std::nullopt});
  }
  return patches;
}

}  // namespace celldrift::compare
