#include "fleet/generators/known_paths.hpp"

#include "celldrift/core/text.hpp"
#include "fleet/names.hpp"

#include <string_view>
#include <utility>

namespace celldrift::fleet {
namespace {

// Go's path.Base of a clean path.
std::string base_of(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

Value tree_of(const std::string& directory, const std::string& file, const Mark& mark) {
  const auto text = [&](std::string_view part) { return Value::string(part).with_mark(mark); };
  const std::string base = base_of(directory);
  Value::Map parts{{"basename", text(base)}, {"basenameNormalized", text(normalized_name(base))}};
  if (!file.empty()) {
    parts.push_back({"filename", text(file)});
    parts.push_back({"filenameNormalized", text(normalized_name(file))});
  }
  Value::List segments;
  for (const std::string_view segment : split(directory, '/')) {
    segments.push_back(text(segment));
  }
  parts.push_back({"path", text(directory)});
  parts.push_back({"segments", Value::list(std::move(segments)).with_mark(mark)});
  return Value::map(std::move(parts)).with_mark(mark);
}

}  // namespace

const Value& KnownPaths::tree(const std::string& directory,
                              const std::string& file,
                              const Mark& mark) {
  const auto known = trees_.find(KeyOf<std::string_view>{directory, file, mark});
  if (known != trees_.end()) {
    return known->second;
  }
  KeyOf<std::string> key{directory, file, mark};
  return trees_.emplace(std::move(key), tree_of(directory, file, mark)).first->second;
}

}  // namespace celldrift::fleet
