// The commands that show what Git has, what cells there are, and which rules are in force, with
// their flags.
#include "cli/command_line.hpp"

namespace celldrift::cli {

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
  add_config_flag(command, options_);
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
  add_kubeconfig_flag(command, options_);
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
  add_config_flag(command, options_);
  add_verdict_flags(command, options_);
  add_rules_commands(command, rules_);
}

}  // namespace celldrift::cli
