// Rules tried out on a report that is there already.
#pragma once

#include "celldrift/audit/rules.hpp"

namespace celldrift::audit {

// A finding, and the names of all rules that match it.
struct TriedFinding {
  Finding finding;
  std::vector<std::string> rules;  // in the order in which they are in force
  bool is_hidden = false;
};

struct TriedRules {
  std::vector<TriedFinding> findings;  // what is left first, then what is hidden
  std::vector<std::string> unmatched;  // rules that match none; without those of packs
};

// Takes back what rules made of the report's findings, and applies these. What must-differ found
// stays as it is: it takes the objects to find more.
TriedRules try_rules(const Report& report, const Rules& rules, Time now);

}  // namespace celldrift::audit
