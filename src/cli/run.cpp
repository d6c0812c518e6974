#include "celldrift/cli/run.hpp"

#include "celldrift/core/error.hpp"
#include "cli/commands.hpp"
#include "cli/diff_command.hpp"
#include "cli/flags.hpp"
#include "cli/gate_command.hpp"
#include "cli/terminal.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <functional>

namespace celldrift::cli {
namespace {

// A command as CLI11 sees it: its flags, and what to run when it was named.
struct Command {
  CLI::App* app;
  std::vector<std::string> formats;  // the first is the default
  std::function<int(const Options&)> run;
};

class CommandLine {
 public:
  CommandLine();
  int run(int argc, char** argv);

 private:
  CLI::App& add(const std::string& name,
                const std::string& text,
                std::vector<std::string> formats,
                std::function<int(const Options&)> run);
  void add_cell_flags(CLI::App& command);
  void add_check();
  void add_skew();
  void add_explain();
  void add_diff();
  void add_gate();
  void add_apps();
  void add_render();
  void add_cells();
  void add_snapshot();
  void add_rules();
  void add_demo();
  void check_command(int argc, char** argv) const;

  CLI::App app_{"Finds version skew and configuration drift between the cells of a GitOps fleet",
                "celldrift"};
  std::vector<Command> commands_;
  Options options_;
  RawFlags raw_;
  SkewFlags skew_;
  ExplainOptions explain_;
  DiffOptions diff_;
  GateOptions gate_;
  AppsOptions apps_;
  RenderOptions render_;
  SnapshotOptions snapshot_;
  RulesOptions rules_;
};

CLI::App& CommandLine::add(const std::string& name,
                           const std::string& text,
                           std::vector<std::string> formats,
                           std::function<int(const Options&)> run) {
  CLI::App& command = *app_.add_subcommand(name, text);
  add_common_flags(command, raw_);
  if (!formats.empty()) {
    std::string list;
    for (const std::string& format : formats) {
      list += (list.empty() ? "" : "|") + format;
    }
    add_output_flags(command, raw_, list);
  }
  commands_.push_back({&command, std::move(formats), std::move(run)});
  return command;
}

// What the cells are, what ApplicationSets make for them, and how they are read.
void CommandLine::add_cell_flags(CLI::App& command) {
  add_fleet_flags(command, options_);
  add_input_flags(command, options_);
  add_reading_flags(command, options_, raw_);
  add_max_age_flag(command, options_);
}

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

void CommandLine::add_apps() {
  CLI::App& command = add("apps",
                          "Show the Applications that there are, or that a change makes different",
                          {"table", "text", "yaml", "json", "name"},
                          [this](const Options& options) { return apps(options, apps_); });
  command
      .add_option("--applicationset",
                  apps_.application_set,
                  "File whose ApplicationSets and Applications alone count; - is standard input")
      ->envname("CELLDRIFT_APPLICATIONSET");
  command
      .add_option("--against",
                  apps_.against,
                  "Branch, tag or commit: show what is added, removed and changed since")
      ->envname("CELLDRIFT_AGAINST");
  command.add_flag("--exit-code", apps_.exit_code, "With --against: exit 1 when something differs")
      ->envname("CELLDRIFT_EXIT_CODE");
  command
      .add_flag("--params", apps_.params, "Show the parameters that each was made with, and whence")
      ->envname("CELLDRIFT_PARAMS");
  command.add_option("--cell", apps_.cells, "Only what goes to these cells (a glob; repeatable)")
      ->envname("CELLDRIFT_CELL")
      ->expected(1)
      ->take_all();
  command
      .add_option(
          "-l,--selector", apps_.selector, "Only Applications with these labels: app=web,!old")
      ->envname("CELLDRIFT_SELECTOR");
  command
      .add_flag("--show-secrets",
                apps_.show_secrets,
                "Show passwords that Applications state as Git has them")
      ->envname("CELLDRIFT_SHOW_SECRETS");
  command
      .add_option("--record",
                  options_.inputs.record,
                  "File to write every answer to, for --generator-inputs")
      ->envname("CELLDRIFT_RECORD");
  add_repo_flags(command, options_, raw_);
  add_fleet_flags(command, options_);
  add_input_flags(command, options_);
  command
      .add_option(
          "--timeout", raw_.timeout, "Longest time for one answer, such as 30s (default: 60s)")
      ->envname("CELLDRIFT_TIMEOUT");
  add_allow_unknown(command, options_, "something could not be expanded");
}

void CommandLine::add_render() {
  CLI::App& command = add("render",
                          "Show the objects that Applications, or one local source, render to",
                          {"yaml", "json", "name"},
                          [this](const Options& options) { return render(options, render_); });
  command.add_option("PATH", render_.path, "Directory of one source (default: every Application)");
  command
      .add_option("--type",
                  render_.type,
                  "What PATH is: directory, helm, kustomize (default: as Argo CD detects)")
      ->envname("CELLDRIFT_TYPE");
  command
      .add_flag("--show-secrets",
                render_.show_secrets,
                "Print the values of Secrets, and what is sensitive, as Git has them")
      ->envname("CELLDRIFT_SHOW_SECRETS");
  add_repo_flags(command, options_, raw_);
  add_fleet_flags(command, options_);
  add_input_flags(command, options_);
  add_allow_unknown(command, options_, "something could not be rendered");
}

void CommandLine::add_cells() {
  CLI::App& command = add(
      "cells", "Show the cells, and whether they answer", {"table", "yaml", "json", "name"}, cells);
  add_fleet_flags(command, options_);
  command
      .add_option("--config",
                  options_.fleet.config,
                  "Configuration file (default: celldrift.yaml, found upwards)")
      ->envname("CELLDRIFT_CONFIG");
  add_reading_flags(command, options_, raw_);
  add_max_age_flag(command, options_);
  add_allow_unknown(command, options_, "a cell does not answer");
}

void CommandLine::add_snapshot() {
  CLI::App& command = add("snapshot",
                          "Record one cell in a file that stands for it",
                          {},
                          [this](const Options& options) { return snapshot(options, snapshot_); });
  command
      .add_option(
          "--context", snapshot_.context, "Kube context of the cell (default: the current one)")
      ->envname("CELLDRIFT_CONTEXT");
  command.add_option("--name", snapshot_.name, "Name of the cell (default: the context's)")
      ->envname("CELLDRIFT_NAME");
  command
      .add_option("-o,--output",
                  snapshot_.output,
                  "File, folder, http(s):// or s3:// URL to write to; - is standard output")
      ->required();
  command
      .add_option("--kubeconfig",
                  options_.fleet.kubeconfigs,
                  "Kubeconfig file (repeatable; default: $KUBECONFIG or ~/.kube/config)")
      ->envname("CELLDRIFT_KUBECONFIG")
      ->expected(1)
      ->take_all();
  add_reading_flags(command, options_, raw_);
  add_compare_flags(command, options_);
  add_allow_unknown(command, options_, "a kind could not be read");
}

void CommandLine::add_rules() {
  CLI::App& command = add("rules",
                          "List the rules in force; explain, test and check rules",
                          {"text", "json", "yaml", "name"},
                          [this](const Options& options) { return rules(options, rules_); });
  add_rules_flag(command, options_);
  command
      .add_option("--config",
                  options_.fleet.config,
                  "Configuration file (default: celldrift.yaml, found upwards)")
      ->envname("CELLDRIFT_CONFIG");
  add_verdict_flags(command, options_);
  add_rules_commands(command, rules_);
}

void CommandLine::add_demo() {
  CLI::App& command =
      add("demo", "Check the sample fleet that is built in", {"text", "unified", "json"}, demo);
  add_report_flags(command, options_);
  add_verdict_flags(command, options_);
}

CommandLine::CommandLine() {
  app_.set_version_flag("--version", "celldrift " CELLDRIFT_VERSION);
  app_.set_help_flag("-h,--help", "Say what there is");
  app_.require_subcommand(1);
  app_.footer(
      "Exit codes: 0 nothing found, 1 findings, 2 usage or configuration error, 3 incomplete.\n"
      "Every flag is also an environment variable: --fail-on is CELLDRIFT_FAIL_ON.");
  add_check();
  add_skew();
  add_explain();
  add_diff();
  add_gate();
  add_apps();
  add_render();
  add_cells();
  add_snapshot();
  add_rules();
  add_demo();
  add("version", "Say which version this is", {}, [](const Options&) { return version(); });
}

// CLI11 would only say that a command is missing.
void CommandLine::check_command(int argc, char** argv) const {
  if (argc < 2 || argv[1][0] == '-') {
    return;
  }
  std::string names;
  for (const Command& command : commands_) {
    if (command.app->get_name() == argv[1]) {
      return;
    }
    names += (names.empty() ? "" : ", ") + command.app->get_name();
  }
  throw Error(ErrorCode::usage,
              "there is no command " + std::string(argv[1]) + "; there are " + names);
}

int CommandLine::run(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    return version();  // CLI11 would throw, and the first throw in a static binary takes ten
                       // milliseconds
  }
  check_command(argc, argv);
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // --help and --version
      return app_.exit(error);
    }
    say(std::string(error.what()) + " (see celldrift --help)");
    return exit_usage;
  }
  for (const Command& command : commands_) {
    if (command.app->parsed()) {
      options_.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
      finish_flags(raw_, command.formats, options_);
      return command.run(options_);
    }
  }
  return exit_usage;
}

}  // namespace

int run(int argc, char** argv) {
  std::signal(
      SIGPIPE,
      SIG_IGN);  // a closed pipe or connection is an error where it is written to, not our end
  try {
    return CommandLine().run(argc, argv);
  } catch (const Error& error) {
    say(error.what());
  } catch (const std::exception& error) {
    say(std::string("internal error: ") + error.what());
  }
  return exit_usage;
}

int version() {
  write_stdout("celldrift " CELLDRIFT_VERSION "\n");
  return exit_clean;
}

}  // namespace celldrift::cli
