// Observation: what was read of one cell, and what could not be.
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/scope.hpp"
#include "celldrift/kube/schema.hpp"
#include "celldrift/kube/serving.hpp"
#include "celldrift/observe/known_secrets.hpp"
#include "celldrift/observe/object_table.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

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

  // Whether all of the kind is known that is in a namespace ("": that is in none).
  bool has_all_in(std::string_view ns) const;
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
  KnownSecrets known;         // of its Secrets; all other objects are scrubbed of them
  ScopeTable scopes;          // as the cell's discovery says; empty when it was not read
  kube::ServedVersions served;
  kube::Schema schema = kube::Schema::builtin();  // the types of the cell's kinds
  // Group-versions whose types the cell did not tell: "example.com/v1" -> why.
  std::map<std::string, std::string> schema_gaps;
  // Of the kinds that were asked for, context kinds among them.
  std::map<GroupKind, KindCoverage> coverage;
  ObjectTable objects;

  // ObjectTable's.
  const Value* find(const ObjectKey& key, std::string_view api_version = "") const {
    return objects.find(key, api_version);
  }
  // Whether "not there" can be believed: nothing when it can, else the reason why it is unknown.
  std::optional<std::string> unknown(const ObjectKey& key) const;
};

// "complete", "partial", "unknown": over all kinds that were asked for.
std::string_view describe_coverage(const Observation& observation);

}  // namespace celldrift::observe
