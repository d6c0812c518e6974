// Which rules of ignoreDifferences are about an object, and what they take from it.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "celldrift/compare/compare.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::compare {

// True when the rule is about objects with that key.
bool is_about(const IgnoreRule& rule, const ObjectKey& key);

// One thing that a rule says: a pointer, an expression or a manager.
struct Eraser {
  enum class Kind { pointer, jq, manager } kind = Kind::pointer;
  std::string text;
  const IgnoreRule* rule = nullptr;
};

// "jsonPointers /spec/replicas", as Accepted::rule has it.
std::string describe(const Eraser& eraser);

// In the order in which Argo CD applies them: managers first, then rule by rule. The rules must
// outlive it.
std::vector<Eraser> erasers(const std::vector<IgnoreRule>& rules, const ObjectKey& key);

// What a pointer or an expression leaves of an object; the very same where it takes nothing.
struct Erased {
  Value value;
  std::optional<std::string> undecided;  // why it cannot be told what it leaves
};
Erased erase(const Eraser& eraser, const Value& object);

// True when the difference is one that managedFieldsManagers hides: one that the manager owns, in
// what both sides have (Argo CD), or in what it added to live.
bool owns(const std::string& manager, const Value& live, const Difference& difference);

}  // namespace celldrift::compare
