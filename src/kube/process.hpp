// A command run to its end: no standard input, limits on time and output.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::kube {

struct Command {
  std::string program;  // looked up in PATH when it has no slash
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;  // on top of the environment
};

struct CommandLimits {
  std::chrono::milliseconds time{60'000};
  std::size_t output_bytes = 1u << 20;  // of each of stdout and stderr
};

struct CommandResult {
  int status = 0;      // exit status; 128 + signal when it was killed
  std::string output;  // its stdout
  std::string errors;  // its stderr
};

// Runs it in a process group of its own, which is killed when a limit is passed or `cancelled`
// becomes true. Throws Error(io) when it cannot be started or is cancelled, Error(limit) past a
// limit.
CommandResult run(const Command& command,
                  const CommandLimits& limits,
                  const std::atomic<bool>& cancelled);

}  // namespace celldrift::kube
