// Desired against live: match by identity, diff by schema, attribute by managedFields.
//
// The invariant: each object of each cell ends in exactly one of equal, drifted, missing, extra,
// unknown.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "celldrift/compare/managers.hpp"
#include "celldrift/compare/rights.hpp"
#include "celldrift/core/clock.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/path.hpp"
#include "celldrift/kube/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

enum class Change {
  modified,  // Git states it, live has something else
  added,     // Git does not state it, live has it, and somebody put it there
  removed,   // Git states it, live lacks it
};
std::string_view describe(Change change);

// Who last wrote a live field, as managedFields tells.
struct Owner {
  std::string manager;
  std::string operation;    // "Apply" or "Update"
  std::string subresource;  // "" for the object itself
  std::optional<Time> time;
  ManagerClass kind = ManagerClass::unknown;

  bool operator==(const Owner&) const = default;
};

// What shows that a difference is drift.
enum class Evidence {
  stated,        // Git states the field
  owned,         // Git does not; a person or a deploy tool owns it
  still_owned,   // Git no longer does; who applies Git once stated it: removed from Git, still live
  no_record,     // Git does not; nobody owns it, and it is neither a default nor a webhook's
  no_ownership,  // the object has no managedFields: last-applied and the defaults alone tell
};
// "stated", "owned", "removed-from-git", "no-record", "no-ownership"
std::string_view describe(Evidence evidence);

struct Difference {
  Path path;
  Change change = Change::modified;
  std::optional<Value> want;  // with its mark; nothing for `added`
  std::optional<Value> have;  // nothing for `removed`
  Mark mark;  // the line of Git that wants it; for `added` the nearest stated parent's
  std::optional<Owner> owner;  // nothing when there is no record of who
  Evidence evidence = Evidence::stated;
  std::string reason;  // what else is to be said: "the cell's schema does not have this field"
};

// Why a field of a compared object is, or is not, a finding.
struct Decision {
  enum class Outcome {
    equal,       // the same, or the same in meaning
    defaulted,   // the API server puts it there
    server,      // only the server writes it: never compared
    mark,        // marks the object as the GitOps tool's own
    controller,  // a controller owns it, and Git does not state it
    by_right,    // another object of the cell gives the right (see Rights)
    ignored,     // a rule hides it
    undecided,   // it hangs on something that could not be looked at
    drift,       // a finding
  } outcome = Outcome::equal;
  Path path;
  std::string why;  // one sentence
  std::optional<Value> want;
  std::optional<Value> have;
  std::vector<Owner> owners;  // of live
};
std::string_view describe(Decision::Outcome outcome);

enum class Explain { no, yes };

// What comparison knows of a cell, beside the objects. All of it must outlive the comparison.
struct Context {
  const kube::Schema& schema = kube::Schema::builtin();
  const Managers& managers = Managers::builtin();
  const Rights& rights = Rights::none();
  const ArgoSettings& settings = ArgoSettings::defaults();
  Explain explain = Explain::no;  // whether decisions are kept
};

struct Comparison {
  std::vector<Difference> differences;
  std::vector<Decision> decisions;  // one for each field that was decided; empty unless asked for
};

// How two objects differ. `desired` is as Git states it and placed, `live` as the cell has it, both
// without Secret values. Empty when live is what Git wants: equal in meaning, and nobody added
// anything. O(size of both). Rights and ignore rules are not applied here: see match.hpp.
//
// Differences are as deep as they can be: per key in open maps (labels, data), per item in keyed
// lists, whole for atomic lists and for structures that Git does not state. What marks an object as
// the `application`'s own is none.
Comparison compare(const Value& desired,
                   const Value& live,
                   std::string_view application,
                   const Context& context);

// compare()'s differences.
std::vector<Difference> diff(const Value& desired,
                             const Value& live,
                             std::string_view application = "",
                             const Context& context = {});

}  // namespace celldrift::compare
