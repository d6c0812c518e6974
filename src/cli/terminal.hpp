// Where output goes: files, pipes and terminals.
#pragma once

#include "cli/options.hpp"

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace celldrift::cli {

bool stdout_is_terminal();
bool stderr_is_terminal();
// Columns to write for: the terminal's, $COLUMNS where it is set, else 100.
std::size_t text_width();
// --color, NO_COLOR, and whether standard output is a terminal.
bool use_colour(ColourMode mode);

// To standard output. A reader that went away is no error.
void write_stdout(std::string_view text);
// One line on standard error, made printable.
void say(std::string_view line);

// With --verbose: says on standard error what was done, and how long it took since the step before.
class Steps {
 public:
  explicit Steps(Verbosity verbosity) : shown_(verbosity == Verbosity::verbose) {}
  void done(const std::string& what);

 private:
  bool shown_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// One line on standard error that is rewritten as work goes on; nothing where it is not a terminal,
// or when quiet. Safe to use from several threads.
class Progress {
 public:
  Progress(Verbosity verbosity, std::string doing, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step();

 private:
  void draw();

  bool shown_;
  std::string doing_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::mutex mutex_;
};

}  // namespace celldrift::cli
