// Files below one directory, opened so that no symbolic link leads out of it, even one that
// somebody puts there at the same moment.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::git {

// An open file that closes itself.
class File {
 public:
  File() = default;
  explicit File(int number) : number_(number) {}
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~File();

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

class Folder {
 public:
  // Error(io) when it cannot be opened.
  explicit Folder(const std::string& path);

  // Opens for reading without following any link; errno says why it is empty.
  File open(const std::string& path, int flags) const;
  // What is there, links not followed; nothing when it is gone.
  std::optional<struct stat> status(const std::string& path) const;
  std::string link_target(const std::string& path) const;
  // Names without "." and "..". Error(io) when it cannot be read.
  std::vector<std::string> names(const std::string& path) const;
  // A regular file's bytes. Error(io), Error(limit).
  std::string read(const std::string& path) const;

 private:
  std::string path_;
  File root_;
};

}  // namespace celldrift::git
