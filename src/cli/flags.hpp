// Flags that several commands share, each with its environment variable.
#pragma once

#include "cli/options.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace celldrift::cli {

struct RulesOptions;

// Flags whose texts are read after parsing (see finish_flags).
struct RawFlags {
  std::vector<std::string> outputs;
  std::vector<std::string> map;
  std::string colour = "auto";
  std::string timeout = "60s";
  bool quiet = false;
  bool verbose = false;
};

void add_repo_flags(CLI::App& command, Options& options, RawFlags& raw);
void add_config_flag(CLI::App& command, Options& options);
void add_kubeconfig_flag(CLI::App& command, Options& options);
void add_max_age_flag(CLI::App& command, Options& options);
void add_history_flag(CLI::App& command, Options& options);
void add_fleet_flags(CLI::App& command, Options& options);
void add_input_flags(CLI::App& command, Options& options);
// `when`: what is unknown then.
void add_allow_unknown(CLI::App& command, Options& options, const std::string& when);
void add_reading_flags(CLI::App& command, Options& options, RawFlags& raw);
void add_compare_flags(CLI::App& command, Options& options);
void add_rules_flag(CLI::App& command, Options& options);
// The commands below `rules`.
void add_rules_commands(CLI::App& command, RulesOptions& what);
void add_dry_run_flag(CLI::App& command, Options& options);
void add_verdict_flags(CLI::App& command, Options& options);
// `formats`: the first is the default.
void add_output_flags(CLI::App& command, RawFlags& raw, const std::string& formats);
void add_report_flags(CLI::App& command, Options& options);
// Of these, what differences are shown by.
void add_diff_flags(CLI::App& command, Options& options);
void add_common_flags(CLI::App& command, RawFlags& raw);

// What --fail-on comes to: warning when nothing is given; nothing for "never". Error(usage) for
// anything else.
std::optional<audit::Severity> fail_on_severity(const std::string& text);

// "90s", "1500ms", "2m", "1h", "7d". Error(usage) that names the flag and the value.
std::chrono::milliseconds parse_duration(std::string_view flag, std::string_view text);

// Turns the texts into options. Error(usage) that names the flag, its value and what is allowed.
void finish_flags(const RawFlags& raw, const std::vector<std::string>& formats, Options& options);

}  // namespace celldrift::cli
