#include "audit/rules/read_parts.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::audit {
namespace {

using yaml::Fields;

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view& name : names) {
    const bool is_last = &name == &names.back();
    text += (text.empty() ? "" : is_last ? " or " : ", ") + std::string(name);
  }
  return text;
}

// A map of labels in the words of a selector.
std::string selector_text(const Fields& fields, std::string_view key, const Value& map) {
  std::string text;
  for (const auto& [label, value] : map.entries()) {
    std::vector<std::string> values;
    for (const Value& item : value.is_list() ? value.items() : std::span(&value, 1)) {
      if (!item.is_string() || item.as_string().find_first_of(",()") != std::string_view::npos) {
        refuse(fields, key, "must have strings (quote them) for labels, or lists of them");
      }
      values.emplace_back(item.as_string());
    }
    text += (text.empty() ? "" : ",") + label.str() + " in (" + join(values, ",") + ")";
  }
  return text;
}

std::chrono::seconds unit_of(std::string_view name) {
  struct Unit {
    std::string_view name;
    std::chrono::seconds length;
  };
  static constexpr Unit units[] = {{"s", std::chrono::seconds(1)},
                                   {"m", std::chrono::minutes(1)},
                                   {"h", std::chrono::hours(1)},
                                   {"d", std::chrono::hours(24)}};
  const auto unit = std::ranges::find(units, name, &Unit::name);
  return unit == std::end(units) ? std::chrono::seconds(0) : unit->length;
}

}  // namespace

void refuse(const Fields& fields, std::string_view key, const std::string& what) {
  const Value* value = fields.find(key);
  throw Error(
      ErrorCode::config, fields.path(key) + " " + what, value == nullptr ? Mark{} : value->mark());
}

std::vector<std::string> choices(const Fields& fields,
                                 std::string_view key,
                                 std::span<const std::string_view> allowed) {
  std::vector<std::string> chosen = fields.one_or_more(key);
  for (const std::string& name : chosen) {
    if (std::ranges::find(allowed, name) == allowed.end()) {
      refuse(fields, key, "must be " + listed(allowed) + ", not \"" + name + "\"");
    }
  }
  return chosen;
}

std::string choice(const Fields& fields,
                   std::string_view key,
                   std::span<const std::string_view> allowed) {
  const std::string name = fields.text(key);
  if (!name.empty() && std::ranges::find(allowed, name) == allowed.end()) {
    refuse(fields, key, "must be " + listed(allowed) + ", not \"" + name + "\"");
  }
  return name;
}

std::optional<Severity> severity_at(const Fields& fields) {
  static constexpr std::string_view names[] = {"note", "warning", "error"};
  const Value* value = fields.find("severity");
  if (value == nullptr) {
    return std::nullopt;
  }
  const auto found = std::ranges::find(names, value->is_string() ? value->as_string() : "");
  if (found == std::end(names)) {
    refuse(fields,
           "severity",
           "must be error, warning or note; to hide findings write a waiver, with a reason");
  }
  return Severity(found - std::begin(names));
}

std::optional<LabelSelector> selector_at(const Fields& fields, std::string_view key) {
  const Value* value = fields.find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_map() && !value->is_string()) {
    refuse(
        fields, key, "must be a label selector such as \"tier=canary,!old\", or a map of labels");
  }
  try {
    return LabelSelector(value->is_map() ? selector_text(fields, key, *value)
                                         : std::string(value->as_string()));
  } catch (const Error& error) {
    throw Error(ErrorCode::config, fields.path(key) + ": " + error.message(), value->mark());
  }
}

CellSelector cells_at(const Fields& fields) {
  return {.names = fields.one_or_more("cells"), .labels = selector_at(fields, "cellLabels")};
}

CellSelector cells_of(const Fields& fields, std::string_view key) {
  static constexpr std::string_view keys[] = {"cells", "cellLabels"};
  const Value* value = fields.find(key);
  if (value == nullptr) {
    return {};
  }
  if (value->is_map()) {
    return cells_at(Fields(*value, fields.path(key), keys));
  }
  const std::vector<std::string> names = fields.one_or_more(key);
  if (std::ranges::any_of(names,
                          [](const std::string& name) { return name.find('=') != name.npos; })) {
    refuse(fields, key, "must be names of cells; for labels write {cellLabels: \"tier=canary\"}");
  }
  return {.names = names, .labels = std::nullopt};
}

std::optional<std::uint64_t> number_at(const Fields& fields, std::string_view key) {
  const Value* value = fields.find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (!value->is_int() || value->as_int() < 0 || value->as_int() > 1'000'000) {
    refuse(fields, key, "must be a whole number from 0 to 1000000");
  }
  return std::uint64_t(value->as_int());
}

std::optional<std::chrono::seconds> duration_at(const Fields& fields, std::string_view key) {
  const std::string text = fields.text(key);
  if (text.empty()) {
    return std::nullopt;
  }
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const auto unit = unit_of({end, std::size_t(text.data() + text.size() - end)});
  if (error != std::errc{} || count < 0 || count > 1'000'000 || unit.count() == 0) {
    refuse(fields, key, "must be a length of time such as 90m, 24h or 7d, not \"" + text + "\"");
  }
  return count * unit;
}

std::optional<Time> end_of(const Fields& fields, std::string_view key) {
  const std::string text = fields.text(key);
  if (text.empty()) {
    return std::nullopt;
  }
  if (const auto day = parse_time(text + "T00:00:00Z")) {
    return *day + std::chrono::days(1);
  }
  const auto time = parse_time(text);
  if (!time) {
    refuse(fields,
           key,
           "must be a day such as 2026-12-24, or a time such as 2026-12-24T12:00:00Z, not \"" +
               text + "\"");
  }
  return time;
}

}  // namespace celldrift::audit
