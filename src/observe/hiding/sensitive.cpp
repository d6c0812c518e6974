#include "celldrift/observe/sensitive.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::embedded {
extern const std::string_view secrets_yaml;
}

namespace celldrift::observe {
namespace {

constexpr std::string_view keys[] = {
    "group", "kind", "labels", "env", "field", "annotation", "path"};
constexpr std::size_t most_steps = 32;

[[noreturn]] void fail(const std::string& what, const Value& at) {
  throw Error(ErrorCode::config, "in what is sensitive, " + what, at.mark());
}

void check_row(const Value& row) {
  if (!row.is_map()) {
    fail("a row must be a map with env, field, annotation or path", row);
  }
  std::size_t named = 0;
  for (const Value::Entry& entry : row.entries()) {
    const std::string_view key = entry.key;
    if (std::ranges::find(keys, key) == std::end(keys)) {
      fail("\"" + entry.key.str() + "\" means nothing; a row has " +
               join({std::begin(keys), std::end(keys)}, ", "),
           entry.value);
    }
    if (key != "labels" && !entry.value.is_string()) {
      fail("\"" + entry.key.str() + "\" must be a text", entry.value);
    }
    named += key == "env" || key == "field" || key == "annotation" || key == "path" ? 1 : 0;
  }
  if (named != 1) {
    fail("a row needs one of env, field, annotation and path", row);
  }
}

// The steps of "spec.values.**.token", of "data["tls.key"]", of "spec.users[*].password".
std::vector<std::string> steps_of(const Value& path) {
  std::vector<std::string> steps;
  std::string_view rest = path.as_string();
  while (!rest.empty() && steps.size() <= most_steps) {
    std::size_t end = 0;
    if (rest.starts_with("[\"")) {
      end = rest.find("\"]");
      if (end == rest.npos) {
        fail("\"path\" has a [\" without \"]", path);
      }
      steps.emplace_back(rest.substr(2, end - 2));
      end += 2;
    } else if (rest.starts_with("[*]")) {
      steps.emplace_back("*");
      end = 3;
    } else {
      end = std::min(rest.find_first_of(".["), rest.size());
      steps.emplace_back(rest.substr(0, end));
    }
    rest.remove_prefix(end);
    if (rest.starts_with(".") && rest.size() > 1) {
      rest.remove_prefix(1);
    } else if (!rest.empty() && !rest.starts_with("[")) {
      fail("\"path\" is not made of steps between dots", path);
    }
  }
  if (steps.empty() || steps.size() > most_steps || std::ranges::find(steps, "") != steps.end()) {
    fail("\"path\" must have 1 to " + std::to_string(most_steps) + " steps, none of them empty",
         path);
  }
  return steps;
}

std::map<std::string, std::string> labels_of(const Value& row) {
  std::map<std::string, std::string> labels;
  const Value* map = row.find("labels");
  if (map != nullptr && !map->is_map()) {
    fail("\"labels\" must be a map of texts", *map);
  }
  for (const Value::Entry& entry :
       map == nullptr ? std::span<const Value::Entry>{} : map->entries()) {
    if (!entry.value.is_string()) {
      fail("the label " + entry.key.str() + " must be a text", entry.value);
    }
    labels[entry.key.str()] = entry.value.as_string();
  }
  return labels;
}

Sensitive::Rule annotation_rule(std::string_view name) {
  return {
      .labels = {}, .env = "", .field = "", .path = {"metadata", "annotations", std::string(name)}};
}

Sensitive::Rule rule_of(const Value& row) {
  check_row(row);
  const Value* path = row.find("path");
  Sensitive::Rule rule;
  if (row.find("annotation") != nullptr) {
    rule = annotation_rule(row.string_at({"annotation"}));
  }
  rule.group = row.string_at({"group"}, "*");
  rule.kind = row.string_at({"kind"}, "*");
  rule.labels = labels_of(row);
  rule.env = row.string_at({"env"});
  rule.field = row.string_at({"field"});
  if (path != nullptr) {
    rule.path = steps_of(*path);
  }
  if (rule.env.empty() && rule.field.empty() && rule.path.empty()) {
    fail("a row needs one of env, field, annotation and path that is not empty", row);
  }
  return rule;
}

}  // namespace

bool Sensitive::Rule::is_about(const GroupKind& object) const {
  return glob_match(kind, object.kind) &&
         (group == "*" || (group.empty() ? object.group.empty() : glob_match(group, object.group)));
}

const Sensitive& Sensitive::builtin() {
  static const Sensitive rules = [] {
    static const auto source =
        intern_source({.path = "rules/secrets.yaml", .blob = "", .commit = ""});
    const Value table = yaml::parse(embedded::secrets_yaml, {.source = source, .budget = {}}).value;
    return Sensitive().with(*table.find("sensitive"));
  }();
  return rules;
}

Sensitive Sensitive::with(const Value& rows) const {
  if (!rows.is_list()) {
    fail("a list of rows is expected", rows);
  }
  Sensitive result = *this;
  std::ranges::transform(rows.items(), std::back_inserter(result.rules_), rule_of);
  return result;
}

Sensitive Sensitive::with_annotations(std::span<const std::string> names) const {
  Sensitive result = *this;
  std::ranges::transform(names, std::back_inserter(result.rules_), annotation_rule);
  return result;
}

}  // namespace celldrift::observe
