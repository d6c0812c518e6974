#include "fleet/generators/known_paths.hpp"

#include "celldrift/core/text.hpp"
#include "fleet/names.hpp"

#include <string_view>
#include <tuple>

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

auto order_of(const Mark& mark) {
  return std::tuple(mark.source, mark.line, mark.column);
}

}  // namespace

bool KnownPaths::Before::operator()(const Key& a, const Key& b) const {
  return std::tuple(std::string_view(a.directory), std::string_view(a.file), order_of(a.mark)) <
         std::tuple(std::string_view(b.directory), std::string_view(b.file), order_of(b.mark));
}

const Value& KnownPaths::tree(const std::string& directory,
                              const std::string& file,
                              const Mark& mark) {
  const auto [place, is_new] = trees_.try_emplace(Key{directory, file, mark});
  if (is_new) {
    place->second = tree_of(directory, file, mark);
  }
  return place->second;
}

}  // namespace celldrift::fleet
