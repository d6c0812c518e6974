// The commands that compare cells, with their flags.
#include "cli/command_line.hpp"

namespace celldrift::cli {

void CommandLine::add_check() {
  CLI::App& command = add("check",
                          "Compare every cell with Git and with its siblings",
                          {"text", "unified", "json", "decisions"},
                          check);
  add_report_flags(command, options_);
  add_repo_flags(command, options_, raw_);
  add_history_flag(command, options_);
  command
      .add_flag("--explain",
                options_.explain,
                "Before the report: why each field of each object is a finding or none")
      ->envname("CELLDRIFT_EXPLAIN");
  add_cell_flags(command);
  add_compare_flags(command, options_);
  add_rules_flag(command, options_);
  add_dry_run_flag(command, options_);
  add_verdict_flags(command, options_);
}

void CommandLine::add_skew() {
  CLI::App& command = add("skew",
                          "Show which version of what each cell runs, and which are out of step",
                          {"text", "json"},
                          [this](const Options& options) { return skew(options, skew_); });
  command.add_option("--component", skew_.components, "Only these components (a glob; repeatable)")
      ->envname("CELLDRIFT_COMPONENT")
      ->expected(1)
      ->take_all();
  command.add_option("--cell", skew_.cells, "Only these cells (a glob; repeatable)")
      ->envname("CELLDRIFT_CELL")
      ->expected(1)
      ->take_all();
  command.add_flag("-a,--all", skew_.all, "Show what is in step too")->envname("CELLDRIFT_ALL");
  command.add_flag("--full", options_.report.full, "Cut nothing: all values and cells (also: -v)")
      ->envname("CELLDRIFT_FULL");
  add_repo_flags(command, options_, raw_);
  add_history_flag(command, options_);
  add_cell_flags(command);
  add_compare_flags(command, options_);
  add_verdict_flags(command, options_);
}

void CommandLine::add_explain() {
  CLI::App& command = add("explain",
                          "Tell all that is known of one finding of a check",
                          {"text", "json"},
                          [this](const Options& options) { return explain(options, explain_); });
  command
      .add_option("FINGERPRINT",
                  explain_.fingerprint,
                  "Of the finding, as check -o json has it, or its start")
      ->required();
  add_rules_flag(command, options_);
  add_repo_flags(command, options_, raw_);
  add_cell_flags(command);
}

void CommandLine::add_diff() {
  CLI::App& command = add("diff",
                          "Compare two cells with each other, live",
                          {"text", "unified", "json"},
                          [this](const Options& options) { return diff(options, diff_); });
  command.add_option("CELL-A", diff_.left, "The one cell")->required();
  command.add_option("CELL-B", diff_.right, "The other cell")->required();
  command
      .add_option(
          "--app", diff_.applications, "Only Applications of that name (a glob; repeatable)")
      ->envname("CELLDRIFT_APP")
      ->expected(1)
      ->take_all();
  command
      .add_option("--component",
                  diff_.components,
                  "Only Applications of that component (a glob; repeatable)")
      ->envname("CELLDRIFT_COMPONENT")
      ->expected(1)
      ->take_all();
  command
      .add_flag("--raw",
                diff_.raw,
                "Show what differs by the cells' own names, servers and labels as well")
      ->envname("CELLDRIFT_RAW");
  add_diff_flags(command, options_);
  add_repo_flags(command, options_, raw_);
  add_cell_flags(command);
  add_compare_flags(command, options_);
  add_allow_unknown(command, options_, "something of a cell could not be looked at");
}

void CommandLine::add_gate() {
  CLI::App& command = add("gate",
                          "Say whether a deploy may go ahead, and what it would do to each cell",
                          {"text", "json"},
                          [this](const Options& options) { return gate(options, gate_); });
  add_repo_flags(command, options_, raw_);
  command.get_option("--revision")
      ->description("Branch, tag or commit that is to be deployed (or --worktree)");
  command
      .add_option("--base",
                  gate_.base,
                  "Branch, tag or commit that Git wants now (default: HEAD, and each Application's "
                  "own)")
      ->envname("CELLDRIFT_BASE");
  command.add_option("--cells", gate_.cells, "Cells that get the deploy (a glob; repeatable; all)")
      ->envname("CELLDRIFT_CELLS");
  command
      .add_option("--wave",
                  gate_.wave,
                  "Wave that gets the deploy, its name or its number: the earlier ones must run it "
                  "well")
      ->envname("CELLDRIFT_WAVE");
  command
      .add_option("--policy",
                  gate_.policy,
                  "Which reasons block: block=immutable,api,drift warn=skew (repeatable)")
      ->envname("CELLDRIFT_POLICY");
  command.add_flag("--full", options_.report.full, "Cut nothing: all values and cells (also: -v)")
      ->envname("CELLDRIFT_FULL");
  add_cell_flags(command);
  add_compare_flags(command, options_);
  add_rules_flag(command, options_);
  add_dry_run_flag(command, options_);
  add_allow_unknown(command, options_, "something that the deploy hangs on is unknown");
}

void CommandLine::add_demo() {
  CLI::App& command =
      add("demo", "Check the sample fleet that is built in", {"text", "unified", "json"}, demo);
  add_report_flags(command, options_);
  add_verdict_flags(command, options_);
}

}  // namespace celldrift::cli
