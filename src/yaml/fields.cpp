#include "celldrift/yaml/fields.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <numeric>

namespace celldrift::yaml {
namespace {

[[noreturn]] void refuse(const std::string& path, std::string_view wanted, const Value& value) {
  throw Error(
      ErrorCode::config,
      path + " must be " + std::string(wanted) + ", not " + std::string(describe(value.kind())),
      value.mark());
}

std::string text_of(const std::string& path, const Value& value) {
  if (!value.is_string()) {
    refuse(path, "a string (quote it)", value);
  }
  return std::string(value.as_string());
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

}  // namespace

std::string_view nearest(std::string_view wanted, std::span<const std::string_view> known) {
  if (wanted.size() > 64) {
    return "";
  }
  const std::string small = lower(wanted);
  std::string_view best;
  std::size_t best_distance = 3;  // further away is no misspelling
  for (const std::string_view name : known) {
    const std::size_t distance = edit_distance(small, lower(name));
    if (distance < std::min(best_distance, name.size())) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

Fields::Fields(const Value& map, std::string what, std::span<const std::string_view> allowed)
    : map_(map), what_(std::move(what)) {
  if (!map.is_map()) {
    refuse(what_, "a map", map);
  }
  for (const auto& [key, value] : map.entries()) {
    if (std::ranges::find(allowed, key.view()) == allowed.end()) {
      const std::string_view meant = nearest(key.view(), allowed);
      throw Error(ErrorCode::config,
                  what_ + " has an unknown key \"" + key.str() + "\"" +
                      (meant.empty() ? "; allowed are " + listed(allowed)
                                     : "; did you mean \"" + std::string(meant) + "\"?"),
                  value.mark());
    }
  }
}

std::string Fields::path(std::string_view key) const {
  return what_ + ": " + std::string(key);
}

const Value* Fields::find(std::string_view key) const {
  const Value* value = map_.find(key);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

std::string Fields::text(std::string_view key) const {
  const Value* value = find(key);
  return value != nullptr ? text_of(path(key), *value) : "";
}

bool Fields::flag(std::string_view key) const {
  const Value* value = find(key);
  if (value != nullptr && !value->is_bool()) {
    refuse(path(key), "true or false", *value);
  }
  return value != nullptr && value->as_bool();
}

std::vector<Value> Fields::list(std::string_view key) const {
  const Value* value = find(key);
  if (value == nullptr) {
    return {};
  }
  if (!value->is_list()) {
    refuse(path(key), "a list", *value);
  }
  return {value->items().begin(), value->items().end()};
}

std::vector<std::string> Fields::texts(std::string_view key) const {
  std::vector<std::string> result;
  for (const Value& item : list(key)) {
    result.push_back(text_of(path(key) + "[" + std::to_string(result.size()) + "]", item));
  }
  return result;
}

std::vector<std::string> Fields::one_or_more(std::string_view key) const {
  const Value* value = find(key);
  const bool is_list = value != nullptr && value->is_list();
  return value == nullptr || is_list ? texts(key) : std::vector<std::string>{text(key)};
}

std::map<std::string, std::string> Fields::text_map(std::string_view key) const {
  std::map<std::string, std::string> result;
  const Value* value = find(key);
  if (value == nullptr) {
    return result;
  }
  if (!value->is_map()) {
    refuse(path(key), "a map of strings", *value);
  }
  for (const auto& [name, item] : value->entries()) {
    result[name.str()] = text_of(path(key) + "." + name.str(), item);
  }
  return result;
}

}  // namespace celldrift::yaml
