// Observation: what was read of one cell, and what could not be.
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/scope.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace celldrift::observe {

// What is known of one kind in a cell.
struct KindCoverage {
  enum class State {
    complete,    // every object of the kind was read
    namespaces,  // only those in `namespaces` were
    absent,      // the cell does not serve the kind: it has no such objects
    unknown,     // could not be read; `reason` says why
  };
  State state = State::unknown;
  std::set<std::string> namespaces;
  std::string reason;  // also for `namespaces`: why not all; "" for complete
};

struct LiveObject {
  ObjectKey key;
  Value object;  // Secret values are already replaced by keyed hashes, managedFields are there
};

struct Observation {
  std::string cell;
  std::string server;
  std::string kubernetes_version;  // "v1.35.1"; "" unknown
  bool reachable = false;
  std::string reason;  // why it is not reachable
  Time time{};         // when it was read
  bool from_snapshot = false;
  std::string secret_key_id;  // which key the Secret values were hashed with
  ScopeTable scopes;          // as the cell's discovery says; empty when it was not read
  std::map<GroupKind, KindCoverage> coverage;
  std::vector<LiveObject> objects;  // sorted by key

  // By identity, nullptr when it is not there. O(log n).
  const Value* find(const ObjectKey& key) const;
  // Whether "not there" can be believed: nothing when it can, else the reason why it is unknown.
  std::optional<std::string> unknown(const ObjectKey& key) const;
};

// "complete", "partial", "unknown": over all kinds that were asked for.
std::string_view describe_coverage(const Observation& observation);

}  // namespace celldrift::observe
