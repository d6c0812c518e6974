// How a cell that does not run the newest version stands to a skew budget.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/audit/rules.hpp"

#include <string>

namespace celldrift::audit {

enum class Standing { within, unknown, out };  // the greatest decides

struct Opinion {
  Standing standing = Standing::within;
  std::string text;  // "1 minor behind; at most 0 minors", of what is unknown why; "" when ahead
};

bool limits_versions(const SkewBudget& budget);
bool limits_commits(const SkewBudget& budget);

// A cell, and what it runs of that which a finding of skew is about.
struct Runner {
  const Finding& finding;
  const std::string& cell;
  const Value& version;
  const Value* newest = nullptr;  // what it is held against; nullptr where that cannot be told
};

// All that the budget limits must hold. A cell that is ahead of the newest is within; what cannot
// be counted in what is limited (dates and builds have no majors) is unknown, never within.
Opinion opinion_of(const Runner& runner, const SkewBudget& budget);

}  // namespace celldrift::audit
