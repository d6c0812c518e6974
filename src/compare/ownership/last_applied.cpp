#include "compare/ownership/last_applied.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::compare {
namespace {

std::string_view annotation(const Value& live) {
  return live.string_at(
      {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"});
}

struct Next {
  const Value& tree;

  const Value* operator()(const Path::Field& field) const { return tree.find(field.name); }
  const Value* operator()(const Path::Item& item) const { return stated_item(tree, item.keys); }
  const Value* operator()(const Path::Member& member) const {
    return first_item(tree, [&](const Value& each) { return each == member.value; });
  }
  const Value* operator()(const Path::Index& index) const {
    return index.index < tree.items().size() ? &tree.items()[index.index] : nullptr;
  }
};

}  // namespace

bool has_last_applied(const Value& live) {
  return !annotation(live).empty();
}

Value read_last_applied(const Value& live) {
  const std::string_view text = annotation(live);
  if (text.empty()) {
    return {};
  }
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    return {};
  }
}

std::optional<Value> last_applied_at(const Value& live, const Path& path) {
  const Value stated = read_last_applied(live);
  if (stated.is_null()) {
    return std::nullopt;
  }
  const Value* at = &stated;
  for (const Path::Step& step : path.steps()) {
    at = std::visit(Next{*at}, step);
    if (at == nullptr) {
      return std::nullopt;
    }
  }
  return *at;
}

}  // namespace celldrift::compare
