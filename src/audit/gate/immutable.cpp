#include "audit/gate/immutable.hpp"

#include "audit/gate/quantity_order.hpp"
#include "celldrift/audit/path_pattern.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/fields.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::embedded {
extern const std::string_view immutable_yaml;
}  // namespace celldrift::embedded

namespace celldrift::audit {
namespace {

using yaml::Fields;

// A value at a path: one of these; any where the list is empty.
struct Condition {
  PathPattern path;
  std::vector<Value> values;

  bool holds(const Value& object) const {
    bool found = false;
    path.select(object, [&](const Value& value, const std::string&) {
      found = found || (values.empty() ? !value.is_null()
                                       : std::ranges::find(values, value) != values.end());
    });
    return found;
  }
};
using Conditions = std::vector<Condition>;

struct Row {
  std::vector<GroupKind> kinds;
  std::vector<PathPattern> paths;
  std::vector<PathPattern> except;
  Conditions live;
  Conditions unless_live;
  Conditions unless_next;
  bool shrinks = false;
  bool may_be_unset = false;
  std::string says;
};

GroupKind kind_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  return slash == std::string::npos ? GroupKind{"", text}
                                    : GroupKind{text.substr(0, slash), text.substr(slash + 1)};
}

std::vector<PathPattern> patterns(const std::vector<std::string>& texts) {
  std::vector<PathPattern> parsed;
  std::ranges::transform(texts, std::back_inserter(parsed), [](const std::string& text) {
    return PathPattern::parse(text);
  });
  return parsed;
}

Conditions conditions(const Fields& fields, std::string_view key) {
  Conditions read;
  const Value* map = fields.find(key);
  for (const auto& [path, values] :
       map == nullptr ? std::span<const Value::Entry>() : map->entries()) {
    const auto items = values.items();
    read.push_back({PathPattern::parse(path.view()), {items.begin(), items.end()}});
  }
  return read;
}

Row row_of(const Value& item) {
  static constexpr std::string_view keys[] = {
      "of", "paths", "except", "live", "unless-live", "unless-next", "shrinks", "unset", "says"};
  const Fields fields(item, "immutable", keys);
  Row row{.kinds = {},
          .paths = patterns(fields.texts("paths")),
          .except = patterns(fields.texts("except")),
          .live = conditions(fields, "live"),
          .unless_live = conditions(fields, "unless-live"),
          .unless_next = conditions(fields, "unless-next"),
          .shrinks = fields.flag("shrinks"),
          .may_be_unset = fields.text("unset") == "allowed",
          .says = fields.text("says")};
  std::ranges::transform(fields.texts("of"), std::back_inserter(row.kinds), kind_of);
  return row;
}

std::vector<Row> read_table() {
  static constexpr std::string_view keys[] = {"schema", "immutable"};
  const SourceId source = intern_source({.path = "rules/immutable.yaml", .blob = "", .commit = ""});
  const Value document = yaml::parse(embedded::immutable_yaml, {.source = source}).value;
  const Fields fields(document, "rules/immutable.yaml", keys);
  std::vector<Row> rows;
  std::ranges::transform(fields.list("immutable"), std::back_inserter(rows), row_of);
  return rows;
}

const std::vector<Row>& table() {
  static const std::vector<Row> rows = read_table();
  return rows;
}

bool covers(const std::vector<PathPattern>& patterns, const Path& path) {
  const std::string text = path.text();
  const std::string pointer = path.pointer();
  return std::ranges::any_of(
      patterns, [&](const PathPattern& pattern) { return pattern.covers(text, pointer); });
}

bool all_hold(const Conditions& conditions, const Value& object) {
  return std::ranges::all_of(conditions, [&](const auto& each) { return each.holds(object); });
}

bool any_holds(const Conditions& conditions, const Value& object) {
  return std::ranges::any_of(conditions, [&](const auto& each) { return each.holds(object); });
}

bool gets_smaller(const compare::Difference& difference) {
  return difference.want && difference.have && is_less_quantity(*difference.want, *difference.have);
}

// What live has and the deploy does not state.
bool is_unset(const compare::Difference& difference) {
  return difference.change == compare::Change::added;
}

bool forbids(const Row& row, const FieldChange& change) {
  const compare::ObjectResult& object = change.object;
  const Path& path = change.difference.path;
  return std::ranges::find(row.kinds, object.key.group_kind()) != row.kinds.end() &&
         covers(row.paths, path) && !(row.may_be_unset && is_unset(change.difference)) &&
         !covers(row.except, path) && all_hold(row.live, object.live) &&
         !any_holds(row.unless_live, object.live) && !any_holds(row.unless_next, object.desired) &&
         (!row.shrinks || gets_smaller(change.difference));
}

}  // namespace

std::string why_immutable(const FieldChange& change) {
  const auto row =
      std::ranges::find_if(table(), [&](const Row& each) { return forbids(each, change); });
  return row == table().end() ? "" : row->says;
}

}  // namespace celldrift::audit
