// The command line.
#pragma once

namespace celldrift::cli {

// What celldrift ends with. (DESIGN: command line)
enum ExitCode : int {
  exit_clean = 0,     // everything asked for was looked at, nothing at or above --fail-on was found
  exit_findings = 1,  // findings at or above --fail-on, whether or not the rest was complete
  exit_usage = 2,     // usage, configuration or repository error: nothing was audited
  exit_incomplete = 3,  // nothing found, but something could not be looked at
};

// Runs one command: reads the arguments, writes results to standard output and everything else to
// standard error. Never throws.
int run(int argc, char** argv);

}  // namespace celldrift::cli
