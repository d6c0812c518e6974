// The commands. Each returns its exit code and throws Error for what stops it.
#pragma once

#include "cli/audit_fleet.hpp"
#include "cli/options.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

int check(const Options& options);
// Writes a report where the options say, and returns the exit code that it comes to.
int conclude(const Audited& audited, const Options& options);
// What a report comes to with --fail-on and --allow-unknown.
int exit_code_of(const audit::Report& report, const Options& options);

struct SkewFlags {
  std::vector<std::string> components;  // globs; empty: all
  std::vector<std::string> cells;       // globs; empty: all
  bool all = false;                     // also what is in step
};
int skew(const Options& options, const SkewFlags& what);

struct ExplainOptions {
  std::string fingerprint;  // of a finding, or the start of it
};
int explain(const Options& options, const ExplainOptions& what);

struct AppsOptions {
  bool params = false;             // show the parameters that each was made with
  std::vector<std::string> cells;  // globs; empty: all
  std::string selector;            // of labels, as kubectl's -l
  std::string application_set;     // a file; "-" is standard input; "": the repo's
  std::string against;             // a revision to compare with; "": none
  bool show_secrets = false;
  bool exit_code = false;  // 1 when the revisions differ, as git diff has it
};
int apps(const Options& options, const AppsOptions& what);
int cells(const Options& options);

// Exactly one of them is meant: what is there to explain, to test or to check; else all is listed.
struct RulesOptions {
  enum class What { list, explain, test, check } what = What::list;
  std::string name;                // of the rule to explain
  std::string report;              // to test them with; "-" is standard input
  std::vector<std::string> files;  // to check; none: the rules in force
};
int rules(const Options& options, const RulesOptions& what);
int demo(const Options& options);
int version();

struct RenderOptions {
  std::string path;  // of one local source; "" renders every Application
  std::string type;  // "" detects it as Argo CD does
  bool show_secrets = false;
};
int render(const Options& options, const RenderOptions& what);

struct SnapshotOptions {
  std::string context;
  std::string name;  // of the cell; "" is the context's
  std::string output;
};
int snapshot(const Options& options, const SnapshotOptions& what);

}  // namespace celldrift::cli
