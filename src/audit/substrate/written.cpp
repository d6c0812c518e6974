#include "audit/substrate/written.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

Value live_of(const Substrate::Part& part) {
  const Value* found = part.content.find("metadata");
  Value metadata = found == nullptr ? Value::map({}) : *found;
  for (const Value::Entry& entry : part.written.entries()) {
    metadata = metadata.with(entry.key.view(), entry.value);
  }
  return part.content.with("metadata", std::move(metadata));
}

// As if Git wanted what the other cell has.
compare::Comparison comparison(const Substrate::Part& wanted, const Substrate::Part& live) {
  compare::Context context;
  context.explain = compare::Explain::yes;
  return compare::compare(wanted.content, live_of(live), "", context);
}

}  // namespace

std::optional<compare::Owner> writer_of(const Substrate::Part& odd,
                                        const Substrate::Part& usual,
                                        const std::string& place) {
  for (const compare::Difference& difference : comparison(usual, odd).differences) {
    if (difference.path.text() == place) {
      return difference.owner;
    }
  }
  return std::nullopt;
}

bool is_by_default(const Substrate::Part& with,
                   const Substrate::Part& without,
                   const std::string& place) {
  const compare::Comparison compared = comparison(without, with);
  return std::ranges::any_of(compared.decisions, [&](const compare::Decision& decision) {
    return decision.outcome == compare::Decision::Outcome::defaulted &&
           decision.path.text() == place;
  });
}

}  // namespace celldrift::audit
