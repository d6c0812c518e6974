// Reading cells.
#pragma once

#include "celldrift/kube/api.hpp"
#include "celldrift/kube/discovery.hpp"
#include "celldrift/observe/observation.hpp"
#include "celldrift/observe/schema_cache.hpp"
#include "celldrift/observe/secrets.hpp"
#include "celldrift/observe/sensitive.hpp"

#include <chrono>
#include <map>
#include <set>
#include <span>
#include <string>

namespace celldrift::observe {

// What is wanted of one kind.
struct Wanted {
  // Those that Git states: {"v1"}. Read are the served ones of them; when there is none, the one
  // that the server prefers.
  std::set<std::string> versions = {};
  // Where Git has objects of it; read one by one if all at once is forbidden.
  std::set<std::string> namespaces = {};
};

struct Wants {
  std::map<GroupKind, Wanted> kinds;
  // Kinds that say what others may change (autoscalers, webhooks, …), and those that a kind that is
  // not served moved to: read too, at the server's preferred version, in the cell or else in the
  // namespaces of `kinds`. Their coverage is kept, for those who ask; that they cannot be read is
  // no problem of itself.
  std::set<GroupKind> context = {};
  // Kinds beside those of which only some namespaces count; otherwise as `context`.
  std::map<GroupKind, std::set<std::string>> nearby = {};
  // Kinds beside those, of which only some namespaces count ("" is all), and only what can be
  // nobody's: objects without an owner, and StatefulSets, whose claims name none. Read at the
  // server's preferred version.
  std::map<GroupKind, std::set<std::string>> ownerless = {};
};

struct Options {
  std::chrono::milliseconds timeout{60'000};  // for one cell
  std::size_t in_flight = 6;                  // lists at once
  int page_size = 500;
  // Where cells' types are kept. nullptr: cells are not asked, and have the built-in ones.
  SchemaCache* schemas = nullptr;
  Sensitive sensitive = Sensitive::builtin();
};

// Step one: can the cell be reached, and what does it serve? An unreachable cell gives reachable =
// false.
struct Reached {
  Observation observation;  // without objects yet
  kube::ApiSurface surface;
  kube::Deadline deadline;
};
Reached reach(kube::Api& api,
              const std::string& cell,
              const std::string& server,
              Time now,
              const Options& options);

// Step two: the lists. Never throws for what the cell does: that becomes coverage.
Observation read(kube::Api& api,
                 Reached reached,
                 const Wants& wants,
                 const SecretKey& key,
                 const Options& options);

// Lets CRDs say what types the cell did not tell of `kinds`: those among its own objects, else
// `definitions` (Git's). Tells what Git's stand in for, and what stays unknown: problems that leave
// no object unknown, as values are compared as they are written then.
std::vector<Problem> complete_schema(Observation& observation,
                                     const std::map<GroupKind, Wanted>& kinds,
                                     std::span<const Value> definitions);

// True for kinds whose objects come and go by themselves (events, leases, endpoints, measurements,
// …); with a kind of "", where all of the group do.
bool is_noise(const GroupKind& kind);

// Everything that can be listed, at every version, less noise: for snapshots.
Wants everything(const kube::ApiSurface& surface);

}  // namespace celldrift::observe
