// Whom the API server calls when an object is written: the matching of mutating webhooks' and
// admission policies' rules. (kube-apiserver 1.35: admission/plugin/webhook/predicates)
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"
#include "compare/rights/selector.hpp"

#include <string>
#include <string_view>

namespace celldrift::compare {

// A write of an object: as Git states it or as it is.
struct Written {
  const ObjectKey& key;
  const Value& desired;
  const Value& live;
  Labels of_namespace;  // of its namespace; of a Namespace its own are taken
};

// True for what the API server never asks webhooks or policies about: their own configuration.
bool is_exempt(const GroupKind& kind);

// Whether `rules` (of a webhook, or resourceRules of a policy) name the object's creation or
// update. With matchPolicy Equivalent another version in a rule counts too.
Match matches_rules(const Value* rules, bool exact_version, const Written& written);

// Whether a webhook, or matchConstraints and matchResources of a policy and its binding, are about
// the object: `rules_key` names the rules ("rules", "resourceRules"); no such key: all objects.
// matchConditions are expressions, which are taken to hold.
Match is_called(const Value& config, std::string_view rules_key, const Written& written);

}  // namespace celldrift::compare
