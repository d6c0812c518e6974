#include "git/files.hpp"

#include "git/library.hpp"
#include "git/objects.hpp"
#include "git/paths.hpp"

#include <linux/openat2.h>
#include <sys/syscall.h>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace celldrift::git {

namespace {

[[noreturn]] void throw_errno(int error, const std::string& doing) {
  throw Error(ErrorCode::io, doing + ": " + std::generic_category().message(error));
}

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

// "" is the root itself, which the kernel calls ".".
const char* c_path(const std::string& path) {
  return path.empty() ? "." : path.c_str();
}

void read_all(int number, std::string& bytes, const std::string& path) {
  std::size_t length = 0;
  while (length < bytes.size()) {
    const ssize_t got = ::read(number, bytes.data() + length, bytes.size() - length);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      throw_errno(errno, "reading " + in_quotes(path));
    }
    if (got == 0) {
      break;  // it became shorter
    }
    length += static_cast<std::size_t>(got);
  }
  bytes.resize(length);
}

}  // namespace

File::~File() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

Folder::Folder(const std::string& path)
    : path_(path), root_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (!root_) {
    throw_errno(errno, "opening " + in_quotes(path));
  }
}

File Folder::open(const std::string& path, int flags) const {
  open_how how{};
  // O_NONBLOCK: a pipe in place of a file must not make us wait for its writer.
  how.flags = static_cast<std::uint64_t>(flags | O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long number = syscall(SYS_openat2, root_.number(), c_path(path), &how, sizeof how);
  if (number >= 0 || (errno != ENOSYS && errno != EPERM)) {
    return File(static_cast<int>(number));
  }
  // Linux before 5.6 and sandboxes that do not know the call: at least the last name is no link.
  return File(openat(root_.number(), c_path(path), static_cast<int>(how.flags)));
}

std::optional<struct stat> Folder::status(const std::string& path) const {
  struct stat status{};
  if (fstatat(root_.number(), c_path(path), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return std::nullopt;
  }
  return status;
}

std::string Folder::link_target(const std::string& path) const {
  std::string target(max_path_bytes + 1, '\0');
  const ssize_t length = readlinkat(root_.number(), path.c_str(), target.data(), target.size());
  if (length < 0) {
    throw_errno(errno, "reading link " + in_quotes(path));
  }
  target.resize(static_cast<std::size_t>(length));
  return target;
}

std::vector<std::string> Folder::names(const std::string& path) const {
  File file = open(path, O_DIRECTORY);
  if (!file) {
    throw_errno(errno, "reading directory " + in_quotes(path_ + "/" + path));
  }
  const std::unique_ptr<DIR, CloseDirectory> directory(fdopendir(file.number()));
  if (!directory) {
    throw_errno(errno, "reading directory " + in_quotes(path_ + "/" + path));
  }
  file.release();  // closedir closes it
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  return names;
}

std::string Folder::read(const std::string& path) const {
  const File file = open(path, 0);
  struct stat status{};
  if (!file || fstat(file.number(), &status) != 0) {
    throw_errno(errno, "reading " + in_quotes(path));
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::io, in_quotes(path) + " is no longer a file: run again");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_file_bytes) {
    throw Error(ErrorCode::limit,
                "file " + in_quotes(path) + " has " + std::to_string(size) + " bytes, at most " +
                    std::to_string(max_file_bytes) + " are read");
  }
  std::string bytes(size, '\0');
  read_all(file.number(), bytes, path);
  return bytes;
}

}  // namespace celldrift::git
