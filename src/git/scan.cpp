#include "git/scan.hpp"

#include "celldrift/core/text.hpp"
#include "git/paths.hpp"

namespace celldrift::git {

namespace {

constexpr std::size_t max_entries = 2'000'000;

class Scan {
 public:
  Scan(const Folder& folder, const Tracked& tracked) : folder_(folder), tracked_(tracked) {}

  std::vector<Found> run() {
    found_.emplace_back().kind = EntryKind::directory;
    for (std::size_t i = 0; i < found_.size(); ++i) {  // grows while it is walked
      if (found_[i].kind == EntryKind::directory) {
        enter(i);
      }
    }
    return std::move(found_);
  }

 private:
  void enter(std::size_t directory) {
    const std::string path = found_[directory].path;
    try {
      for (const std::string& name : folder_.names(path)) {
        if (lower(name) != ".git") {
          add(path.empty() ? name : path + "/" + name, directory);
        }
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::io) {
        throw;
      }
      found_[directory].failure = error;
    }
  }

  void add(const std::string& path, std::size_t parent) {
    check_size(path);
    const auto status = folder_.status(path);
    if (!status) {
      return;  // gone since its name was read
    }
    const bool is_directory = S_ISDIR(status->st_mode);
    const bool is_link = S_ISLNK(status->st_mode);
    if (!is_directory && !is_link && !S_ISREG(status->st_mode)) {
      return;  // git knows no pipes, sockets or devices
    }
    if (tracked_.leaves_out(path, is_directory)) {
      return;
    }
    Found found;
    found.path = path;
    found.parent = parent;
    if (is_directory) {
      fill_directory(found);
    } else if (is_link) {
      found.kind = EntryKind::symlink;
      found.target = folder_.link_target(path);
      found.oid = blob_id(found.target);
    }
    found_.push_back(std::move(found));
  }

  // Another repository in this one, a submodule or not, is no part of it; so it is for git status.
  void fill_directory(Found& found) const {
    found.kind = EntryKind::directory;
    if (tracked_.is_submodule(found.path) || folder_.status(found.path + "/.git")) {
      found.kind = EntryKind::submodule;
      found.oid = tracked_.submodule_id(found.path);
    }
  }

  void check_size(const std::string& path) const {
    if (path.size() > max_path_bytes - 1) {
      throw Error(ErrorCode::limit, "path " + in_quotes(path) + " in the work tree is too long");
    }
    if (found_.size() >= max_entries) {
      throw Error(ErrorCode::limit,
                  "the work tree has more than " + std::to_string(max_entries) +
                      " files: ignore what is not meant for git in .gitignore");
    }
  }

  const Folder& folder_;
  const Tracked& tracked_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<Found> scan(const Folder& folder, const Tracked& tracked) {
  return Scan(folder, tracked).run();
}

}  // namespace celldrift::git
