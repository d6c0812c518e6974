#include "store/index.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/store/place.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::store {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorCode::parse,
              why + "; it must be a JSON list of names, such as [\"cell-a.snap\"]");
}

// Nothing but names below the folder: no other host, no way up.
bool stays_inside(std::string_view name) {
  const std::vector<std::string_view> parts = split(name, '/');
  return name.find("://") == std::string_view::npos &&
         std::ranges::none_of(parts, [](std::string_view part) {
           return part.empty() || part == "." || part == "..";
         });
}

Value parse(std::string_view text) {
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    refuse("it is not JSON");
  }
}

}  // namespace

std::vector<std::string> names_in_index(std::string_view text) {
  const Value document = parse(text);
  const Value* list = document.is_map() ? document.find("snapshots") : &document;
  if (list == nullptr || !list->is_list()) {
    refuse("it has no list");
  }
  std::vector<std::string> names;
  for (const Value& name : list->items()) {
    if (!name.is_string()) {
      refuse("it lists something that is no string");
    }
    if (!stays_inside(name.as_string())) {
      refuse("it lists " + printable(name.as_string()) + ", which is not below it");
    }
    if (is_snapshot_name(name.as_string())) {
      names.emplace_back(name.as_string());
    }
  }
  return names;
}

}  // namespace celldrift::store
