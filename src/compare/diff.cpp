#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "compare/walk.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// What a client-side apply last stated; null when there was none, or when it is unreadable (then
// its owner's claims show nothing).
Value last_applied(const Value& live) {
  const std::string_view text = live.string_at(
      {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"});
  if (text.empty()) {
    return {};
  }
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::vector<Difference> diff(const Value& desired,
                             const Value& live,
                             std::string_view application) {
  const Ownership ownership(live);
  const Value stated = last_applied(live);
  Walk walk(application);
  return walk.run(desired, live, OwnedNode(ownership, stated.is_null() ? nullptr : &stated));
}

std::string_view describe(Change change) {
  static constexpr std::string_view names[] = {"modified", "added", "removed"};
  return names[std::size_t(change)];
}

}  // namespace celldrift::compare
