// What a checkout of a repository has below a directory, as Go's os.DirFS shows it to doublestar:
// no path with "..", "." or empty names is there. Links are followed within the repository.
#pragma once

#include "celldrift/git/tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

std::string joined(std::string_view directory, std::string_view name);

class CheckoutDirectory {
 public:
  // `base` is "" for the root.
  CheckoutDirectory(const git::Tree& tree, std::string base)
      : tree_(tree), base_(std::move(base)) {}

  // From the repository's root.
  std::string path_of(std::string_view path) const;
  bool exists(std::string_view path) const;
  bool is_directory(std::string_view path) const;
  // Nothing where there is no directory. The root has ".git", which looks empty.
  std::vector<git::Entry> list(std::string_view path) const;

 private:
  std::optional<git::EntryKind> find(std::string_view path) const;

  const git::Tree& tree_;
  std::string base_;
};

}  // namespace celldrift::fleet
