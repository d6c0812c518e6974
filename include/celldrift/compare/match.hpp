// One Application in one cell: every object that it wants or that is tracked as its own, and how
// each stands.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/compare/second_opinion.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/kube/schema.hpp"
#include "celldrift/kube/serving.hpp"

#include <functional>
#include <map>
#include <set>

namespace celldrift::compare {

enum class Status { equal, drifted, missing, extra, unknown };
std::string_view describe(Status status);

// A difference that is no finding, and why.
struct Accepted {
  enum class Kind {
    by_right,  // another object of the cell gives the right
    ignored,   // a rule of Argo CD's ignoreDifferences hides it
  } kind = Kind::by_right;
  Difference difference;
  std::string
      rule;        // "hpa-replicas"; of an ignore rule what it says: "jsonPointers /spec/replicas"
  std::string by;  // "HorizontalPodAutoscaler backend/web"; "the Application", "argocd-cm"
  std::string reason;
  Mark mark;  // of the ignore rule
  // Of what a rule hides: who has, or may have, the right to it all the same, and by which; "" for
  // nobody.
  std::string also_by = {};
  std::string also_rule = {};
};

// An object that is nobody's, in a namespace whose AppProject asks for such.
struct Orphan {
  std::string project;
  bool warns = false;      // the project has `warn: true`
  std::string tracked_as;  // the Application that it says it is part of, of which nothing is known
};

struct ObjectResult {
  ObjectKey key;
  std::string api_version;
  Status status = Status::unknown;
  std::vector<Difference> differences;  // of a drifted object
  std::string reason;                   // why it is unknown, or what else is to be said of it
  Value desired;                        // null for an extra object
  Value live;                           // null for a missing or unknown one
  std::optional<Owner> owner;           // of an extra object: who made it
  std::optional<Orphan> orphan;         // of an extra object that no Application has ever had
  std::vector<Accepted> accepted;       // differences that are no findings
  std::vector<Decision> decisions;      // see Comparison; those of rights and rules included
  // The cell does not serve the API version that Git states: it is missing, `reason` says what the
  // cell has in its place.
  bool api_not_served = false;
  std::vector<Disagreement> disagreements;  // with a dry run, where one was asked for
};

// The live side, as compare sees it (compare does not know observe).
struct LiveView {
  // The object as that apiVersion shows it; as another one does when it was not read at that one.
  std::function<const Value*(const ObjectKey&, std::string_view api_version)> find;
  // Why the absence of an object cannot be believed; nothing when it can.
  std::function<std::optional<std::string>(const ObjectKey&)> unknown;
  // Whether the cell serves a kind at an apiVersion; empty when nothing is known of that.
  std::function<kube::Serving(std::string_view api_version, std::string_view kind)> served = {};
};

// The keys that an object of that key can be live under: its own, and those of the groups that its
// kind moved to.
std::set<ObjectKey> identities(const ObjectKey& key);

// Which Application a live object belongs to, as Argo CD's tracking method tells; "" when it names
// none, or when the annotation describes another object (a copy). A part of a text of `live`.
std::string_view tracked_by(const Value& live,
                            const ArgoSettings& settings = ArgoSettings::defaults());

// Whether it has any mark that tells an Application: where neither desired nor live has one, it is
// all the same to their comparison whose they are.
bool names_an_application(const Value& object, const ArgoSettings& settings);

// Applications, each in one word.
using ApplicationNames = std::set<std::string, std::less<>>;

// Who made an object: the first of its writers, as far as managedFields tell.
std::optional<Owner> maker_of(const Value& live, const Managers& managers);

// True for hooks (Argo CD's and Helm's): they are not desired state. (Argo CD 3.5)
bool is_hook(const Value& object);

// True when argocd.argoproj.io/compare-options has that option: "IgnoreExtraneous".
bool has_compare_option(const Value& object, std::string_view option);

// Compares the desired objects of one Application (what Argo CD calls it in one word, and its spec,
// for ignoreDifferences) with what is live. Hooks are left out; everything else gives one result,
// in the order of `desired`. A difference that somebody has the right to, or that a rule hides, is
// accepted; an object with differences of which that cannot be told, and no others, is unknown.
std::vector<ObjectResult> compare_desired(std::string_view application,
                                          const Value& spec,
                                          const std::vector<std::pair<ObjectKey, Value>>& desired,
                                          const LiveView& live,
                                          const Context& context = {});

// What is asked of a cell's live objects.
struct ExtraQuestion {
  static inline const ApplicationNames no_applications;
  static inline const std::set<ObjectKey> no_objects;

  const ApplicationNames& applications = no_applications;
  const std::set<ObjectKey>& desired = no_objects;  // that any Application wants in this cell
  std::string_view server = {};                     // of the cell, for resource.exclusions
};

// What of a cell's live objects is tracked as one of its Applications, has no owner
// (ownerReferences) and is not desired by any: Application -> results of status `extra`, in the
// order of `live`. Kinds that Argo CD excludes are left out, and objects that are not to count
// (compare-options: IgnoreExtraneous).
std::map<std::string, std::vector<ObjectResult>> find_extra(
    const std::vector<std::pair<ObjectKey, Value>>& live,
    const ExtraQuestion& question,
    const Context& context = {});

// Which of a cell's live objects are orphaned: `live` is all that is in the namespaces in question,
// `is_asked_for` says of which of them it is asked. Left out are objects that have an owner (as
// Argo CD sees it: a PersistentVolumeClaim has one in the StatefulSet that is named in it), that an
// Application wants or has tracked as its own, and kinds that Argo CD excludes. Results are of
// status `extra`, in the order of `live`, and say whom they claim to be part of.
std::vector<ObjectResult> find_orphans(const std::vector<std::pair<ObjectKey, Value>>& live,
                                       const std::function<bool(const ObjectKey&)>& is_asked_for,
                                       const ExtraQuestion& question,
                                       const Context& context = {});

}  // namespace celldrift::compare
