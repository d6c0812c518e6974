#include "observe/temporary_file.hpp"

#include "celldrift/core/error.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace celldrift::observe {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw Error(ErrorCode::io, "cannot write " + path + ": " + std::strerror(error));
}

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& beside) : target_(beside), name_(beside + ".XXXXXX") {
    fd_ = mkstemp(name_.data());
    if (fd_ < 0) {
      fail(target_, errno);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
    if (!kept_) {
      ::unlink(name_.c_str());
    }
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
      if (count < 0 && errno != EINTR) {
        fail(target_, errno);
      }
      bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
  }

  void move_into_place() {
    const int closed = ::close(std::exchange(fd_, -1));  // a full disk may show only here
    if (closed != 0 || std::rename(name_.c_str(), target_.c_str()) != 0) {
      fail(target_, errno);
    }
    kept_ = true;
  }

 private:
  std::string target_;
  std::string name_;
  int fd_ = -1;
  bool kept_ = false;
};

}  // namespace

void replace_file(const std::string& path, std::string_view bytes) {
  TemporaryFile file(path);
  file.write(bytes);
  file.move_into_place();
}

}  // namespace celldrift::observe
