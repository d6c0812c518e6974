// An Application's ignoreDifferences. (Argo CD 3.5)
#pragma once

#include "celldrift/compare/compare.hpp"

#include <string>
#include <vector>

namespace celldrift::compare {

struct IgnoreRule {
  std::string group;  // globs; "" is the core group alone
  std::string kind;
  std::string ns;    // exact; "" any
  std::string name;  // exact; "" any
  std::vector<std::string> json_pointers;
  std::vector<std::string> managers;  // managedFieldsManagers
  bool has_jq = false;                // jqPathExpressions, which are not honoured yet
  Mark mark;
};

std::vector<IgnoreRule> ignore_rules(const Value& application_spec);

// True when the rule is about objects with that key.
bool is_about(const IgnoreRule& rule, const ObjectKey& key);

// True when the rule hides the difference: its path is at or below one of the pointers, or its
// owner is listed.
bool hides(const IgnoreRule& rule, const Difference& difference);

}  // namespace celldrift::compare
