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

Comparison compare(const Value& desired,
                   const Value& live,
                   std::string_view application,
                   const Context& context) {
  const Ownership ownership(live, context.managers);
  const Value stated = last_applied(live);
  Walk walk(application, context);
  return {.differences =
              walk.run(desired, live, OwnedNode(ownership, stated.is_null() ? nullptr : &stated))};
}

std::vector<Difference> diff(const Value& desired,
                             const Value& live,
                             std::string_view application,
                             const Context& context) {
  return compare(desired, live, application, context).differences;
}

std::string_view describe(Change change) {
  static constexpr std::string_view names[] = {"modified", "added", "removed"};
  return names[std::size_t(change)];
}

std::string_view describe(Evidence evidence) {
  static constexpr std::string_view names[] = {
      "stated", "owned", "removed-from-git", "no-record", "no-ownership"};
  return names[std::size_t(evidence)];
}

std::string_view describe(Decision::Outcome outcome) {
  static constexpr std::string_view names[] = {"equal",
                                               "default",
                                               "server",
                                               "mark",
                                               "controller",
                                               "by right",
                                               "ignored",
                                               "undecided",
                                               "drift"};
  return names[std::size_t(outcome)];
}

}  // namespace celldrift::compare
