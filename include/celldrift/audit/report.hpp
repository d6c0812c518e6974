// Report: the one model that every writer (text, JSON, …) turns into bytes. Plain data, in output
// order.
#pragma once

#include "celldrift/compare/match.hpp"
#include "celldrift/core/clock.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::audit {

enum class Severity { note, warning, error };
std::string_view describe(Severity severity);

enum class Category {
  drift,      // a cell differs from Git
  skew,       // cells run different versions
  parity,     // cells differ although Git says that they are clones
  missing,    // in Git, not in the cell
  extra,      // in the cell, not in Git
  gitops,     // the GitOps tool does, or claims, something else than Git and the cell show
  isolation,  // cells share what they never may
  rules,      // a rule or waiver needs somebody's attention
};
inline constexpr Category all_categories[] = {Category::drift,
                                              Category::skew,
                                              Category::parity,
                                              Category::missing,
                                              Category::extra,
                                              Category::gitops,
                                              Category::isolation,
                                              Category::rules};
std::string_view describe(Category category);

// clean: everything was looked at, and nothing was found but notes (what Git itself declares).
// drifted: there is a warning or an error. incomplete: there is none in what could be looked at,
// but something could not.
enum class Verdict { clean, drifted, incomplete };
std::string_view describe(Verdict verdict);

struct ObjectRef {
  std::string api_version;
  std::string kind;
  std::string ns;
  std::string name;

  bool operator==(const ObjectRef&) const = default;
};
ObjectRef ref_of(const compare::ObjectResult& result);

// Cells that have the same value of something.
struct ValueGroup {
  Value value;                     // null: the cells have none
  std::vector<std::string> cells;  // sorted
  bool declared = false;           // of skew: each of its cells has what Git wants there
};

// What kind of version a fact is about.
enum class FactKind {
  image,        // of a container, as its pod template states it
  version,      // label app.kubernetes.io/version
  chart,        // label helm.sh/chart
  revision,     // targetRevision of an Application
  digest,       // that pods really run
  rollout,      // whether pods run what their workload states
  crd,          // versions that an API is served and stored at
  kubernetes,   // of the API server
  node,         // of kubelets
  gitops_tool,  // Argo CD, Flux
};
inline constexpr FactKind all_fact_kinds[] = {FactKind::image,
                                              FactKind::version,
                                              FactKind::chart,
                                              FactKind::revision,
                                              FactKind::digest,
                                              FactKind::rollout,
                                              FactKind::crd,
                                              FactKind::kubernetes,
                                              FactKind::node,
                                              FactKind::gitops_tool};
std::string_view describe(FactKind kind);  // "image", "version", …, "gitops-tool"

// How many steps lie between two versions: of the first number that differs, or days.
struct VersionSteps {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::optional<std::int64_t> days;  // where both are dates

  auto operator<=>(const VersionSteps&) const = default;
};

// How cells stand to what most of the fleet runs.
struct Lag {
  // Why they do.
  enum class Why {
    declared,  // Git wants it: a canary
    lag,       // they run what Git wanted before: an older commit is proved, or was applied last
    hand,      // a person or a deploy tool set it
    silent,    // Git does not state it
    unknown,   // none of these can be shown
  };
  std::vector<std::string> cells;  // sorted
  Value value;
  std::partial_ordering order = std::partial_ordering::unordered;  // less: behind
  std::optional<VersionSteps> by;                                  // nothing where it is unordered
  Why why = Why::unknown;
  std::string changed_by;              // of `hand` and `lag`: the manager, where it is known
  std::optional<std::size_t> commits;  // that they are behind in Git, where that is proved
  std::optional<std::chrono::seconds> age;
};
std::string_view describe(Lag::Why why);  // "declared", "lag", "hand", "silent", "unknown"

// One line of the matrix of components and cells.
struct VersionRow {
  std::string component;
  FactKind fact = FactKind::image;
  std::string what;                   // "image of container app"
  std::vector<std::string> subjects;  // the objects: "Deployment backend-web"
  std::vector<ValueGroup> values;     // largest group first; a single one: all in step
  std::vector<std::string> findings;  // fingerprints of those that it comes to
};

