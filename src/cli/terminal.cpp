#include "cli/terminal.hpp"

#include "celldrift/core/error.hpp"

#include <sys/ioctl.h>

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace celldrift::cli {
namespace {

bool is_dumb() {
  const char* term = std::getenv("TERM");
  return term != nullptr && std::string_view(term) == "dumb";
}

// Writes all of it; false when the other end is gone or full.
bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return false;
    }
    text.remove_prefix(std::size_t(written));
  }
  return true;
}

}  // namespace

bool stdout_is_terminal() {
  return ::isatty(STDOUT_FILENO) == 1;
}
bool stderr_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

std::size_t text_width() {
  constexpr std::size_t narrowest = 40;
  std::size_t width = 0;
  if (const char* columns = std::getenv("COLUMNS")) {
    std::from_chars(columns, columns + std::strlen(columns), width);
  }
  winsize size{};
  if (width == 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    width = size.ws_col;
  }
  return width == 0 ? 100 : std::max(width, narrowest);
}

bool use_colour(ColourMode mode) {
  if (mode != ColourMode::automatic) {
    return mode == ColourMode::always;
  }
  const char* no_colour = std::getenv("NO_COLOR");
  const bool refused = no_colour != nullptr && *no_colour != '\0';
  return !refused && !is_dumb() && stdout_is_terminal();
}

void write_stdout(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text) && errno != EPIPE) {
    throw Error(ErrorCode::io,
                std::string("cannot write to standard output: ") + std::strerror(errno));
  }
}

void say(std::string_view line) {
  write_all(STDERR_FILENO, "celldrift: " + printable(line) + "\n");
}

void Steps::done(const std::string& what) {
  const auto now = std::chrono::steady_clock::now();
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(now - last_);
  last_ = now;
  if (shown_) {
    say(what + " (" + std::to_string(took.count()) + " ms)");
  }
}

Progress::Progress(Verbosity verbosity, std::string doing, std::size_t total)
    : shown_(verbosity != Verbosity::quiet && total > 0 && stderr_is_terminal() && !is_dumb()),
      doing_(std::move(doing)),
      total_(total) {
  draw();
}

Progress::~Progress() {
  if (shown_) {
    write_all(STDERR_FILENO, "\r\x1b[K");
  }
}

void Progress::step() {
  const std::lock_guard lock(mutex_);
  ++done_;
  draw();
}

void Progress::draw() {
  if (shown_) {
    write_all(STDERR_FILENO,
              "\r\x1b[K" + doing_ + " " + std::to_string(done_) + "/" + std::to_string(total_));
  }
}

}  // namespace celldrift::cli
