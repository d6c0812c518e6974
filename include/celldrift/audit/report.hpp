// Report: the one model that every writer (text, JSON, …) turns into bytes. Plain data, in output
// order.
#pragma once

#include "celldrift/compare/match.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

enum class Severity { note, warning, error };
std::string_view describe(Severity severity);

enum class Category { drift, skew, parity, missing, extra };
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

// Cells that have the same value of something.
struct ValueGroup {
  Value value;                     // null: the cells have none
  std::vector<std::string> cells;  // sorted
  bool declared = false;           // of skew: each of its cells has what Git wants there
};

struct Finding {
  std::string fingerprint;  // 16 hex digits; the same in every run for the same thing (values are
                            // not part of it)
  std::string rule;         // "drift/modified", "drift/added", "drift/removed", "missing", "extra",
                            // "skew/image", "skew/version"
  Severity severity = Severity::error;
  Category category = Category::drift;
  std::vector<std::string>
      cells;  // where it is: one for drift, missing, extra; the outliers for skew (of them those
              // that are not as Git wants them, where there are such)
  std::string component;
  std::string application;  // "" where it spans several
  ObjectRef object;         // for skew: that of the first of `cells`
  std::string path;         // JSON Pointer; "" for a whole object
  std::string path_text;
  std::optional<compare::Change> change;
  std::optional<Value> want;
  std::optional<Value> have;
  Mark source;  // the line of Git that wants it
  std::optional<compare::Owner> changed_by;
  std::optional<compare::Evidence> evidence;  // of drift: what shows that it is
  bool owner_unknown =
      false;  // there is no record of who did it (as opposed to: it does not matter)
  std::vector<ValueGroup> values;  // skew and parity: largest group first, then by value
  std::string what;                // of skew: "image of container app"
  std::string
      subject;  // of skew: the object, its name as all cells share it: "Deployment backend-web"
  std::string message;  // one sentence for people
};

struct CellSummary {
  std::string name;
  std::string server;
  std::string kubernetes_version;
  bool reachable = false;
  std::string coverage;          // "complete", "partial", "unknown"
  std::string reason;            // why not complete
  std::string snapshot_time;     // when the snapshot was taken; "" for a live cell
  std::size_t applications = 0;  // that go there
  std::map<compare::Status, std::size_t> objects;
};

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
  std::size_t ignored = 0;  // differences that ignoreDifferences hides
};

struct Report {
  bool complete = false;
  Verdict verdict = Verdict::incomplete;
  ManifestsInfo manifests;
  std::vector<CellSummary> cells;  // sorted by name
  Summary summary;
  std::vector<Finding> findings;  // sorted by component, category, object, path, cells
  std::vector<Problem> problems;  // sorted
};

}  // namespace celldrift::audit