// Who last changed a line of Git.
struct LineOrigin {
  std::string commit;  // full hex
  std::string author;
  Time time{};  // of the author
  std::string subject;

  bool operator==(const LineOrigin&) const = default;
};

// The commit that an Application is proved to run in a cell.
struct Proved {
  enum class Match {
    exact,   // all that is live is what the commit renders to
    edited,  // but for some fields; no commit fits better
    ahead,   // exact, but the commit is not in the history of what Git wants there
    none,    // no commit that was looked at is near
  } match = Match::none;
  std::string cell;
  std::string application;
  std::string commit;  // full hex; "" for `none`
  std::string
      version;  // what it calls itself there: an image's tag, a label; "" where nothing does
  // How many commits since changed what the Application is rendered from; nothing where it is not
  // behind in one line (ahead, none).
  std::optional<std::size_t> behind;
  // From the commit to the newest of those, by committer; nothing likewise.
  std::optional<std::chrono::seconds> age;
  std::vector<std::string> edits;  // of `edited`: what differs from the commit, sorted:
                                   // "Deployment backend/web spec.replicas"
  std::string reason;              // of `none`: why not: "200 commits were looked at"
};
std::string_view describe(Proved::Match match);  // "exact", "edited", "ahead", "none"

// What a rule made of a finding.
struct Ruling {
  std::string rule;                  // its name
  Mark source;                       // where it is written
  Severity was = Severity::warning;  // the severity without it
  std::string says;                  // of a budget: how the cells stand to it; a part of the reason
};

struct Finding {
  std::string fingerprint;  // 16 hex digits; the same in every run for the same thing (values are
                            // not part of it)
  std::string rule;         // "drift/modified", "drift/added", "drift/removed", "missing",
                            // "dry-run/disagrees", "dry-run/refused", "api/not-served", "extra",
                            // "skew/image", "skew/version", … (see FactKind)
  Severity severity = Severity::error;
  Category category = Category::drift;
  std::vector<std::string>
      cells;  // where it is: one for drift, missing, extra; the outliers for skew (of them those
              // that are not as Git wants them, where there are such)
  std::string component;
  std::string application;  // "" where it spans several
  ObjectRef object;         // for skew: that of the first of `cells`
  Value labels;             // of that object, as the cell has them; null where nothing is known
  std::string path;         // JSON Pointer; "" for a whole object
  std::string path_text;
  std::optional<compare::Change> change;
  std::optional<Value> want;
  std::optional<Value> have;
  Mark source;                       // the line of Git that wants it
  std::optional<LineOrigin> origin;  // of that line; judge() leaves it out
  std::string origin_unknown;        // why it is not known, where that was looked for
  std::optional<compare::Owner> changed_by;
  std::optional<compare::Evidence> evidence;  // of drift: what shows that it is
  bool owner_unknown =
      false;  // there is no record of who did it (as opposed to: it does not matter)
  std::vector<ValueGroup> values;  // skew and parity: largest group first, then by value
  std::vector<Lag> lag;            // of skew: each group of cells that is not as most are
  std::vector<Proved> proved;  // what its component is proved to run in its cells; sorted by cell
  std::string what;            // of skew: "image of container app"
  std::string
      subject;  // of skew: the object, its name as all cells share it: "Deployment backend-web"
  std::string message;  // one sentence for people
  std::string reason;   // what else is to be said; "" mostly
  std::string cause;    // fingerprint of the Cause that it shares with others; "" for one alone
  std::optional<Ruling> ruling;  // the rule that set the severity, or the waiver that hides it
};
// Without what a rule made of it.
Severity severity_before_rules(const Finding& finding);

// An object and the cells that it is meant in.
struct Place {
  ObjectRef object;
  std::vector<std::string> cells;  // sorted
};

