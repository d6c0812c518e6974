#include "git/library.hpp"
#include "git/objects.hpp"
#include "git/paths.hpp"
#include "git/walk.hpp"

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
        commit_(std::move(commit)) {}

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
    auto entry = Walk(*objects_, root_).to(normal);
    if (entry) {
      // Under the name that was asked for, whatever a link calls it.
      entry->name = normal.substr(normal.rfind('/') + 1);
    }
    return entry;
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
};

}  // namespace

std::shared_ptr<const Tree> tree_of(std::shared_ptr<const Objects> objects,
                                    std::string root,
                                    std::string commit) {
  return std::make_shared<ObjectTree>(std::move(objects), std::move(root), std::move(commit));
}

}  // namespace celldrift::git
