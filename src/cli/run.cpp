#include "celldrift/cli/run.hpp"

#include "celldrift/core/error.hpp"
#include "cli/command_line.hpp"
#include "cli/terminal.hpp"

#include <csignal>

namespace celldrift::cli {

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
