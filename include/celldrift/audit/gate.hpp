// Gate: may a deploy go ahead? What it touches is held against the cells as they are, and what it
// would do to each of them is foretold from comparing them with both revisions.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/rules.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// Why a deploy may have to wait.
enum class GateReason {
  drift,       // what it touches is not as Git wants it now
  unknown,     // something that it hangs on could not be looked at
  immutable,   // it changes a field that the API server lets nobody change
  api,         // it states an API that the cell does not serve
  name_space,  // it puts objects into a namespace that is not there
  refused,     // the API server says no to a dry run of it
  reverts,     // it takes back what somebody changed by hand
  prunes,      // it deletes objects
  recreates,   // it deletes objects and makes them again
  gitops,      // the GitOps tool does something else than Git says
  skew,        // cells would be further apart than their budget lets them
  wave,        // an earlier wave does not run it, or would be behind
  unhealthy,   // an earlier wave is not healthy with it
  soak,        // an earlier wave has not been healthy for long enough
};
inline constexpr GateReason all_gate_reasons[] = {GateReason::drift,
                                                  GateReason::unknown,
                                                  GateReason::immutable,
                                                  GateReason::api,
                                                  GateReason::name_space,
                                                  GateReason::refused,
                                                  GateReason::reverts,
                                                  GateReason::prunes,
                                                  GateReason::recreates,
                                                  GateReason::gitops,
                                                  GateReason::skew,
                                                  GateReason::wave,
                                                  GateReason::unhealthy,
                                                  GateReason::soak};
std::string_view describe(GateReason reason);  // "drift", …, "namespace", …

enum class GateAction { block, warn, ignore };
std::string_view describe(GateAction action);

// What each reason comes to.
using GatePolicy = std::map<GateReason, GateAction>;

// Where nobody says: reverts, prunes, recreates and gitops warn, the others block.
GatePolicy default_gate_policy();
// Of texts such as "block=immutable,api warn=skew": what `block` names blocks and nothing else
// does; `warn` and `ignore` change single reasons. A list alone means block. "default" stands for
// what blocks by default, "all" and "none" for what they say. Error(usage) for anything else.
GatePolicy gate_policy(const std::vector<std::string>& texts);

// One Application in one cell, at both revisions.
struct GateApplication {
  std::string cell;
  std::string application;
  std::string component;
  std::string ns;       // of its destination, at the revision that is to be deployed
  bool before = true;   // whether Git wants it now
  bool after = true;    // whether it would with the deploy
  bool differs = true;  // whether the deploy touches it: itself, or what it renders to
  bool failed = false;  // it could not be rendered or placed at one of the revisions
  Value object;         // the Application, as the deploy has it, or as it was where it is removed
  // Against what Git wants now; empty where the deploy does not touch it.
  compare::ObjectResults now;
  // Against what is to be deployed, `extra` being what that no longer wants.
  compare::ObjectResults next;
};

// What else the gate asks of a cell.
struct GateCell {
  std::string name;
  // Of those that were read, with their phases; nothing where they could not be read.
  std::optional<std::map<std::string, std::string>> namespaces;
  std::vector<Value> definitions;  // CustomResourceDefinitions that it has
  Time time{};                     // when it was read
};

// A live object's health, as Argo CD 3.5 has it (gitops-engine, pkg/health, and its scripts); of
// kinds that it does not know as their conditions Ready, Stalled and Reconciling tell, where they
// have such. `unknown`: it says too little, or nonsense.
struct Health {
  enum class State { healthy, progressing, degraded, suspended, unknown } state = State::healthy;
  std::string says;  // why it is not healthy
};
Health health_of(const Value& live);

// A health script of argocd-cm: in place of Argo CD's own verdict on a kind.
struct HealthScript {
  std::string kind;                          // "apps/Deployment", "Service", or a glob
  std::optional<Health::State> always = {};  // what it says of every object
  bool is_own_status = false;                // it says what the object's status.health does
};
// Those of the ConfigMap argocd-cm; one that is neither is known to be there, and no more.
std::vector<HealthScript> health_scripts(const Value& argocd_cm);
// The same where there are such; nothing where one would have to be run.
std::optional<Health> health_of(const Value& live, std::span<const HealthScript> scripts);
struct GateInput {
  Report now;  // the audit of what Git wants now
  ManifestsInfo target;
  std::vector<GateApplication> applications;
  std::vector<GateCell> cells;
  std::vector<Problem> problems;    // of the revision that is to be deployed
  std::set<std::string> receives;   // the cells that get the deploy
  std::optional<std::size_t> wave;  // of `rules`, that gets it
  std::shared_ptr<const Rules> rules = nullptr;
  GatePolicy policy = default_gate_policy();
  std::vector<HealthScript> health_scripts = {};  // of argocd-cm
  Time now_time{};
};

