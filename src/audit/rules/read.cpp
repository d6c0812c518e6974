// Rule files, read strictly: docs/rules.md and docs/rules-v1.schema.json say the same.
#include "audit/rules/read_parts.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <map>

namespace celldrift::audit {
namespace {

using yaml::Fields;

constexpr std::string_view schema = "celldrift.rules/v1";
constexpr std::size_t max_entries = 10'000;

constexpr std::string_view document_keys[] = {
    "schema", "about", "rules", "waivers", "budgets", "waves"};
constexpr std::string_view rule_keys[] = {
    "name", "why", "match", "severity", "parity", "mustDiffer", "sharedWithin"};
constexpr std::string_view waiver_keys[] = {
    "name", "match", "reason", "expires", "owner", "ticket"};
constexpr std::string_view budget_keys[] = {
    "name", "why", "match", "atMost", "canaries", "behind", "severity"};
constexpr std::string_view limit_keys[] = {"major", "minor", "patch", "commits", "age"};
constexpr std::string_view wave_keys[] = {"name", "cells", "cellLabels", "soak"};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 && text.front() != '-' &&
         std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.' || c == '/';
         });
}

// "rules: vpc-ids", or "rules[2]" while there is no name.
std::string where(const char* list, std::size_t index, const Value& item) {
  const std::string_view name = item.string_at({"name"});
  return is_name(name) ? std::string(list) + ": " + std::string(name)
                       : std::string(list) + "[" + std::to_string(index) + "]";
}

std::string name_at(const Fields& fields, const Value& item) {
  const std::string name = fields.text("name");
  if (!is_name(name)) {
    throw Error(
        ErrorCode::config,
        fields.path("name") +
            (name.empty() ? " is missing" : " must be letters, digits and any of -_./ (up to 100)"),
        item.mark());
  }
  return name;
}

// A text that people must write.
std::string required(const Fields& fields,
                     std::string_view key,
                     const Value& item,
                     const char* for_what) {
  const std::string text = fields.text(key);
  if (trim(text).empty()) {
    throw Error(ErrorCode::config, fields.path(key) + " is missing: " + for_what, item.mark());
  }
  return text;
}

RuleHead head_of(const Fields& fields, const Value& item) {
  RuleHead head{.name = name_at(fields, item), .text = item};
  if (const Value* match = fields.find("match")) {
    head.match = read_match(*match, fields.path("match"));
  }
  return head;
}

void require_match(const Fields& fields, const Value& item, const char* for_what) {
  const Value* match = fields.find("match");
  if (match == nullptr || match->size() == 0) {
    throw Error(ErrorCode::config,
                fields.path("match") + " is missing: " + for_what,
                match == nullptr ? item.mark() : match->mark());
  }
}

// What must-differ looks at is an object's fields, not a finding.
void check_is_of_objects(const Value& match, const std::string& place, bool may_have_path) {
  static constexpr std::string_view of_findings[] = {
      "category", "rule", "manager", "managerKind", "severity", "path"};
  for (const std::string_view key : of_findings) {
    const Value* value = match.find(key);
    if (value != nullptr && !(may_have_path && key == "path")) {
      throw Error(
          ErrorCode::config,
          place + ": " + std::string(key) + " is about findings; mustDiffer is about objects",
          value->mark());
    }
  }
}

void check_must_differ(const Rule& rule, const Fields& fields, const Value& item) {
  const Value* match = fields.find("match");
  if (match == nullptr || rule.match.paths.empty()) {
    throw Error(ErrorCode::config,
                fields.path("match") + " needs a path: mustDiffer is about the values there",
                match == nullptr ? item.mark() : match->mark());
  }
  check_is_of_objects(*match, fields.path("match"), true);
  if (const Value* negated = match->find("not")) {
    for (const Value& each : negated->is_list() ? negated->items() : std::span(negated, 1)) {
      check_is_of_objects(each, fields.path("match") + ": not", false);
    }
  }
}

void read_parity(Rule& rule, const Fields& fields, const Value& item) {
  static constexpr std::string_view choices_of_parity[] = {"ignore", "require"};
  const std::string parity = choice(fields, "parity", choices_of_parity);
  if (parity == "ignore") {
    rule.parity = Rule::Parity::ignore;
    require_match(fields, item, "say what may differ");
    rule.why = required(fields, "why", item, "say why it may differ undeclared");
    if (rule.severity) {
      refuse(fields, "severity", "means nothing beside parity: ignore");
    }
  } else if (parity == "require") {
    rule.parity = Rule::Parity::require;
    rule.severity = rule.severity.value_or(Severity::error);
  }
}

Rule read_rule(const Value& item, const std::string& place) {
  const Fields fields(item, place, rule_keys);
  Rule rule{head_of(fields, item)};
  rule.why = fields.text("why");
  rule.severity = severity_at(fields);
  rule.must_differ = fields.flag("mustDiffer");
  rule.shared_within = fields.text("sharedWithin");
  read_parity(rule, fields, item);
  if (rule.must_differ) {
    check_must_differ(rule, fields, item);
  }
  if (!rule.must_differ && !rule.shared_within.empty()) {
    refuse(fields, "sharedWithin", "means nothing without mustDiffer: true");
  }
  if (rule.must_differ && rule.parity != Rule::Parity::unsaid) {
    refuse(fields, "parity", "does not go with mustDiffer; make two rules of it");
  }
  if (!rule.severity && rule.parity == Rule::Parity::unsaid && !rule.must_differ) {
    throw Error(ErrorCode::config,
                place + " does nothing: give it severity, parity or mustDiffer",
                item.mark());
  }
  return rule;
}

