#include "compare/rights/judge_row.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

bool holds(const RightsRow::Condition& condition, const Value& giver) {
  return std::ranges::any_of(condition.at.select(giver), [&](const Value* value) {
    return condition.is.empty() || std::ranges::any_of(condition.is, [&](const std::string& text) {
             return glob_match(text, scalar_text(*value));
           });
  });
}

bool any_holds(const std::vector<RightsRow::Condition>& conditions, const Value& giver) {
  return std::ranges::any_of(conditions,
                             [&](const auto& condition) { return holds(condition, giver); });
}

bool allows_kind(const RightsRow& row, const GroupKind& kind) {
  return row.of.empty() || std::ranges::any_of(row.of, [&](const std::string& pattern) {
           return glob_match(pattern, kind_text(kind));
         });
}

// What nobody owns is any writer's, where the row does not want to see one.
bool allows_writer(const RightsRow& row, const std::optional<Owner>& owner) {
  if (!owner) {
    return !row.owned;
  }
  return std::ranges::any_of(row.writers, [&](const std::string& writer) {
    return writer == "any" ||
           (writer == "controllers" && owner->kind == ManagerClass::controller) ||
           glob_match(writer, owner->manager);
  });
}

std::vector<std::int64_t> numbers_at(const std::vector<PathPattern>& paths, const Value& giver) {
  std::vector<std::int64_t> numbers;
  for (const PathPattern& path : paths) {
    for (const Value* value : path.select(giver)) {
      if (value->is_int()) {
        numbers.push_back(value->as_int());
      }
    }
  }
  return numbers;
}

struct Range {
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;
};

// The widest that the paths name.
Range range_of(const RightsRow::Bounds& bounds, const Value& giver) {
  const auto low = numbers_at(bounds.min, giver);
  const auto high = numbers_at(bounds.max, giver);
  return {.min = low.empty() ? bounds.min_default : std::ranges::min(low),
          .max = high.empty() ? bounds.max_default : std::ranges::max(high)};
}

bool contains(const Range& range, const Value& value) {
  return value.is_int() && (!range.min || value.as_int() >= *range.min) &&
         (!range.max || value.as_int() <= *range.max);
}

std::string range_text(const Range& range) {
  if (range.min && range.min == range.max) {
    return "at " + std::to_string(*range.min);
  }
  return "between " + (range.min ? std::to_string(*range.min) : "any") + " and " +
         (range.max ? std::to_string(*range.max) : "any");
}

bool is_one_of(const std::vector<PathPattern>& paths, const Value& giver, const Value& value) {
  return std::ranges::any_of(paths, [&](const PathPattern& path) {
    return std::ranges::any_of(path.select(giver), [&](const Value* each) {
      return scalar_text(*each) == scalar_text(value);
    });
  });
}

Ruling no_right(std::string reason) {
  return {.kind = Ruling::Kind::drift, .reason = std::move(reason)};
}

}  // namespace

void take(Ruling& best, Ruling next) {
  const auto rank = [](const Ruling& ruling) {
    return ruling.kind == Ruling::Kind::by_right    ? 3
           : ruling.kind == Ruling::Kind::undecided ? 2
           : !ruling.reason.empty()                 ? 1
                                                    : 0;
  };
  if (rank(next) > rank(best)) {
    best = std::move(next);
  }
}

Value wanted(const Difference& difference) {
  return difference.want.value_or(Value());
}

Value found(const Difference& difference) {
  return difference.have.value_or(Value());
}

bool is_by_hand(const Difference& difference) {
  return difference.owner && is_hand(difference.owner->kind);
}

bool gives(const RightsRow& row, const Value& giver) {
  return std::ranges::all_of(row.when,
                             [&](const auto& condition) { return holds(condition, giver); }) &&
         !any_holds(row.unless, giver);
}

bool may_be_about(const RightsRow& row, const GroupKind& kind, const Difference& difference) {
  // What is removed leaves no owner: nothing shows that it was not a hand.
  return difference.change != Change::removed && allows_kind(row, kind) &&
         allows_writer(row, difference.owner) &&
         cover(row.paths, difference.path, wanted(difference), found(difference));
}

Ruling judge(const Giver& giver, const GroupKind& kind, const Difference& difference) {
  const RightsRow& row = giver.row;
  if (!may_be_about(row, kind, difference)) {
    return {};
  }
  const Value have = found(difference);
  std::string how;
  if (row.within) {
    const Range range = range_of(*row.within, giver.object);
    if (!contains(range, have)) {
      return no_right(giver.name + " keeps it " + range_text(range) + ", and it is not");
    }
    how = ", " + range_text(range);
  }
  if (!row.equals.empty() && !is_one_of(row.equals, giver.object, have)) {
    return no_right(giver.name + " " + row.says + ", and it is another");
  }
  if (is_by_hand(difference) && any_holds(row.hands_unless, giver.object)) {
    return no_right(giver.name + " " + row.says + ", but it says that it does not work");
  }
  return {.kind = Ruling::Kind::by_right,
          .rule = row.name,
          .by = giver.name,
          .reason = giver.name + " " + row.says + how};
}

}  // namespace celldrift::compare
