#include "celldrift/audit/path_pattern.hpp"

#include "audit/rules/path_steps.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::size_t max_steps = 64;
constexpr std::size_t max_bytes = 2048;

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw Error(ErrorCode::config,
              "\"" + std::string(text.substr(0, 100)) + "\" is no path: " + why +
                  "; write spec.replicas, spec.containers[name=app].image, "
                  "metadata.labels[\"example.com/a\"], spec.**.image or /spec/replicas");
}

// How a scalar stands within brackets; nothing for lists and maps.
std::string text_in_brackets(const Value& value) {
  return value.is_string()   ? std::string(value.as_string())
         : value.is_scalar() ? yaml::canonical_json(value)
                             : "";
}

// "containerPort=80,protocol=TCP" has the pair.
bool has_pair(std::string_view item, const std::string& key, const std::string& glob) {
  return std::ranges::any_of(split(item, ','), [&](std::string_view pair) {
    const std::size_t equals = pair.find('=');
    return equals != pair.npos && pair.substr(0, equals) == key &&
           glob_match(glob, pair.substr(equals + 1));
  });
}

bool is_plain(std::string_view name) {
  return !name.empty() && name.find_first_of(".[]\"") == name.npos;
}

}  // namespace

// A step of a path, or of a tree: then an item has its value.
struct PathPattern::Place {
  bool is_item = false;
  std::string_view text;  // the field's name; of an item what stands in its brackets
  const Value* item = nullptr;
};

PathPattern::Step PathPattern::bracket_step(std::string_view inside, std::string_view text) {
  if (inside == "*") {
    return {.kind = Step::Kind::any};
  }
  if (is_quoted(inside)) {
    return {.kind = Step::Kind::field, .globs = {{"", std::string(unquoted(inside))}}};
  }
  if (inside.empty()) {
    refuse(text, "nothing is between its brackets");
  }
  Step step{.kind = Step::Kind::item};
  if (inside.find('=') == inside.npos) {
    step.globs = {{"", std::string(inside)}};
    return step;
  }
  for (const std::string_view pair : split(inside, ',')) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) {
      refuse(text, "\"" + std::string(pair) + "\" lacks a =");
    }
    step.globs.emplace_back(pair.substr(0, equals), unquoted(pair.substr(equals + 1)));
  }
  return step;
}

void PathPattern::push(Step step) {
  const bool repeats = step.kind == Step::Kind::any_depth && !steps_.empty() &&
                       steps_.back().kind == Step::Kind::any_depth;
  if (!repeats) {
    steps_.push_back(std::move(step));
  }
  if (steps_.size() > max_steps) {
    refuse(text_, "it has more than " + std::to_string(max_steps) + " steps");
  }
}

PathPattern PathPattern::parse_pointer(std::string_view text) {
  PathPattern pattern;
  pattern.text_ = text;
  pattern.is_pointer_ = true;
  for (const PathStep& step : steps_of_pointer(text)) {
    if (step.text == "**") {
      pattern.push({.kind = Step::Kind::any_depth});
    } else {
      pattern.push({.kind = Step::Kind::field, .globs = {{"", step.text}}});
    }
  }
  return pattern;
}

PathPattern PathPattern::parse(std::string_view text) {
  if (text.size() > max_bytes) {
    refuse(text, "it is too long");
  }
  if (text.starts_with('/')) {
    return parse_pointer(text);
  }
  PathPattern pattern;
  pattern.text_ = text;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == '[') {
      const std::size_t end = end_of_bracket(rest);
      if (end == rest.npos) {
        refuse(text, "a [ is not closed");
      }
      pattern.push(bracket_step(rest.substr(1, end - 2), text));
      at += end;
      continue;
    }
    const std::size_t begin = rest.front() == '.' && at != 0 ? 1 : 0;
    const std::size_t end = std::min(rest.find_first_of(".[", begin), rest.size());
    const std::string_view name = rest.substr(begin, end - begin);
    if (!is_plain(name)) {
      refuse(text, "a name is missing");
    }
    pattern.push(name == "**"
                     ? Step{.kind = Step::Kind::any_depth}
                     : Step{.kind = Step::Kind::field, .globs = {{"", std::string(name)}}});
    at += end;
  }
  if (pattern.steps_.empty() || text.ends_with('.')) {
    refuse(text, "a name is missing");
  }
  return pattern;
}

bool PathPattern::takes(const Step& step, const Place& place) const {
  if (step.kind == Step::Kind::any) {
    return true;
  }
  // A pointer's token names an item by its place as it does a field by its name.
  if (step.kind == Step::Kind::field) {
    return (is_pointer_ || !place.is_item) && glob_match(step.globs.front().second, place.text);
  }
  return place.is_item && std::ranges::all_of(step.globs, [&](const auto& glob) {
           if (glob.first.empty()) {
             const std::string text = place.item != nullptr ? text_in_brackets(*place.item) : "";
             return glob_match(glob.second, place.text) ||
                    (!text.empty() && glob_match(glob.second, text));
           }
           if (place.item == nullptr) {
             return has_pair(place.text, glob.first, glob.second);
           }
           const Value* value = place.item->find(glob.first);
           return value != nullptr && glob_match(glob.second, text_in_brackets(*value));
         });
}

// "**" may be no step at all.
void PathPattern::spread(States& states) const {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (states[i] && steps_[i].kind == Step::Kind::any_depth) {
      states[i + 1] = true;
    }
  }
}

PathPattern::States PathPattern::start() const {
  States states(steps_.size() + 1);
  states.front() = true;
  spread(states);
  return states;
}

PathPattern::States PathPattern::after(const States& states, const Place& place) const {
  States next(states.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (states[i] && steps_[i].kind == Step::Kind::any_depth) {
      next[i] = true;
    } else if (states[i] && takes(steps_[i], place)) {
      next[i + 1] = true;
    }
  }
  spread(next);
  return next;
}

bool PathPattern::covers(std::string_view path_text, std::string_view pointer) const {
  const std::vector<PathStep> steps =
      is_pointer_ ? steps_of_pointer(pointer) : steps_of_text(path_text);
  States states = start();
  for (const PathStep& step : steps) {
    if (is_done(states)) {
      return true;
    }
    states = after(states, {.is_item = step.is_item, .text = step.text});
  }
  return is_done(states);
}

void PathPattern::select(const Value& tree, const Visit& visit) const {
  std::string path;
  walk(tree, start(), path, visit);
}

void PathPattern::walk(const Value& value,
                       const States& states,
                       std::string& path,
                       const Visit& visit) const {
  if (is_done(states) && !path.empty()) {
    visit(value, path);
    return;
  }
  if (std::ranges::find(states, true) == states.end()) {
    return;
  }
  const std::size_t length = path.size();
  for (const Value::Entry& entry : value.entries()) {
    const std::string_view name = entry.key.view();
    path += is_plain(name) ? (path.empty() ? "" : ".") + std::string(name)
                           : "[\"" + std::string(name) + "\"]";
    walk(entry.value, after(states, {.text = name}), path, visit);
    path.resize(length);
  }
  std::size_t index = 0;
  for (const Value& item : value.items()) {
    const std::string number = std::to_string(index++);
    const std::string_view name = item.string_at({"name"});
    path += "[" + (name.empty() ? number : "name=" + std::string(name)) + "]";
    walk(item, after(states, {.is_item = true, .text = number, .item = &item}), path, visit);
    path.resize(length);
  }
}

}  // namespace celldrift::audit
