// rules/defaults.yaml as it is looked up: by structure, then by field.
#pragma once

#include "celldrift/core/value.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace celldrift::kube {

// When a rule counts.
struct Condition {
  enum class Test {
    one_of,   // the live sibling has one of the values
    present,  // live has the sibling
    absent,   // live lacks it
    stated,   // Git states it
  } test = Test::present;
  std::string field;
  std::vector<Value> values;
};

struct Clause {
  std::set<std::string, std::less<>> kinds;   // of the object; empty: all
  std::set<std::string, std::less<>> fields;  // that the structure stands in; empty: all
  std::vector<Condition> conditions;          // all of them
};

// What happens to one field.
struct Action {
  enum class Kind { put, copy, compute, allocate } kind = Kind::put;
  std::shared_ptr<const Clause> clause;
  Value value;       // put
  std::string name;  // copy: the sibling; compute: the rule
};

// A key, or an item, that the server adds.
struct Addition {
  std::shared_ptr<const Clause> clause;
  Value pattern;     // of the key or item
  std::string rule;  // for keys: "any" or a named rule
};

struct FieldRules {
  std::vector<Action> actions;    // the first that applies counts
  std::vector<Addition> items;    // of a list
  std::vector<Addition> entries;  // of an open map
  std::vector<std::pair<std::shared_ptr<const Clause>, std::vector<Value>>> earlier;
};

// Fields that only the server writes.
struct ServerFields {
  Clause clause;
  std::set<std::string, std::less<>> fields;
};

struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    return std::hash<std::string_view>{}(name);
  }
};
template <class T>
using ByName = std::unordered_map<std::string, T, NameHash, std::equal_to<>>;

struct StructureRules {
  ByName<FieldRules> fields;
  std::vector<ServerFields> server_fields;

  const FieldRules* find(std::string_view field) const {
    const auto found = fields.find(field);
    return found == fields.end() ? nullptr : &found->second;
  }
};

struct DefaultsTable {
  ByName<StructureRules> structures;  // by name, or "root"

  // nullptr where it says nothing.
  const StructureRules* find(std::string_view structure) const {
    const auto found = structures.find(structure);
    return found == structures.end() ? nullptr : &found->second;
  }
};

// The built-in table, read on first use.
const DefaultsTable& defaults_table();

// Throws Error(config) with file:line for a text that is not such a table.
DefaultsTable read_defaults(std::string_view yaml);

}  // namespace celldrift::kube
