// celldrift's command line: each command with its flags, and what to run when it was named.
#pragma once

#include "cli/commands.hpp"
#include "cli/diff_command.hpp"
#include "cli/flags.hpp"
#include "cli/gate_command.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <vector>

namespace celldrift::cli {

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

}  // namespace celldrift::cli