// What a deploy does to a field.
struct FieldEffect {
  enum class Kind {
    changes,   // from what Git wanted to what it wants then
    reverts,   // takes back what somebody did by hand
    unsets,    // Git no longer states it: it goes
    survives,  // somebody put it there, and Git does not state it: it stays
  } kind = Kind::changes;
  std::string path;
  std::string path_text;
  std::optional<Value> from;
  std::optional<Value> to;
  Mark source;                          // the line of Git
  std::optional<compare::Owner> owner;  // of what is live
};
std::string_view describe(FieldEffect::Kind kind);

// What a deploy does to an object.
struct ObjectEffect {
  enum class Kind {
    added,      // made
    changed,    // some fields
    pruned,     // deleted
    left,       // no longer wanted by Git, and left where it is
    recreated,  // deleted and made again
    kept,       // nothing; some fields survive that somebody put there
  } kind = Kind::changed;
  ObjectRef object;
  std::vector<FieldEffect> fields;
  std::string why;  // of left, pruned and recreated; "" mostly
};
std::string_view describe(ObjectEffect::Kind kind);

// What a deploy does to an Application in a cell that gets it.
struct GateChange {
  std::string cell;
  std::string application;
  std::string component;
  // in_step: as Git wants it now; arrived: as the deploy wants it already.
  enum class Standing { in_step, arrived, drifted, unknown } standing = Standing::in_step;
  bool is_new = false;  // the Application is
  bool is_removed = false;
  std::vector<ObjectEffect> objects;  // by kind, namespace, name
};
std::string_view describe(GateChange::Standing standing);  // "in-step", …

// One thing that speaks against the deploy.
struct Objection {
  GateReason reason = GateReason::drift;
  GateAction action = GateAction::block;
  std::vector<std::string> cells;  // sorted; empty: the whole of it
  std::string component;
  std::string application;
  ObjectRef object;  // of no kind where it is about none
  std::string path_text;
  std::string message;      // one sentence for people
  Mark source;              // the line of Git
  std::string fingerprint;  // of the finding that it comes from; "" for none
};

// How a cell of an earlier wave stands to the deploy.
struct WaveCell {
  std::string cell;
  enum class State { ready, soaking, unhealthy, behind, unknown, untouched } state = State::ready;
  std::optional<Time> since;  // healthy and unchanged at least since
  std::string says;           // why not ready; "" for ready
};
std::string_view describe(WaveCell::State state);

struct WaveState {
  std::string name;
  std::chrono::seconds soak{0};
  std::vector<WaveCell> cells;  // by name
};

enum class GateVerdict { go, no_go, unknown };
std::string_view describe(GateVerdict verdict);  // "go", "no-go", "unknown"

struct GateReport {
  GateVerdict verdict = GateVerdict::go;
  bool complete = true;  // nothing that the deploy touches is unknown
  ManifestsInfo base;
  ManifestsInfo target;
  std::string wave;                   // "" where none was asked for
  std::vector<std::string> cells;     // that get the deploy
  std::vector<GateChange> changes;    // of what it touches, by cell and Application
  std::vector<Objection> objections;  // without those that the policy ignores; what blocks first
  std::vector<Finding> skew;          // of what it touches, as it would be after it
  std::vector<WaveState> waves;       // the earlier ones
  std::vector<Problem> problems;      // of what it touches
};

// Pure; the order of the input does not matter.
GateReport gate(GateInput input);

// Whether Argo CD counts its health: not where it is annotated with ignore-healthcheck.
bool counts_for_health(const Value& live);
// When it was last changed, or came to be as healthy as it is, at the latest; nothing where it does
// not say.
std::optional<Time> unchanged_since(const compare::ObjectResult& result);

}  // namespace celldrift::audit
