#include "cli/flags.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

namespace celldrift::cli {
namespace {

[[noreturn]] void refuse(std::string_view flag, std::string_view value, std::string_view allowed) {
  throw Error(ErrorCode::usage,
              std::string(flag) + " " + std::string(value) + ": " + std::string(allowed));
}

ColourMode parse_colour(std::string_view text) {
  if (text == "auto") {
    return ColourMode::automatic;
  }
  if (text != "always" && text != "never") {
    refuse("--color", text, "must be auto, always or never");
  }
  return text == "always" ? ColourMode::always : ColourMode::never;
}

OutputTarget parse_output(const std::string& text, const std::vector<std::string>& formats) {
  const std::size_t equals = text.find('=');
  OutputTarget target{.format = text.substr(0, equals)};
  if (equals != std::string::npos) {
    target.path = text.substr(equals + 1);
    if (target.path.empty()) {
      refuse("-o", text, "a path must follow the =");
    }
    target.path = target.path == "-" ? "" : target.path;
  }
  if (std::ranges::find(formats, target.format) == formats.end()) {
    refuse("-o",
           target.format,
           "must be one of " + join(formats, ", ") + ", with =PATH to write a file");
  }
  return target;
}

}  // namespace

std::chrono::milliseconds parse_duration(std::string_view flag, std::string_view text) {
  struct Unit {
    std::string_view name;
    long long milliseconds;
  };
  static constexpr Unit units[] = {
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  long long count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view rest(end, std::size_t(text.data() + text.size() - end));
  const auto unit = std::ranges::find(units, rest, &Unit::name);
  if (error != std::errc{} || unit == std::end(units) || count <= 0 || count > 1'000'000) {
    refuse(flag, text, "give a length of time such as 30s, 1500ms or 2m");
  }
  return std::chrono::milliseconds(count * unit->milliseconds);
}

void add_repo_flags(CLI::App& command, Options& options, RawFlags& raw) {
  RepoOptions& repo = options.repo;
  command
      .add_option(
          "--repo", repo.repo, "The manifests repo: a path or a URL (default: the one around here)")
      ->envname("CELLDRIFT_REPO");
  command
      .add_option(
          "--revision",
          repo.revision,
          "Branch, tag or commit to audit against (default: HEAD, and each Application's own)")
      ->envname("CELLDRIFT_REVISION");
  command
      .add_flag("--worktree",
                repo.worktree,
                "Take the repo's files as they lie, uncommitted ones included")
      ->envname("CELLDRIFT_WORKTREE");
  command
      .add_option(
          "--map", raw.map, "URL=PATH: where a repository that Applications name lies (repeatable)")
      ->envname("CELLDRIFT_MAP")
      ->expected(1)
      ->take_all();
  add_config_flag(command, options);
}

void add_config_flag(CLI::App& command, Options& options) {
  command
      .add_option("--config",
                  options.fleet.config,
                  "Configuration file (default: celldrift.yaml, found upwards)")
      ->envname("CELLDRIFT_CONFIG");
}

void add_kubeconfig_flag(CLI::App& command, Options& options) {
  command
      .add_option("--kubeconfig",
                  options.fleet.kubeconfigs,
                  "Kubeconfig file (repeatable; default: $KUBECONFIG or ~/.kube/config)")
      ->envname("CELLDRIFT_KUBECONFIG")
      ->expected(1)
      ->take_all();
}

void add_max_age_flag(CLI::App& command, Options& options) {
  command
      .add_option("--max-age",
                  options.fleet.max_age,
                  "How old a snapshot may be, such as 6h; the cell of an older one is unknown")
      ->envname("CELLDRIFT_MAX_AGE");
}

void add_history_flag(CLI::App& command, Options& options) {
  command
      .add_option("--history",
                  options.history,
                  "Commits to look at, of those that changed an Application, for the one that a "
                  "cell runs (default: 200; 0: none)")
      ->envname("CELLDRIFT_HISTORY")
      ->check(CLI::Range(0, 10'000));
}

void add_fleet_flags(CLI::App& command, Options& options) {
  add_kubeconfig_flag(command, options);
  FleetOptions& fleet = options.fleet;
  const auto add = [&](const std::string& name,
                       std::vector<std::string>& values,
                       const std::string& text,
                       const std::string& variable) {
    command.add_option(name, values, text)->envname(variable)->expected(1)->take_all();
  };
  add("--context",
      fleet.contexts,
      "Kube context that is a cell; a glob may name several (repeatable)",
      "CELLDRIFT_CONTEXT");
  add("--snapshot",
      fleet.snapshots,
      "Snapshot that stands for a cell: a file, a folder of them, an http(s):// or s3:// URL "
      "(repeatable)",
      "CELLDRIFT_SNAPSHOT");
  add("--cluster-secrets",
      fleet.cluster_secrets,
      "YAML file with Argo CD cluster Secrets (repeatable)",
      "CELLDRIFT_CLUSTER_SECRETS");
  command
      .add_option(
          "--hub-context",
          fleet.hub_context,
          "Kube context of the cluster that Argo CD runs in; where nothing names cells, its "
          "cluster Secrets do")
      ->envname("CELLDRIFT_HUB_CONTEXT");
  command
      .add_option("--argocd-namespace",
                  fleet.argocd_namespace,
                  "Argo CD's namespace in that cluster (default: argocd)")
      ->envname("CELLDRIFT_ARGOCD_NAMESPACE");
  command
      .add_flag("--allow-exec",
                fleet.allow_exec,
                "Run the commands, and use the AWS credentials, that cluster Secrets in files name "
                "for signing in")
      ->envname("CELLDRIFT_ALLOW_EXEC");
}

void add_input_flags(CLI::App& command, Options& options) {
  InputOptions& inputs = options.inputs;
  command
      .add_option("--generator-inputs",
                  inputs.file,
                  "File with recorded answers of services, and objects of Argo CD's namespace")
      ->envname("CELLDRIFT_GENERATOR_INPUTS");
  command
      .add_flag("--offline",
                inputs.offline,
                "Ask nobody over a network: what is not recorded or local is a problem")
      ->envname("CELLDRIFT_OFFLINE");
  command
      .add_flag("--new-git-file-globbing",
                inputs.new_git_file_globbing,
                "Read `files` of git generators as Argo CD does with its flag of this name")
      ->envname("CELLDRIFT_NEW_GIT_FILE_GLOBBING");
}

void add_allow_unknown(CLI::App& command, Options& options, const std::string& when) {
  command.add_flag("--allow-unknown", options.allow_unknown, "Exit 0, not 3, when " + when)
      ->envname("CELLDRIFT_ALLOW_UNKNOWN");
}

void add_reading_flags(CLI::App& command, Options& options, RawFlags& raw) {
  command
      .add_option("--timeout", raw.timeout, "Longest time for one cell, such as 30s (default: 60s)")
      ->envname("CELLDRIFT_TIMEOUT");
  command.add_option("--concurrency", options.concurrency, "Cells read at once (default: 16)")
      ->envname("CELLDRIFT_CONCURRENCY")
      ->check(CLI::Range(1, 256));
  command
      .add_option(
          "--secret-key-file",
          options.secret_key_file,
          "File with the key that Secret values are hashed with (default: a new key for each run)")
      ->envname("CELLDRIFT_SECRET_KEY_FILE");
}

void add_compare_flags(CLI::App& command, Options& options) {
  command
      .add_option(
          "--argocd-cm",
          options.fleet.argocd_cm,
          "File with Argo CD's ConfigMap argocd-cm (default: the hub's, where one is named)")
      ->envname("CELLDRIFT_ARGOCD_CM");
}

void add_rules_flag(CLI::App& command, Options& options) {
  command
      .add_option("--rules",
                  options.rules,
                  "File with rules, which win over those of celldrift.yaml (repeatable)")
      ->envname("CELLDRIFT_RULES")
      ->expected(1)
      ->take_all();
}

void add_dry_run_flag(CLI::App& command, Options& options) {
  command
      .add_flag_callback(
          "--server-dry-run",
          [&options] { options.server_dry_run = ServerDryRun::yes; },
          "Have the API servers say what applying each object would change, as a second opinion; "
          "takes permission to patch, and changes nothing")
      ->envname("CELLDRIFT_SERVER_DRY_RUN");
}

void add_verdict_flags(CLI::App& command, Options& options) {
  command
      .add_option(
          "--fail-on",
          options.fail_on,
          "Least severity that makes the exit code 1: note, warning (default), error or never")
      ->envname("CELLDRIFT_FAIL_ON");
  add_allow_unknown(command, options, "something could not be looked at");
}

void add_output_flags(CLI::App& command, RawFlags& raw, const std::string& formats) {
  command.add_option("-o,--output", raw.outputs, "FORMAT[=PATH]: " + formats + " (repeatable)")
      ->envname("CELLDRIFT_OUTPUT")
      ->expected(1)
      ->take_all();
}

void add_report_flags(CLI::App& command, Options& options) {
  add_diff_flags(command, options);
  command
      .add_flag("--show-ignored",
                options.report.show_ignored,
                "List what ignoreDifferences, waivers and rules hide, with what does")
      ->envname("CELLDRIFT_SHOW_IGNORED");
}

void add_diff_flags(CLI::App& command, Options& options) {
  ReportOptions& report = options.report;
  command.add_flag("--full", report.full, "Cut nothing: all values, objects and cells (also: -v)")
      ->envname("CELLDRIFT_FULL");
  command
      .add_option(
          "-U,--unified", report.context, "Equal lines around changed ones (default: 3, in text 1)")
      ->envname("CELLDRIFT_UNIFIED")
      ->check(CLI::Range(0, 1'000'000));
}

void add_common_flags(CLI::App& command, RawFlags& raw) {
  command.add_option("--color", raw.colour, "auto (default), always or never")
      ->envname("CELLDRIFT_COLOR");
  command.add_flag("-q,--quiet", raw.quiet, "The result in one line, no progress")
      ->envname("CELLDRIFT_QUIET");
  command.add_flag("-v,--verbose", raw.verbose, "Say on standard error what is done")
      ->envname("CELLDRIFT_VERBOSE");
}

std::optional<audit::Severity> fail_on_severity(const std::string& text) {
  if (text == "never") {
    return std::nullopt;
  }
  for (const auto severity :
       {audit::Severity::note, audit::Severity::warning, audit::Severity::error}) {
    if (text == audit::describe(severity)) {
      return severity;
    }
  }
  if (!text.empty()) {
    refuse("--fail-on", text, "must be note, warning, error or never");
  }
  return audit::Severity::warning;
}

void finish_flags(const RawFlags& raw, const std::vector<std::string>& formats, Options& options) {
  options.timeout = parse_duration("--timeout", raw.timeout);
  options.repo.offline = options.inputs.offline;
  options.repo.timeout = std::chrono::ceil<std::chrono::seconds>(options.timeout);
  if (!options.fleet.max_age.empty()) {
    parse_duration("--max-age", options.fleet.max_age);  // refused now
  }
  fail_on_severity(options.fail_on);  // refused now, before anything is done
  options.colour = parse_colour(raw.colour);
  options.verbosity = raw.quiet     ? Verbosity::quiet
                      : raw.verbose ? Verbosity::verbose
                                    : Verbosity::normal;
  for (const std::string& mapping : raw.map) {
    const std::size_t equals = mapping.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == mapping.size()) {
      refuse("--map", mapping, "must be URL=PATH");
    }
    options.repo.map[mapping.substr(0, equals)] = mapping.substr(equals + 1);
  }
  for (const std::string& output : raw.outputs) {
    options.outputs.push_back(parse_output(output, formats));
  }
  if (options.outputs.empty() && !formats.empty()) {
    options.outputs.push_back({.format = formats.front()});
  }
}

}  // namespace celldrift::cli
