#include "fleet/params.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace celldrift::fleet {
namespace {

// Go's 'g' with the shortest digits that read back: the exponent form starts at 1e-05 and at 1e+06,
// earlier than C's does.
std::string format_double(double number) {
  if (std::isnan(number)) {
    return "NaN";
  }
  if (std::isinf(number)) {
    return number > 0 ? "+Inf" : "-Inf";
  }
  char buffer[400];
  auto end =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific).ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const int exponent = std::stoi(std::string(text.substr(text.find('e') + 1)));
  if (exponent < -4 || exponent >= 6) {
    return std::string(text);
  }
  end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed).ptr;
  return std::string(buffer, end);
}

std::string format_list(const Value& list) {
  std::string text = "[";
  for (const Value& item : list.items()) {
    text += (text.size() > 1 ? " " : "") + format_go(item);
  }
  return text + "]";
}

std::string format_map(const Value& map) {
  std::vector<const Value::Entry*> entries;
  for (const Value::Entry& entry : map.entries()) {
    entries.push_back(&entry);
  }
  std::ranges::sort(entries, {}, [](const Value::Entry* entry) { return entry->key.view(); });
  std::string text = "map[";
  for (const Value::Entry* entry : entries) {
    text += (text.size() > 4 ? " " : "") + entry->key.str() + ":" + format_go(entry->value);
  }
  return text + "]";
}

class Flattener {
 public:
  explicit Flattener(const Params& params) : leaves_(params.leaves) { add("", params.values); }
  FlatParams take() { return std::move(flat_); }

 private:
  void add(const std::string& key, const Value& value) {
    const std::string prefix = key.empty() ? "" : key + ".";
    if (value.is_scalar() || leaves_.contains(key)) {
      flat_[key] = format_go(value);
      return;
    }
    for (const auto& [name, item] : value.entries()) {
      add(prefix + name.str(), item);
    }
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      add(prefix + std::to_string(i), value.items()[i]);
    }
  }

  const std::set<std::string, std::less<>>& leaves_;
  FlatParams flat_;
};

}  // namespace

const Value* Params::text(std::string_view key) const {
  const Value* value = values.find(key);
  return value != nullptr && value->is_string() ? value : nullptr;
}

std::string format_go(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return "<nil>";
    case Value::Kind::boolean:
      return value.as_bool() ? "true" : "false";
    case Value::Kind::integer:
    case Value::Kind::real:
      return format_double(value.as_double());
    case Value::Kind::string:
      return std::string(value.as_string());
    case Value::Kind::list:
      return format_list(value);
    case Value::Kind::map:
      return format_map(value);
  }
  return "";
}

FlatParams flattened(const Params& params) {
  return Flattener(params).take();
}

}  // namespace celldrift::fleet
