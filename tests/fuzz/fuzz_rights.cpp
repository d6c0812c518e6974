// Any document is a user's rows of rights, or refused with its line; by rows that were read, any
// objects of a cell give rights about any difference, the same each time. The documents are the
// rows, the desired and the live object, and what else the cell has.

#include "cell_of_values.hpp"
#include "celldrift/compare/compare.hpp"
#include "celldrift/compare/rights.hpp"
#include "documents.hpp"

using namespace celldrift;

namespace {

std::optional<compare::RightsTable> table_of(const Value& rows) {
  try {
    return compare::RightsTable::builtin().with(rows);
  } catch (const Error& error) {
    fuzz::must(error.code() == ErrorCode::config);
    return std::nullopt;
  }
}

// A right has a name and somebody who has it.
void check(const compare::Rights& rights, const Value& desired, const Value& live) {
  const ObjectKey key = key_of(desired);
  for (const auto& difference : compare::diff(desired, live)) {
    const auto ruling = rights.rule_on(key, desired, live, difference);
    const auto again = rights.rule_on(key, desired, live, difference);
    fuzz::must(ruling.kind == again.kind && ruling.by == again.by);
    fuzz::must(ruling.kind != compare::Ruling::Kind::by_right || !ruling.rule.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto documents = fuzz::documents_of(data, size);
  if (documents.empty()) {
    return 0;
  }
  const auto table = table_of(documents[0]);
  if (!table || documents.size() < 3 || !documents[1].is_map() || !documents[2].is_map()) {
    return 0;
  }
  (void)compare::Rights::wanted_kinds({key_of(documents[1]).group_kind()}, *table);
  const compare::Rights rights(fuzz::view_of(std::span(documents).subspan(2)), *table);
  check(rights, documents[1], documents[2]);
  return 0;
}
