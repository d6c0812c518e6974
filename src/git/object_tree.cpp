#include "git/library.hpp"
#include "git/objects.hpp"
#include "git/paths.hpp"
#include "git/walk.hpp"

#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace celldrift::git {

namespace {

template <class Work>
auto in_context(std::string_view doing, std::string_view path, const Work& work) {
  try {
    return work();
  } catch (Error& error) {
    error.add_context(std::string(doing) + " " + in_quotes(path));
    throw;
  }
}

class ObjectTree : public Tree {
 public:
  ObjectTree(std::shared_ptr<const Objects> objects, std::string root, std::string commit)
      : objects_(std::move(objects)),
        root_{"", EntryKind::directory, std::move(root)},
        commit_(std::move(commit)),
        known_{{"", root_.oid}} {}

  std::vector<Entry> list(std::string_view path) const override {
    return in_context("listing", path, [&] {
      const Entry entry = get(path);
      check_kind(entry, EntryKind::directory, path);
      return *objects_->directory(entry.oid);
    });
  }

  std::optional<Entry> find(std::string_view path) const override {
    return in_context("looking for", path, [&] { return look(path); });
  }

  Blob read(std::string_view path) const override {
    return in_context("reading", path, [&] {
      const Entry entry = get(path);
      check_kind(entry, EntryKind::file, path);
      return Blob{entry.oid, objects_->content(entry.oid)};
    });
  }

  std::string commit() const override { return commit_; }

 private:
  std::optional<Entry> look(std::string_view path) const {
    const std::string normal = normalized_path(path);
    const std::string name = normal.substr(normal.rfind('/') + 1);
    auto entry = look_in_known(normal, name);
    if (!entry || entry->kind == EntryKind::symlink) {
      Walk walk(*objects_, root_);
      entry = walk.to(normal);
      if (entry && !walk.followed_link()) {
        remember(normal, *entry);
      }
    }
    if (entry) {
      entry->name = name;  // as it was asked for, whatever a link calls it
    }
    return entry;
  }

  // Those who go through a whole tree ask for one path after the other: with the directory above
  // known, each is one step instead of as many as it is deep.
  std::optional<Entry> look_in_known(const std::string& path, const std::string& name) const {
    std::string parent;
    {
      const std::shared_lock lock(mutex_);
      const auto found = known_.find(path.substr(0, path.size() - name.size()));
      if (found == known_.end()) {
        return std::nullopt;
      }
      parent = found->second;
    }
    auto entry = entry_named(*objects_->directory(parent), name);
    if (entry) {
      remember(path, *entry);
    }
    return entry;
  }

  void remember(const std::string& path, const Entry& entry) const {
    if (entry.kind == EntryKind::directory) {
      const std::unique_lock lock(mutex_);
      known_.try_emplace(path.empty() ? "" : path + "/", entry.oid);
    }
  }

  Entry get(std::string_view path) const {
    auto entry = look(path);
    if (!entry) {
      throw Error(ErrorCode::repository, "there is no " + in_quotes(path) + where());
    }
    return *std::move(entry);
  }

  void check_kind(const Entry& entry, EntryKind wanted, std::string_view path) const {
    if (entry.kind == wanted) {
      return;
    }
    if (entry.kind == EntryKind::submodule) {
      throw Error(ErrorCode::unsupported,
                  in_quotes(path) + " is a submodule, which celldrift does not enter: " +
                      "audit the submodule's repository");
    }
    throw Error(ErrorCode::repository,
                in_quotes(path) + (wanted == EntryKind::file ? " is a directory, not a file"
                                                             : " is a file, not a directory"));
  }

  std::string where() const {
    return commit_.empty() ? " among the files" : " in commit " + commit_.substr(0, 12);
  }

  std::shared_ptr<const Objects> objects_;
  Entry root_;
  std::string commit_;
  mutable std::shared_mutex mutex_;
  // Directories that no link is on the way to: "apps/a/" and their ids.
  mutable std::unordered_map<std::string, std::string> known_;
};

}  // namespace

std::shared_ptr<const Tree> tree_of(std::shared_ptr<const Objects> objects,
                                    std::string root,
                                    std::string commit) {
  return std::make_shared<ObjectTree>(std::move(objects), std::move(root), std::move(commit));
}

}  // namespace celldrift::git
