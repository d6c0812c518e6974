#include "kube/defaults_table.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/defaults_rules.hpp"

#include <algorithm>

namespace celldrift::embedded {
extern const std::string_view defaults_yaml;
}

namespace celldrift::kube {
namespace {

[[noreturn]] void fail(const std::string& what, const Value& at) {
  throw Error(ErrorCode::config, "in a table of defaults, " + what, at.mark());
}

std::string text_of(const Value& value) {
  if (!value.is_string()) {
    fail("a name is expected here, not a " + std::string(describe(value.kind())), value);
  }
  return std::string(value.as_string());
}

std::vector<std::string> texts_of(const Value& value) {
  if (!value.is_list()) {
    fail("a list is expected here, not a " + std::string(describe(value.kind())), value);
  }
  std::vector<std::string> texts;
  for (const auto& item : value.items()) {
    texts.push_back(text_of(item));
  }
  return texts;
}

std::string computed(const Value& value) {
  auto name = text_of(value);
  if (find_computed_default(name) == nullptr) {
    fail("there is no rule named " + name, value);
  }
  return name;
}

using Rules = ByName<FieldRules>;
using Shared = std::shared_ptr<const Clause>;

// Adds what one key of an entry says to the rules of a structure.
using Reader = void (*)(const Value& said, const Shared& clause, Rules& rules);

void read_put(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& [field, value] : said.entries()) {
    rules[field.str()].actions.push_back({Action::Kind::put, clause, value, ""});
  }
}

void read_copy(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& [field, value] : said.entries()) {
    rules[field.str()].actions.push_back({Action::Kind::copy, clause, {}, text_of(value)});
  }
}

void read_compute(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& [field, value] : said.entries()) {
    rules[field.str()].actions.push_back({Action::Kind::compute, clause, {}, computed(value)});
  }
}

void read_allocate(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& field : texts_of(said)) {
    rules[field].actions.push_back({Action::Kind::allocate, clause, {}, ""});
  }
}

void read_earlier(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& [field, values] : said.entries()) {
    rules[field.str()].earlier.push_back({clause, {values.items().begin(), values.items().end()}});
  }
}

void read_items(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& [field, patterns] : said.entries()) {
    for (const auto& pattern : patterns.items()) {
      rules[field.str()].items.push_back({clause, pattern, ""});
    }
  }
}

void read_entries(const Value& said, const Shared& clause, Rules& rules) {
  for (const auto& [field, keys] : said.entries()) {
    for (const auto& [key, rule] : keys.entries()) {
      rules[field.str()].entries.push_back({clause, Value::string(key), computed(rule)});
    }
  }
}

const std::pair<std::string_view, Reader> readers[] = {
    {"put", read_put},
    {"copy", read_copy},
    {"compute", read_compute},
    {"allocate", read_allocate},
    {"earlier", read_earlier},
    {"items", read_items},
    {"entries", read_entries},
};

void add_conditions(const Value* fields, Condition::Test test, std::vector<Condition>& conditions) {
  if (fields != nullptr) {
    for (auto& field : texts_of(*fields)) {
      conditions.push_back({test, std::move(field), {}});
    }
  }
}

Clause read_clause(const Value& entry) {
  Clause clause;
  if (const auto* kinds = entry.find("in")) {
    const auto names = texts_of(*kinds);
    clause.kinds.insert(names.begin(), names.end());
  }
  if (const auto* fields = entry.find("at")) {
    const auto names = texts_of(*fields);
    clause.fields.insert(names.begin(), names.end());
  }
  if (const auto* when = entry.find("when")) {
    for (const auto& [field, values] : when->entries()) {
      clause.conditions.push_back(
          {Condition::Test::one_of, field.str(), {values.items().begin(), values.items().end()}});
    }
  }
  add_conditions(entry.find("has"), Condition::Test::present, clause.conditions);
  add_conditions(entry.find("lacks"), Condition::Test::absent, clause.conditions);
  add_conditions(entry.find("states"), Condition::Test::stated, clause.conditions);
  return clause;
}

const Value& part(const Value& map, std::string_view key) {
  const auto* found = map.find(key);
  if (found == nullptr) {
    fail("an entry lacks \"" + std::string(key) + "\"", map);
  }
  return *found;
}

void read_entry(const Value& entry, DefaultsTable& table) {
  const auto clause = std::make_shared<const Clause>(read_clause(entry));
  static const std::set<std::string_view> conditions = {
      "of", "in", "at", "when", "has", "lacks", "states"};
  for (const auto& structure : texts_of(part(entry, "of"))) {
    for (const auto& [key, said] : entry.entries()) {
      const auto reader =
          std::ranges::find(readers, key.view(), &std::pair<std::string_view, Reader>::first);
      if (reader != std::end(readers)) {
        reader->second(said, clause, table.structures[structure].fields);
      } else if (!conditions.contains(key.view())) {
        fail("\"" + key.str() + "\" means nothing", said);
      }
    }
  }
}

}  // namespace

DefaultsTable read_defaults(std::string_view text) {
  static const auto source =
      intern_source({.path = "rules/defaults.yaml", .blob = "", .commit = ""});
  const auto root = yaml::parse(text, {.source = source, .budget = {}}).value;
  if (root.string_at({"schema"}) != "celldrift.defaults/v1") {
    fail("\"schema\" must be celldrift.defaults/v1", root);
  }
  DefaultsTable table;
  for (const auto& entry : part(root, "server").items()) {
    for (const auto& structure : texts_of(part(entry, "of"))) {
      const auto fields = texts_of(part(entry, "fields"));
      table.structures[structure].server_fields.push_back(
          {read_clause(entry), {fields.begin(), fields.end()}});
    }
  }
  for (const auto& entry : part(root, "rules").items()) {
    read_entry(entry, table);
  }
  return table;
}

const DefaultsTable& defaults_table() {
  static const DefaultsTable table = read_defaults(embedded::defaults_yaml);
  return table;
}

}  // namespace celldrift::kube
