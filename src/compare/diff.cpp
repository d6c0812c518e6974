#include "compare/walk/walk.hpp"

namespace celldrift::compare {
Comparison compare(const Value& desired,
                   const Value& live,
                   std::string_view application,
                   const Context& context) {
  return Walk(desired, live, application, context).run();
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
