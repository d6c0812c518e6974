#include "audit/health/table.hpp"

#include "audit/health/statement.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/fields.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>

namespace celldrift::embedded {
extern const std::string_view health_yaml;
}  // namespace celldrift::embedded

namespace celldrift::audit::health {
namespace {

using State = Health::State;
using yaml::Fields;

constexpr std::pair<std::string_view, State> states[] = {{"healthy", State::healthy},
                                                         {"progressing", State::progressing},
                                                         {"degraded", State::degraded},
                                                         {"suspended", State::suspended},
                                                         {"unknown", State::unknown}};

// What holds of the object, or of one condition after the other, or of the last one.
struct Step {
  enum class Of { object, each_condition, last_condition } of = Of::object;
  State state = State::healthy;
  std::vector<Statement> all;
  std::vector<Step> steps;  // of conditions
};

struct Row {
  std::vector<std::pair<std::string, std::string>> kinds;  // globs of group and kind
  std::vector<std::string> conditions;                     // where they are
  std::vector<Step> steps;
  State otherwise = State::progressing;
};

State state_of(std::string_view name) {
  const auto* found = std::ranges::find(states, name, &std::pair<std::string_view, State>::first);
  if (found == std::end(states)) {
    throw Error(ErrorCode::config, "\"" + std::string(name) + "\" is no state of health");
  }
  return found->second;
}

std::vector<Step> steps_of(std::span<const Value> items);

Step step_of(const Value& item) {
  static constexpr std::string_view keys[] = {"healthy",
                                              "progressing",
                                              "degraded",
                                              "suspended",
                                              "unknown",
                                              "each-condition",
                                              "last-condition"};
  const Fields fields(item, "a step of rules/health.yaml", keys);
  const std::string_view key = item.entries().front().key.view();
  Step step;
  if (key.ends_with("-condition")) {
    step.of = key == "each-condition" ? Step::Of::each_condition : Step::Of::last_condition;
    step.steps = steps_of(fields.list(key));
    return step;
  }
  step.state = state_of(key);
  std::ranges::transform(fields.one_or_more(key), std::back_inserter(step.all), Statement::parse);
  return step;
}

std::vector<Step> steps_of(std::span<const Value> items) {
  std::vector<Step> steps;
  std::ranges::transform(items, std::back_inserter(steps), step_of);
  return steps;
}

Row row_of(const Value& item) {
  static constexpr std::string_view keys[] = {"of", "conditions", "steps", "otherwise"};
  const Fields fields(item, "health", keys);
  Row row{.steps = steps_of(fields.list("steps"))};
  for (const std::string& kind : fields.texts("of")) {
    const std::size_t slash = kind.find('/');
    row.kinds.emplace_back(kind.substr(0, slash), kind.substr(slash + 1));
  }
  const Value* conditions = fields.find("conditions");
  for (const std::string_view key :
       split(conditions == nullptr ? "status.conditions" : conditions->as_string(), '.')) {
    row.conditions.emplace_back(key);
  }
  if (const std::string otherwise = fields.text("otherwise"); !otherwise.empty()) {
    row.otherwise = state_of(otherwise);
  }
  return row;
}

std::vector<Row> read_rows() {
  static constexpr std::string_view keys[] = {"schema", "health"};
  const SourceId source = intern_source({.path = "rules/health.yaml", .blob = "", .commit = ""});
  const Value document = yaml::parse(embedded::health_yaml, {.source = source}).value;
  const Fields fields(document, "rules/health.yaml", keys);
  std::vector<Row> rows;
  std::ranges::transform(fields.list("health"), std::back_inserter(rows), row_of);
  return rows;
}

// Rows by kind; families are looked through for what has no row of its own.
class Table {
 public:
  explicit Table(std::vector<Row> rows) : rows_(std::move(rows)) {
    for (const Row& row : rows_) {
      for (const auto& [group, kind] : row.kinds) {
        if (group.find('*') != group.npos || kind.find('*') != kind.npos) {
          families_.push_back({group, kind, &row});
        } else {
          by_kind_.emplace(GroupKind{group, kind}, &row);
        }
      }
    }
  }

  const Row* find(const GroupKind& of) const {
    if (const auto own = by_kind_.find(of); own != by_kind_.end()) {
      return own->second;
    }
    const auto family = std::ranges::find_if(families_, [&](const Family& each) {
      return glob_match(each.group, of.group) && glob_match(each.kind, of.kind);
    });
    return family == families_.end() ? nullptr : family->row;
  }

 private:
  struct Family {
    std::string_view group;
    std::string_view kind;
    const Row* row;
  };
  std::vector<Row> rows_;
  std::map<GroupKind, const Row*> by_kind_;
  std::vector<Family> families_;
};

const Row* row_for(const Value& object) {
  static const Table table(read_rows());
  return table.find({std::string(group_of(object.string_at({"apiVersion"}))),
                     std::string(object.string_at({"kind"}))});
}

std::span<const Value> conditions_of(const Value& object, const Row& row) {
  const Value* at = &object;
  for (const std::string& key : row.conditions) {
    at = at == nullptr ? nullptr : at->find(key);
  }
  return at == nullptr ? std::span<const Value>() : at->items();
}

using Conditions = std::span<const Value>;

std::optional<Health> first_of(const std::vector<Step>& steps,
                               const Value& object,
                               Conditions conditions);

std::optional<Health> taken(const Step& step, const Value& object, Conditions conditions) {
  if (step.of == Step::Of::object) {
    const bool holds = std::ranges::all_of(
        step.all, [&](const Statement& each) { return each.holds(object, conditions); });
    return !holds ? std::nullopt
           : step.state == State::healthy
               ? std::optional<Health>(Health())
               : Health{step.state, step.all.front().says(object, conditions)};
  }
  const std::size_t start =
      step.of == Step::Of::last_condition && !conditions.empty() ? conditions.size() - 1 : 0;
  for (std::size_t i = start; i < conditions.size(); ++i) {
    if (auto health = first_of(step.steps, object, conditions.subspan(i, 1))) {
      return health;
    }
  }
  return std::nullopt;
}

std::optional<Health> first_of(const std::vector<Step>& steps,
                               const Value& object,
                               Conditions conditions) {
  for (const Step& step : steps) {
    if (auto health = taken(step, object, conditions)) {
      return health;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Health> health_by_table(const Value& object) {
  const Row* row = row_for(object);
  if (row == nullptr) {
    return std::nullopt;
  }
  if (auto health = first_of(row->steps, object, conditions_of(object, *row))) {
    return health;
  }
  const Value* ready = condition(object, "Ready");
  return row->otherwise == State::healthy
             ? Health()
             : Health{row->otherwise,
                      ready == nullptr ? "it does not say that it is healthy" : words_of(*ready)};
}

}  // namespace celldrift::audit::health
