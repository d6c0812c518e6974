#include "git/paths.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/git/tree.hpp"
#include "git/library.hpp"

#include <vector>

namespace celldrift::git {

namespace {

void check_path(std::string_view path) {
  if (path.size() > max_path_bytes) {
    throw Error(
        ErrorCode::limit,
        "path " + in_quotes(path) + " is longer than " + std::to_string(max_path_bytes) + " bytes");
  }
  if (path.starts_with('/')) {
    throw Error(
        ErrorCode::repository,
        "path " + in_quotes(path) + " is absolute: write it relative to the repository's root");
  }
  if (path.find('\0') != path.npos) {
    throw Error(ErrorCode::repository, "path " + in_quotes(path) + " has a NUL byte");
  }
}

// Walks on from `names`; `whole` is what the caller wrote.
void append(std::vector<std::string>& names, std::string_view path, std::string_view whole) {
  check_path(path);
  for (const std::string_view name : split(path, '/')) {
    if (name.empty() || name == ".") {
      continue;
    }
    if (name != "..") {
      names.emplace_back(name);
      continue;
    }
    if (names.empty()) {
      throw Error(ErrorCode::repository, "path " + in_quotes(whole) + " leaves the repository");
    }
    names.pop_back();
  }
}

}  // namespace

std::string normalized_path(std::string_view path) {
  std::vector<std::string> names;
  append(names, path, path);
  return join(names, "/");
}

std::string join_path(std::string_view directory, std::string_view path) {
  std::vector<std::string> names;
  append(names, directory, directory);
  const std::string whole =
      std::string(directory) + (directory.empty() ? "" : "/") + std::string(path);
  append(names, path, whole);
  return join(names, "/");
}

}  // namespace celldrift::git
