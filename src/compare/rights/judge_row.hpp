// One row of rules/rights.yaml, held against one difference.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "compare/rights/rights_row.hpp"

namespace celldrift::compare {

// What gives a right by a row: an object of the cell; the changed object itself.
struct Giver {
  const RightsRow& row;
  const Value& object;
  std::string name;  // "HorizontalPodAutoscaler backend/web"
};

// True when the giver is one by the row's `when` and `unless`.
bool gives(const RightsRow& row, const Value& giver);

// True when the row may be about such a difference of an object of that kind, whoever gives the
// right: kind, path and writer.
bool may_be_about(const RightsRow& row, const GroupKind& kind, const Difference& difference);

// Whether the giver allows the difference. Drift with a reason where it is about it and does not
// allow it.
Ruling judge(const Giver& giver, const GroupKind& kind, const Difference& difference);

// Keeps what says more: by right, then what hangs on something unread, then drift with a reason;
// the first of two of one kind.
void take(Ruling& best, Ruling next);

// A difference's value; null for none.
Value wanted(const Difference& difference);
Value found(const Difference& difference);

// True when a person or a deploy tool wrote it last; false when there is no record of who.
bool is_by_hand(const Difference& difference);

}  // namespace celldrift::compare
