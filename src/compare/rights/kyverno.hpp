// Kyverno's mutating policies: ClusterPolicy and Policy with `mutate` rules. (Kyverno 1.15)
//
// What a policy may put is read from its patches; what hangs on variables and conditions is taken
// to hold.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "compare/rights/admission_match.hpp"
#include "compare/rights/path_pattern.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::compare {

// One thing that a rule puts into objects.
struct KyvernoPatch {
  PathPattern path;
  std::optional<std::string> value;  // a pattern of the scalar; nothing: any tree
};

struct KyvernoRule {
  std::string policy;  // "ClusterPolicy add-labels"
  std::string ns;      // of a Policy: where it is in force
  Value match;
  Value exclude;
  std::vector<Value> targets;  // of a rule that changes what is there: what it changes
  std::vector<KyvernoPatch> patches;
};

// The mutating rules of a policy.
std::vector<KyvernoRule> kyverno_rules(const Value& policy);

// Whether the rule is about the object as it is written.
Match is_about(const KyvernoRule& rule, const Written& written);
// Whether it is one of the rule's targets: the background controller changes those.
bool is_target(const KyvernoRule& rule, const ObjectKey& key);

// True when what differs is what the rule puts there. A rule about Pods is, by Kyverno's autogen,
// about the templates of their controllers as well.
bool puts(const KyvernoRule& rule, const ObjectKey& key, const Difference& difference);

}  // namespace celldrift::compare
