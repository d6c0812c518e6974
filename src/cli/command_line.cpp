#include "cli/command_line.hpp"

#include "celldrift/cli/run.hpp"
#include "celldrift/core/error.hpp"
#include "cli/terminal.hpp"

namespace celldrift::cli {

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

}  // namespace celldrift::cli
