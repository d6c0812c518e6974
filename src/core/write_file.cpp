#include "celldrift/core/write_file.hpp"

#include "celldrift/core/error.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace celldrift {
namespace {

namespace fs = std::filesystem;

// Closes when it goes.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  bool is_open() const { return fd_ >= 0; }
  int number() const { return fd_; }

  bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
      if (count < 0 && errno != EINTR) {
        return false;
      }
      bytes.remove_prefix(count > 0 ? std::size_t(count) : 0);
    }
    return true;
  }

  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }  // a full disk may show only here

 private:
  int fd_;
};

// True for devices, pipes, and names of what this process has open.
bool is_written_in_place(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const bool is_special = fs::exists(status) && !fs::is_regular_file(status);
  return is_special || path.starts_with("/dev/") || path.starts_with("/proc/");
}

bool write_in_place(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  return file.is_open() && file.write(bytes) && file.close();
}

// What is to be replaced: the file that links lead to, there or not.
std::string replaced_file(const std::string& path) {
  constexpr int most_links = 40;  // as the kernel has it
  fs::path file = path;
  std::error_code error;
  for (int i = 0; i < most_links && fs::is_symlink(fs::symlink_status(file, error)); ++i) {
    file = file.parent_path() / fs::read_symlink(file, error);  // alone where that is absolute
  }
  return file.string();
}

struct NewFile {
  std::string name;
  Descriptor descriptor;
};

// A new file beside `target`. (mkstemp would leave the modes to be asked of umask(), which cannot
// be done without changing it.)
NewFile new_file(const std::string& target, Readers readers) {
  static std::atomic<unsigned> count{0};
  constexpr int most_left_over = 100;  // by processes of this number that were killed
  const std::string begin = target + ".celldrift-tmp." + std::to_string(::getpid()) + ".";
  const mode_t mode = readers == Readers::owner ? 0600 : 0666;
  for (int i = 0;; ++i) {
    std::string name = begin + std::to_string(count++);
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd >= 0 || errno != EEXIST || i == most_left_over) {
      return {std::move(name), Descriptor(fd)};
    }
  }
}

bool replace(const std::string& target, std::string_view bytes, Readers readers) {
  NewFile file = new_file(target, readers);
  if (!file.descriptor.is_open()) {
    return false;
  }
  const bool done = file.descriptor.write(bytes) && file.descriptor.close() &&
                    std::rename(file.name.c_str(), target.c_str()) == 0;
  if (!done) {
    const int why = errno;
    ::unlink(file.name.c_str());
    errno = why;
  }
  return done;
}

}  // namespace

void write_file(const std::string& path, std::string_view bytes, Readers readers) {
  const bool done = is_written_in_place(path) ? write_in_place(path, bytes)
                                              : replace(replaced_file(path), bytes, readers);
  if (!done) {
    throw Error(ErrorCode::io, "cannot write " + path + ": " + std::strerror(errno));
  }
}

}  // namespace celldrift