Waiver read_waiver(const Value& item, const std::string& place) {
  const Fields fields(item, place, waiver_keys);
  Waiver waiver{head_of(fields, item)};
  require_match(fields, item, "say what it hides");
  waiver.reason = required(fields, "reason", item, "nothing is hidden without one");
  waiver.expires = end_of(fields, "expires");
  waiver.expires_text = fields.text("expires");
  waiver.owner = fields.text("owner");
  waiver.ticket = fields.text("ticket");
  return waiver;
}

void read_limits(SkewBudget& budget, const Fields& fields) {
  const Value* map = fields.find("atMost");
  if (map == nullptr) {
    return;
  }
  const Fields limits(*map, fields.path("atMost"), limit_keys);
  budget.major = number_at(limits, "major");
  budget.minor = number_at(limits, "minor");
  budget.patch = number_at(limits, "patch");
  budget.commits = number_at(limits, "commits");
  budget.age = duration_at(limits, "age");
  if (map->size() == 0) {
    refuse(fields, "atMost", "is empty: give it major, minor, patch, commits or age");
  }
}

SkewBudget read_budget(const Value& item, const std::string& place) {
  static constexpr std::string_view none[] = {"none"};
  const Fields fields(item, place, budget_keys);
  SkewBudget budget{head_of(fields, item)};
  budget.why = fields.text("why");
  budget.severity = severity_at(fields).value_or(Severity::error);
  budget.canaries = cells_of(fields, "canaries");
  budget.none_behind = choice(fields, "behind", none) == "none";
  read_limits(budget, fields);
  const bool has_limit = fields.find("atMost") != nullptr;
  if (has_limit == budget.none_behind) {
    throw Error(ErrorCode::config,
                place + (has_limit ? " has both atMost and behind: none; keep one"
                                   : " allows nothing and forbids nothing: give it atMost, or "
                                     "behind: none"),
                item.mark());
  }
  return budget;
}

Wave read_wave(const Value& item, const std::string& place) {
  const Fields fields(item, place, wave_keys);
  Wave wave{.name = name_at(fields, item),
            .cells = cells_at(fields),
            .soak = duration_at(fields, "soak").value_or(std::chrono::seconds(0)),
            .text = item};
  if (wave.cells.is_any()) {
    throw Error(
        ErrorCode::config, place + " has no cells: give it cells or cellLabels", item.mark());
  }
  return wave;
}

template <class Item>
std::vector<Item> read_list(const Fields& fields,
                            const char* key,
                            Item (*read)(const Value&, const std::string&)) {
  std::vector<Item> items;
  for (const Value& item : fields.list(key)) {
    items.push_back(read(item, where(key, items.size(), item)));
  }
  return items;
}

void check_schema(const Fields& fields) {
  const std::string name = fields.text("schema");
  if (!name.empty() && name != schema) {
    refuse(fields, "schema", "must be " + std::string(schema) + ", not \"" + name + "\"");
  }
}

Rules read_named(const Value& item, const RuleFile& files) {
  if (!files) {
    throw Error(ErrorCode::config,
                "rules: files can be named in celldrift.yaml only, not in a rule file",
                item.mark());
  }
  return read_rules(files(item.as_string(), item.mark()));
}

// By name, where each is written.
std::map<std::string_view, Mark> names_in(const Rules& rules) {
  std::map<std::string_view, Mark> names;
  const auto add = [&](std::string_view name, const Mark& mark) {
    const auto [known, is_new] = names.emplace(name, mark);
    if (!is_new) {
      throw Error(ErrorCode::config,
                  "two rules are named \"" + std::string(name) + "\"; the other one is at " +
                      describe(known->second),
                  mark);
    }
  };
  for (const Rule& rule : rules.rules) {
    add(rule.name, rule.mark());
  }
  for (const Waiver& waiver : rules.waivers) {
    add(waiver.name, waiver.mark());
  }
  for (const SkewBudget& budget : rules.budgets) {
    add(budget.name, budget.mark());
  }
  for (const Wave& wave : rules.waves) {
    add(wave.name, wave.text.mark());
  }
  return names;
}

template <class Item>
void move_to(std::vector<Item>& items, std::vector<Item>& more) {
  std::move(more.begin(), more.end(), std::back_inserter(items));
}

// append(), but for the names.
void join_to(Rules& rules, Rules more) {
  if (!rules.waves.empty() && !more.waves.empty()) {
    throw Error(ErrorCode::config,
                "waves are stated already, at " + describe(rules.waves.front().text.mark()) +
                    "; keep them in one place",
                more.waves.front().text.mark());
  }
  move_to(rules.rules, more.rules);
  move_to(rules.waivers, more.waivers);
  move_to(rules.budgets, more.budgets);
  move_to(rules.waves, more.waves);
}

void check_names(const Rules& rules) {
  if (names_in(rules).size() > max_entries) {
    throw Error(ErrorCode::limit, "there are more than 10000 rules");
  }
}

}  // namespace

void append(Rules& rules, Rules more) {
  join_to(rules, std::move(more));
  check_names(rules);
}

Rules read_rules(const Value& document, const RuleFile& files) {
  const Value& map = document.is_null() ? Value::map({}) : document;
  const Fields fields(map, "a rule file", document_keys);
  check_schema(fields);
  fields.text("about");
  Rules rules;
  std::size_t index = 0;
  for (const Value& item : fields.list("rules")) {
    Rules more;
    if (item.is_string()) {
      more = read_named(item, files);
    } else {
      more.rules.push_back(read_rule(item, where("rules", index, item)));
    }
    join_to(rules, std::move(more));
    ++index;
  }
  join_to(rules,
          {.rules = {},
           .waivers = read_list(fields, "waivers", read_waiver),
           .budgets = read_list(fields, "budgets", read_budget),
           .waves = read_list(fields, "waves", read_wave)});
  check_names(rules);
  return rules;
}

}  // namespace celldrift::audit
