#include "kube/process.hpp"

#include "celldrift/core/error.hpp"

#include <sys/wait.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

extern char** environ;

namespace celldrift::kube {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int tick_ms = 20;

[[noreturn]] void cannot_start(const Command& command, int error) {
  throw Error(ErrorCode::io, "cannot run \"" + command.program + "\": " + std::strerror(error));
}

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) {
      ::close(std::exchange(fd_, -1));
    }
  }

 private:
  int fd_;
};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Pipe make_pipe(const Command& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    cannot_start(command, errno);
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// The environment with the command's own variables in it, as "NAME=value" texts.
std::vector<std::string> environment_of(const Command& command) {
  std::map<std::string, std::string> variables;
  for (char** each = environ; each && *each; ++each) {
    const std::string text = *each;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) {
      variables[text.substr(0, equals)] = text.substr(equals + 1);
    }
  }
  for (const auto& [name, value] : command.env) {
    variables[name] = value;
  }
  std::vector<std::string> texts;
  for (const auto& [name, value] : variables) {
    texts.push_back(name + "=" + value);
  }
  return texts;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

// posix_spawn's two settings objects.
struct SpawnSettings {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  SpawnSettings(const Pipe& out, const Pipe& err) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.write_end.get(), 1);
    posix_spawn_file_actions_adddup2(&actions, err.write_end.get(), 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);  // the network thread blocks SIGPIPE
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

// A started child; one that is not waited for to its end is killed with all its group.
class Child {
 public:
  Child(const Command& command, const Pipe& out, const Pipe& err) {
    std::vector<std::string> words = {command.program};
    words.insert(words.end(), command.args.begin(), command.args.end());
    std::vector<std::string> variables = environment_of(command);
    const SpawnSettings settings(out, err);
    const int error = posix_spawnp(&pid_,
                                   command.program.c_str(),
                                   &settings.actions,
                                   &settings.attributes,
                                   pointers_to(words).data(),
                                   pointers_to(variables).data());
    if (error != 0) {
      cannot_start(command, error);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (!ended_) {
      kill(-pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
  }

  bool has_ended() {
    ended_ = ended_ || waitpid(pid_, &status_, WNOHANG) == pid_;
    return ended_;
  }
  int status() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_); }

 private:
  pid_t pid_ = -1;
  int status_ = 0;
  bool ended_ = false;
};

// Takes what the pipe has now; closes it at its end.
void drain(Descriptor& pipe, std::string& text, const Command& command, std::size_t limit) {
  std::array<char, 16384> buffer;
  while (pipe.get() >= 0) {
    const ssize_t count = ::read(pipe.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      return;
    }
    if (count <= 0) {
      pipe.close();
      return;
    }
    text.append(buffer.data(), static_cast<std::size_t>(count));
    if (text.size() > limit) {
      throw Error(
          ErrorCode::limit,
          "\"" + command.program + "\" wrote more than " + std::to_string(limit) + " bytes");
    }
  }
}

void wait_for_output(const Descriptor& out, const Descriptor& err) {
  // poll() ignores negative descriptors: with both closed this waits one tick for the exit.
  pollfd ends[2] = {{out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}};
  poll(ends, 2, tick_ms);
}

void check_limits(const Command& command,
                  const CommandLimits& limits,
                  Clock::time_point start,
                  bool cancelled) {
  if (cancelled) {
    throw Error(ErrorCode::io, "\"" + command.program + "\" was stopped because the run is ending");
  }
  if (Clock::now() - start > limits.time) {
    throw Error(ErrorCode::limit,
                "\"" + command.program + "\" did not end within " +
                    std::to_string(limits.time.count() / 1000) + " s");
  }
}

}  // namespace

CommandResult run(const Command& command,
                  const CommandLimits& limits,
                  const std::atomic<bool>& cancelled) {
  Pipe out = make_pipe(command);
  Pipe err = make_pipe(command);
  const auto start = Clock::now();
  Child child(command, out, err);
  out.write_end.close();
  err.write_end.close();

  CommandResult result;
  // What it leaves running may hold the pipes open, so its own exit is the end.
  for (bool ended = false; !ended;) {
    wait_for_output(out.read_end, err.read_end);
    ended = child.has_ended();
    drain(out.read_end, result.output, command, limits.output_bytes);
    drain(err.read_end, result.errors, command, limits.output_bytes);
    if (!ended) {
      check_limits(command, limits, start, cancelled);
    }
  }
  result.status = child.status();
  return result;
}

}  // namespace celldrift::kube