// What two findings or more have in common, so that it is told once.
struct Cause {
  enum class Kind {
    write,        // one manager wrote all of it at one time
    same_change,  // the same change of the same field; when, and if by one hand, cannot be told
    git_line,     // one line of Git that is not followed
    application,  // cells lack all of an Application
    name_space,   // cells lack all of a namespace
    kind,         // cells lack all objects of a kind
    object,       // cells lack, or have beyond Git, the same object
    api,          // cells do not serve an API
    versions,     // cells run the same different versions of several things
  } kind = Kind::write;
  std::string fingerprint;
  std::string message;                // one sentence for people
  std::vector<std::string> findings;  // fingerprints, in the order of the report
  std::vector<std::string> cells;     // sorted
  std::vector<Place> places;          // the objects, each with the cells; as the findings come
  std::optional<compare::Owner> changed_by;  // with the latest time
  std::optional<Time> since;                 // the earliest
  Mark source;                               // the line, where they have the same one
};
std::string_view describe(Cause::Kind kind);  // "write", "same-change", "git-line", …

// Differences that are no findings, told once for all objects and cells that they are in.
struct AcceptedNote {
  std::string rule;             // "hpa-replicas"; "jsonPointers /spec/replicas"
  std::vector<std::string> by;  // who may, or whose rule it is; sorted
  std::string reason;
  std::string path_text;
  Mark source;  // of an ignore rule
  std::size_t differences = 0;
  std::vector<std::string> cells;  // sorted
  std::vector<Place> places;
};

// An object that is not as Git wants it, as what Git states of it and what the cell has of that.
struct ChangedObject {
  ObjectRef object;
  std::string cell;
  std::string component;
  std::string application;
  Value desired;                      // null: it is not in Git
  Value live;                         // null: it is missing. What Git states, with its findings
                                      // made to it: neither defaults nor what is right are in it
  std::vector<std::string> findings;  // fingerprints
};

struct CellSummary {
  std::string name;
  std::string server;
  std::string kubernetes_version;
  bool reachable = false;
  std::string coverage;       // "complete", "partial", "unknown"
  std::string reason;         // why not complete
  std::string snapshot_time;  // when the snapshot was taken; "" for a live cell
  std::set<FactKind> unread;  // facts that could not be read, though the cell could
  std::map<std::string, std::string> labels;
  std::size_t applications = 0;  // that go there
  std::map<compare::Status, std::size_t> objects;
};
// False for a cell of which nothing is known.
bool was_looked_at(const CellSummary& cell);
// Whether that a cell has nothing of a fact proves nothing.
bool is_unread(const CellSummary& cell, FactKind fact);

struct ManifestsInfo {
  std::string repo;      // path or URL without credentials
  std::string revision;  // as asked for; "HEAD"
  std::string commit;    // full hex
  bool worktree = false;
};

struct Summary {
  std::size_t cells = 0;
  std::size_t applications = 0;
  std::size_t components = 0;
  std::map<compare::Status, std::size_t>
      objects;  // every desired or extra object is in exactly one
  std::map<Severity, std::size_t> by_severity;
  std::map<Category, std::size_t> by_category;
  std::size_t causes = 0;    // that the findings come from: those shared, and one for each alone
  std::size_t by_right = 0;  // differences that somebody has the right to make
  std::size_t ignored = 0;   // differences that ignoreDifferences hides
  std::size_t waived = 0;    // findings that rules hide
};

struct Report {
  bool complete = false;
  Verdict verdict = Verdict::incomplete;
  ManifestsInfo manifests;
  std::vector<CellSummary> cells;  // sorted by name
  Summary summary;
  std::vector<Finding> findings;       // sorted by component, category, object, path, cells
  std::vector<Cause> causes;           // in the order of their first findings
  std::vector<AcceptedNote> by_right;  // sorted by rule, path, by
  std::vector<AcceptedNote> ignored;   // sorted likewise
  std::vector<AcceptedNote> hidden;    // by rules and waivers: sorted likewise
  std::vector<Finding> waived;         // the same as findings: sorted as `findings`
  std::vector<Problem> problems;       // sorted
  std::vector<ChangedObject> objects;  // in the order of their first findings
  std::vector<VersionRow> versions;    // all of the matrix; see version_rows()
};

}  // namespace celldrift::audit
