#include "render/source_path.hpp"

#include <algorithm>

namespace celldrift::render {
namespace {

// Argo CD's walk does not follow a symbolic link at its very start, and so finds nothing there.
bool is_link(const git::Tree& tree, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string parent = slash == std::string::npos ? "" : path.substr(0, slash);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return std::ranges::any_of(tree.list(parent), [&](const git::Entry& entry) {
    return entry.name == name && entry.kind == git::EntryKind::symlink;
  });
}

}  // namespace

std::string source_path(const git::Tree& tree, std::string_view path) {
  const std::string shown(path);
  if (path.starts_with('/')) {
    throw Error(ErrorCode::repository, shown + ": app path is absolute");
  }
  const std::string place = git::join_path("", path);
  if (place.empty() || place == ".") {
    return "";
  }
  const std::optional<git::Entry> entry = tree.find(place);
  if (!entry) {
    throw Error(ErrorCode::repository, shown + ": app path does not exist");
  }
  if (entry->kind != git::EntryKind::directory) {
    throw Error(ErrorCode::repository, shown + ": app path is not a directory");
  }
  if (is_link(tree, place)) {
    throw Error(ErrorCode::unsupported,
                shown + ": app path is a symbolic link, behind which Argo CD finds no manifests");
  }
  return place;
}

}  // namespace celldrift::render
