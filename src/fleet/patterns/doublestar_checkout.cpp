#include "fleet/patterns/doublestar_checkout.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

// A checkout has it, a tree does not: "*" matches it, and reading it then fails.
bool is_git_folder(std::string_view path) {
  return path == ".git";
}

}  // namespace

std::string joined(std::string_view directory, std::string_view name) {
  return directory.empty() || directory == "." ? std::string(name)
                                               : std::string(directory) + "/" + std::string(name);
}

std::string CheckoutDirectory::path_of(std::string_view path) const {
  return path == "." ? (base_.empty() ? "." : base_) : joined(base_, path);
}

bool CheckoutDirectory::exists(std::string_view path) const {
  path.remove_suffix(path.size() > 1 && path.ends_with('/') ? 1 : 0);
  return find(path).has_value();
}

bool CheckoutDirectory::is_directory(std::string_view path) const {
  const auto kind = find(path);
  return kind == git::EntryKind::directory || kind == git::EntryKind::submodule;
}

std::vector<git::Entry> CheckoutDirectory::list(std::string_view path) const {
  if (!is_directory(path)) {
    return {};
  }
  const std::string whole = path_of(path);
  if (is_git_folder(whole)) {
    return {};
  }
  std::vector<git::Entry> entries = tree_.list(whole);
  if (whole == "." && std::ranges::find(entries, ".git", &git::Entry::name) == entries.end()) {
    entries.push_back({.name = ".git", .kind = git::EntryKind::directory, .oid = ""});
    std::ranges::sort(entries, {}, &git::Entry::name);
  }
  return entries;
}

std::optional<git::EntryKind> CheckoutDirectory::find(std::string_view path) const {
  const auto parts = split(path, '/');
  if (path != "." && std::ranges::any_of(parts, [](std::string_view part) {
        return part.empty() || part == "." || part == "..";
      })) {
    return std::nullopt;
  }
  const std::string whole = path_of(path);
  if (whole == "." || is_git_folder(whole)) {
    return git::EntryKind::directory;
  }
  try {
    const auto entry = tree_.find(whole);
    return entry ? std::optional(entry->kind) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // links that lead nowhere or out of the repository
  }
}

}  // namespace celldrift::fleet
