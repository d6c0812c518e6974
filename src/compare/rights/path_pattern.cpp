#include "compare/rights/path_pattern.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

using Step = PathPattern::Step;
using Steps = PathPattern::Steps;

constexpr std::size_t max_steps = 64;

[[noreturn]] void fail(std::string_view text) {
  throw Error(ErrorCode::config,
              "\"" + printable(text) +
                  "\" is no pattern of a path; it is to look like spec.containers[*].image or "
                  "metadata.annotations[\"example.com/*\"]");
}

// What is inside of brackets: "quoted" is a field, the rest an item.
Step bracket_step(std::string_view inside) {
  if (inside.size() >= 2 && inside.front() == '"' && inside.back() == '"') {
    return {.glob = std::string(inside.substr(1, inside.size() - 2))};
  }
  const auto equals = inside.find('=');
  if (equals == std::string_view::npos) {
    return {.is_item = true, .glob = std::string(inside)};
  }
  return {.is_item = true,
          .key = std::string(inside.substr(0, equals)),
          .glob = std::string(inside.substr(equals + 1))};
}

std::string text_of_key(const Path::Item& item, std::string_view key) {
  const auto found = std::ranges::find(item.keys, key, &std::pair<std::string, Value>::first);
  return found == item.keys.end() ? "" : scalar_text(found->second);
}

// Whether a step of a pattern is about a step of a path.
struct IsAbout {
  const Step& step;

  bool operator()(const Path::Field& field) const {
    return !step.is_item && glob_match(step.glob, field.name);
  }
  bool operator()(const Path::Item& item) const {
    return step.is_item && (step.glob == "*" || glob_match(step.glob, text_of_key(item, step.key)));
  }
  bool operator()(const Path::Member& member) const {
    return step.is_item && glob_match(step.glob, scalar_text(member.value));
  }
  bool operator()(const Path::Index&) const { return step.is_item && step.glob == "*"; }
};

bool names_item(const Step& step, const Value& item) {
  if (!step.is_item) {
    return false;
  }
  if (step.key.empty()) {
    return step.glob == "*" || (item.is_scalar() && glob_match(step.glob, scalar_text(item)));
  }
  const Value* key = item.find(step.key);
  return key != nullptr && glob_match(step.glob, scalar_text(*key));
}

Value pruned(const Value& tree, Steps steps);

Value pruned_list(const Value& list, Steps steps) {
  Value::List items;
  for (const Value& item : list.items()) {
    if (!names_item(steps.front(), item)) {
      items.push_back(item);
    } else if (steps.size() > 1) {
      items.push_back(pruned(item, steps.subspan(1)));
    }
  }
  return Value::list(std::move(items));
}

Value pruned_map(const Value& map, Steps steps) {
  if (steps.front().is_item) {
    return map;
  }
  Value::Map entries;
  for (const Value::Entry& entry : map.entries()) {
    if (!glob_match(steps.front().glob, entry.key)) {
      entries.push_back(entry);
    } else if (steps.size() > 1) {
      Value rest = pruned(entry.value, steps.subspan(1));
      // A map that has nothing else was made for what is taken out.
      if (rest.is_scalar() || rest.size() != 0) {
        entries.push_back({entry.key, std::move(rest)});
      }
    }
  }
  return Value::map(std::move(entries));
}

// The tree without what the steps name.
Value pruned(const Value& tree, Steps steps) {
  return steps.empty()    ? Value()
         : tree.is_list() ? pruned_list(tree, steps)
         : tree.is_map()  ? pruned_map(tree, steps)
                          : tree;
}

bool is_nothing(const Value& value) {
  return value.is_null() || (!value.is_scalar() && value.size() == 0);
}

// What of the pattern is left below the path; nothing when the pattern is about something else.
std::optional<Steps> rest_of(Steps steps, const Path& path) {
  const std::size_t common = std::min(steps.size(), path.steps().size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!std::visit(IsAbout{steps[i]}, path.steps()[i])) {
      return std::nullopt;
    }
  }
  return steps.subspan(common);
}

void select_from(const Value& tree, Steps steps, std::vector<const Value*>& found) {
  if (steps.empty()) {
    found.push_back(&tree);
    return;
  }
  for (const Value& item : tree.items()) {
    if (names_item(steps.front(), item)) {
      select_from(item, steps.subspan(1), found);
    }
  }
  for (const Value::Entry& entry : tree.entries()) {
    if (!steps.front().is_item && glob_match(steps.front().glob, entry.key)) {
      select_from(entry.value, steps.subspan(1), found);
    }
  }
}

}  // namespace

PathPattern PathPattern::parse(std::string_view text) {
  std::vector<Step> steps;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '[') {
      const bool quoted = text.substr(at + 1).starts_with('"');
      const auto end = text.find(quoted ? "\"]" : "]", at + 1 + (quoted ? 1 : 0));
      if (end == std::string_view::npos) {
        fail(text);
      }
      const std::size_t close = end + (quoted ? 1 : 0);
      steps.push_back(bracket_step(text.substr(at + 1, close - at - 1)));
      at = close + 1;
    } else {
      at += text[at] == '.' && !steps.empty() ? 1 : 0;
      const auto end = std::min(text.find_first_of(".[", at), text.size());
      steps.push_back({.glob = std::string(text.substr(at, end - at))});
      at = end;
    }
    if (steps.back().glob.empty() || steps.size() > max_steps) {
      fail(text);
    }
  }
  if (steps.empty() || text.ends_with('.')) {
    fail(text);
  }
  return PathPattern(std::move(steps));
}

PathPattern PathPattern::below(std::span<const Step> prefix) const {
  std::vector<Step> steps(prefix.begin(), prefix.end());
  steps.insert(steps.end(), steps_.begin(), steps_.end());
  return PathPattern(std::move(steps));
}

bool PathPattern::covers(const Path& path, const Value& want, const Value& have) const {
  return cover({this, 1}, path, want, have);
}

bool cover(std::span<const PathPattern> patterns,
           const Path& path,
           const Value& want,
           const Value& have) {
  Value left_of_want = want;
  Value left_of_have = have;
  bool any = false;
  for (const PathPattern& pattern : patterns) {
    const auto rest = rest_of(pattern.steps(), path);
    if (!rest) {
      continue;
    }
    if (rest->empty()) {
      return true;
    }
    any = true;
    left_of_want = pruned(left_of_want, *rest);
    left_of_have = pruned(left_of_have, *rest);
  }
  return any &&
         (left_of_want == left_of_have || (is_nothing(left_of_want) && is_nothing(left_of_have)));
}

std::vector<const Value*> PathPattern::select(const Value& tree) const {
  std::vector<const Value*> found;
  select_from(tree, steps_, found);
  return found;
}

std::string scalar_text(const Value& value) {
  if (value.is_string()) {
    return std::string(value.as_string());
  }
  return value.is_null() || !value.is_scalar() ? "" : yaml::canonical_json(value);
}

}  // namespace celldrift::compare
