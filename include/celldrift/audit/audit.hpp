// Audit: cells side by side, findings with a severity each, the verdict.
#pragma once

#include "celldrift/audit/known.hpp"
#include "celldrift/audit/report.hpp"
#include "celldrift/audit/running.hpp"
#include "celldrift/compare/object_results.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

// A targetRevision as the Application states it.
struct StatedRevision {
  std::string source;    // "", or "source 2" where there are several
  std::string revision;  // "HEAD" where it states none
  Mark mark;

  bool operator==(const StatedRevision&) const = default;
};

// One Application in one cell, compared.
struct ComparedApplication {
  std::string cell;
  std::string application;
  std::string component;
  compare::ObjectResults objects;
  std::map<ObjectKey, RunningPods> running = {};  // of its workloads, where pods could be read
  std::vector<StatedRevision> revisions = {};
};

struct Rules;

// What is looked for.
enum class Look { everything, versions };

struct Input {
  ManifestsInfo manifests;
  std::vector<CellSummary> cells;  // counts are filled in here
  std::vector<ComparedApplication> applications;
  std::vector<Problem> problems;
  std::vector<ClusterVersions> clusters = {};  // of the cells that could be reached
  Look look = Look::everything;
  std::vector<Proved> proved;                    // of Applications that are not as Git wants them
  std::shared_ptr<const Rules> rules = nullptr;  // see rules.hpp; none where it is null
  Time now{};                                    // against which waivers expire
  std::vector<Expected> expected;                // all Applications of these cells
  std::vector<KnownCell> known;
  std::string unknown_applications;  // why there may be others; "" when all are known
};

// Findings, counts and verdict. Pure; the order of the input does not matter.
//
// The report is incomplete when an object is unknown, a problem leaves something unknown, or a cell
// is unreachable or of coverage "unknown". Unknown objects whose reason no problem of their cell
// has get one, so that it is never lost.
Report judge(Input input);

// True when a finding at or above `fail_on` is there (nothing: never).
bool fails(const Report& report, std::optional<Severity> fail_on);

}  // namespace celldrift::audit
