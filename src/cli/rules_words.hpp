// Rules in words, for the list and for explanations.
#pragma once

#include "celldrift/audit/rules.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

// A rule of any sort.
struct RuleLine {
  std::string name;
  std::string_view sort;  // "severity", "parity", "must-differ", "waiver", "budget", "wave"
  std::string matches;    // "kind Deployment; path spec.replicas"; "everything"
  std::string does;       // "severity note"
  std::string why;
  std::string pack;
  Value text;  // as it was written
};

// In the order in which they are in force; waves last.
std::vector<RuleLine> rule_lines(const audit::Rules& rules);

}  // namespace celldrift::cli
