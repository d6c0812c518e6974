#include "git/work_tree.hpp"

#include "celldrift/core/parallel.hpp"
#include "git/objects.hpp"
#include "git/scan.hpp"

#include <ranges>
#include <unordered_map>

namespace celldrift::git {

namespace {

class WorkTreeObjects : public Objects {
 public:
  explicit WorkTreeObjects(Folder folder) : folder_(std::move(folder)) {}

  std::shared_ptr<const Directory> directory(const std::string& oid) const override {
    throw_failure(oid);
    return directories_.at(oid);
  }

  std::shared_ptr<const std::string> content(const std::string& oid) const override {
    throw_failure(oid);
    if (const auto link = links_.find(oid); link != links_.end()) {
      return link->second;
    }
    const std::string& path = files_.at(oid);
    std::string text = folder_.read(path);
    if (blob_id(text) != oid) {
      throw Error(ErrorCode::io,
                  "file " + in_quotes(path) + " changed while it was audited: run again");
    }
    return std::make_shared<const std::string>(std::move(text));
  }

  // Takes over the result of a scan; returns the id of the root.
  std::string add_all(std::vector<Found> found);

 private:
  void throw_failure(const std::string& oid) const {
    if (const auto failure = failures_.find(oid); failure != failures_.end()) {
      throw Error(failure->second.code(), failure->second.message());
    }
  }
  void hash(std::vector<Found>& found) const;
  void add(Found& found, Directory entries);

  Folder folder_;
  std::unordered_map<std::string, std::shared_ptr<const Directory>> directories_;
  std::unordered_map<std::string, std::shared_ptr<const std::string>> links_;
  std::unordered_map<std::string, std::string> files_;  // to the path of one file with that content
  std::unordered_map<std::string, Error> failures_;
};

// Git's own ids, so that a file is the same here and in a commit.
void WorkTreeObjects::hash(std::vector<Found>& found) const {
  for_each_index(found.size(), 0, [&](std::size_t i) {
    if (found[i].kind != EntryKind::file) {
      return;
    }
    try {
      found[i].oid = blob_id(folder_.read(found[i].path));
    } catch (const Error& error) {
      found[i].failure = error;
    }
  });
}

void WorkTreeObjects::add(Found& found, Directory entries) {
  if (found.failure) {
    // Nothing can be said about its content: an id that no other content has.
    found.oid = blob_id("unreadable: " + found.path);
    failures_.try_emplace(found.oid, *found.failure);
  } else if (found.kind == EntryKind::directory) {
    const std::string raw = write_directory(std::move(entries));
    found.oid = tree_id(raw);
    directories_.try_emplace(found.oid, std::make_shared<const Directory>(parse_directory(raw)));
  } else if (found.kind == EntryKind::symlink) {
    links_.try_emplace(found.oid, std::make_shared<const std::string>(std::move(found.target)));
  } else if (found.kind == EntryKind::file) {
    files_.try_emplace(found.oid, found.path);
  }
}

// Backwards, so that a directory is complete before its id is computed. Directories without files
// are left out, as git does.
std::string WorkTreeObjects::add_all(std::vector<Found> found) {
  hash(found);
  std::vector<Directory> entries(found.size());
  for (std::size_t i = found.size(); i-- > 0;) {
    Found& one = found[i];
    const bool is_empty = one.kind == EntryKind::directory && entries[i].empty() && !one.failure;
    if (is_empty && i > 0) {
      continue;
    }
    add(one, std::move(entries[i]));
    if (i > 0) {
      const std::string name = one.path.substr(one.path.rfind('/') + 1);
      entries[one.parent].push_back({name, one.kind, one.oid});
    }
  }
  return found.front().oid;
}

}  // namespace

std::shared_ptr<const Tree> read_work_tree(const Tracked& tracked, const std::string& directory) {
  Folder folder(directory);
  auto found = scan(folder, tracked);
  auto objects = std::make_shared<WorkTreeObjects>(std::move(folder));
  std::string root = objects->add_all(std::move(found));
  return tree_of(std::move(objects), std::move(root), "");
}

std::shared_ptr<const Tree> directory_tree(const std::filesystem::path& path) {
  return read_work_tree(Tracked(), path.string());
}

}  // namespace celldrift::git
