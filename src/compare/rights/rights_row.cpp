#include "compare/rights/rights_row.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

using Row = RightsRow;

[[noreturn]] void fail(const std::string& what, const Value& at) {
  throw Error(ErrorCode::config, "in a table of rights, " + what, at.mark());
}

std::string text_of(const Value& value, const char* what) {
  if (!value.is_string() || value.as_string().empty()) {
    fail("\"" + std::string(what) + "\" must be a text", value);
  }
  return std::string(value.as_string());
}

// One of something, or a list of them.
std::span<const Value> items_of(const Value& value) {
  return value.is_list() ? value.items() : std::span<const Value>(&value, 1);
}

std::vector<std::string> texts(const Value& value, const char* what) {
  std::vector<std::string> found;
  for (const Value& item : items_of(value)) {
    found.push_back(text_of(item, what));
  }
  return found;
}

PathPattern path_of(const Value& value) {
  try {
    return PathPattern::parse(text_of(value, "path"));
  } catch (Error& error) {
    throw error.at(value.mark());
  }
}

std::vector<PathPattern> paths_of(const Value& value) {
  std::vector<PathPattern> paths;
  for (const Value& item : items_of(value)) {
    paths.push_back(path_of(item));
  }
  return paths;
}

std::int64_t number_of(const Value& value) {
  if (!value.is_int()) {
    fail("a bound must be a whole number", value);
  }
  return value.as_int();
}

// Reads a map by a table of its keys.
template <typename Target>
struct Key {
  std::string_view name;
  void (*read)(Target&, const Value&);
};

template <typename Target, std::size_t n>
Target read_map(const Value& map, const Key<Target> (&keys)[n], const char* what) {
  if (!map.is_map()) {
    fail(std::string(what) + " must be a map", map);
  }
  Target target;
  for (const Value::Entry& entry : map.entries()) {
    const auto key = std::ranges::find(keys, entry.key.view(), &Key<Target>::name);
    if (key == std::end(keys)) {
      std::string known;
      for (const auto& each : keys) {
        known += (known.empty() ? "" : ", ") + std::string(each.name);
      }
      fail("\"" + printable(entry.key) + "\" means nothing; " + what + " has " + known,
           entry.value);
    }
    key->read(target, entry.value);
  }
  return target;
}

constexpr Key<Row::Condition> condition_keys[] = {
    {"at", [](Row::Condition& to, const Value& value) { to.at = path_of(value); }},
    {"is", [](Row::Condition& to, const Value& value) { to.is = texts(value, "is"); }},
};

constexpr Key<Row::Target> target_keys[] = {
    {"ref",
     [](Row::Target& to, const Value& value) {
       to.is_ref = true;
       to.at = path_of(value);
     }},
    {"name", [](Row::Target& to, const Value& value) { to.at = path_of(value); }},
    {"kind",
     [](Row::Target& to, const Value& value) { to.kind = parse_kind(text_of(value, "kind")); }},
    {"anywhere",
     [](Row::Target& to, const Value& value) { to.anywhere = value == Value::boolean(true); }},
};

constexpr Key<Row::Bounds> bounds_keys[] = {
    {"min", [](Row::Bounds& to, const Value& value) { to.min = paths_of(value); }},
    {"max", [](Row::Bounds& to, const Value& value) { to.max = paths_of(value); }},
    {"min-default", [](Row::Bounds& to, const Value& value) { to.min_default = number_of(value); }},
    {"max-default", [](Row::Bounds& to, const Value& value) { to.max_default = number_of(value); }},
};

std::vector<Row::Condition> conditions(const Value& value) {
  std::vector<Row::Condition> found;
  for (const Value& item : items_of(value)) {
    found.push_back(read_map(item, condition_keys, "a condition"));
    if (found.back().at.steps().empty()) {
      fail("a condition lacks \"at\"", item);
    }
  }
  return found;
}

std::vector<Row::Target> targets(const Value& value) {
  std::vector<Row::Target> found;
  for (const Value& item : items_of(value)) {
    found.push_back(read_map(item, target_keys, "a target"));
    if (found.back().at.steps().empty()) {
      fail("a target lacks \"ref\" or \"name\"", item);
    }
    if (!found.back().is_ref && found.back().kind.kind.empty()) {
      fail("a target with \"name\" lacks \"kind\"", item);
    }
  }
  return found;
}

void read_giver(Row& to, const Value& value) {
  const std::string by = text_of(value, "by");
  to.giver = by == "itself"    ? Row::Giver::itself
             : by == "webhook" ? Row::Giver::webhook
                               : Row::Giver::object;
  if (to.giver == Row::Giver::object) {
    to.by = parse_kind(by);
  }
}

constexpr Key<Row> row_keys[] = {
    {"name", [](Row& to, const Value& value) { to.name = text_of(value, "name"); }},
    {"by", read_giver},
    {"target", [](Row& to, const Value& value) { to.targets = targets(value); }},
    {"of", [](Row& to, const Value& value) { to.of = texts(value, "of"); }},
    {"webhooks", [](Row& to, const Value& value) { to.webhooks = texts(value, "webhooks"); }},
    {"paths", [](Row& to, const Value& value) { to.paths = paths_of(value); }},
    {"when", [](Row& to, const Value& value) { to.when = conditions(value); }},
    {"unless", [](Row& to, const Value& value) { to.unless = conditions(value); }},
    {"hands-unless", [](Row& to, const Value& value) { to.hands_unless = conditions(value); }},
    {"writers", [](Row& to, const Value& value) { to.writers = texts(value, "writers"); }},
    {"owned", [](Row& to, const Value& value) { to.owned = value == Value::boolean(true); }},
    {"within",
     [](Row& to, const Value& value) { to.within = read_map(value, bounds_keys, "within"); }},
    {"equals", [](Row& to, const Value& value) { to.equals = paths_of(value); }},
    {"says", [](Row& to, const Value& value) { to.says = text_of(value, "says"); }},
};

// What a row cannot do without.
void check(const Row& row, const Value& at) {
  const struct {
    bool is_lacking;
    const char* key;
  } needs[] = {
      {row.name.empty(), "name"},
      {at.find("by") == nullptr, "by"},
      {row.paths.empty(), "paths"},
      {row.says.empty(), "says"},
      {row.giver == Row::Giver::object && row.targets.empty(), "target"},
      {row.giver == Row::Giver::webhook && row.webhooks.empty(), "webhooks"},
  };
  for (const auto& need : needs) {
    if (need.is_lacking) {
      fail("a row lacks \"" + std::string(need.key) + "\"", at);
    }
  }
}

}  // namespace

GroupKind parse_kind(std::string_view text) {
  const auto slash = text.rfind('/');
  return slash == std::string_view::npos
             ? GroupKind{"", std::string(text)}
             : GroupKind{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

std::string kind_text(const GroupKind& kind) {
  return kind.group.empty() ? kind.kind : kind.group + "/" + kind.kind;
}

RightsRow read_rights_row(const Value& row) {
  Row read = read_map(row, row_keys, "a row");
  check(read, row);
  read.mark = row.mark();
  if (read.writers.empty()) {
    read.writers.push_back("controllers");
  }
  return read;
}

}  // namespace celldrift::compare
