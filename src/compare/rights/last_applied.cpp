#include "compare/rights/last_applied.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

std::string_view annotation(const Value& live) {
  return live.string_at(
      {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"});
}

struct Next {
  const Value& tree;

  const Value* operator()(const Path::Field& field) const { return tree.find(field.name); }
  const Value* operator()(const Path::Item& item) const {
    // Keys that the server fills in (a port's protocol) need not be stated.
    return first([&](const Value& each) {
      bool any = false;
      for (const auto& [name, value] : item.keys) {
        const Value* stated = each.find(name);
        if (stated != nullptr && !(*stated == value)) {
          return false;
        }
        any = any || stated != nullptr;
      }
      return any;
    });
  }
  const Value* operator()(const Path::Member& member) const {
    return first([&](const Value& each) { return each == member.value; });
  }
  const Value* operator()(const Path::Index& index) const {
    return index.index < tree.items().size() ? &tree.items()[index.index] : nullptr;
  }

  template <typename Is>
  const Value* first(Is is) const {
    const auto found = std::ranges::find_if(tree.items(), is);
    return found == tree.items().end() ? nullptr : &*found;
  }
};

}  // namespace

bool has_last_applied(const Value& live) {
  return !annotation(live).empty();
}

std::optional<Value> last_applied_at(const Value& live, const Path& path) {
  const std::string_view text = annotation(live);
  if (text.empty()) {
    return std::nullopt;
  }
  try {
    const Value stated = yaml::parse_json(text).value;
    const Value* at = &stated;
    for (const Path::Step& step : path.steps()) {
      at = std::visit(Next{*at}, step);
      if (at == nullptr) {
        return std::nullopt;
      }
    }
    return *at;
  } catch (const Error&) {
    return std::nullopt;  // an annotation is whatever somebody wrote into it
  }
}

}  // namespace celldrift::compare
