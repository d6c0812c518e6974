#include "git/library.hpp"
#include "git/objects.hpp"
#include "git/paths.hpp"

#include <unordered_map>

namespace celldrift::git {

namespace {

constexpr std::string_view link_mark = "-> ";

class MemoryObjects : public Objects {
 public:
  std::shared_ptr<const Directory> directory(const std::string& oid) const override {
    return directories_.at(oid);
  }
  std::shared_ptr<const std::string> content(const std::string& oid) const override {
    return contents_.at(oid);
  }

  std::string add(std::string content) {
    std::string oid = blob_id(content);
    contents_.try_emplace(oid, std::make_shared<const std::string>(std::move(content)));
    return oid;
  }
  std::string add(Directory entries) {
    const std::string raw = write_directory(std::move(entries));
    std::string oid = tree_id(raw);
    directories_.try_emplace(oid, std::make_shared<const Directory>(parse_directory(raw)));
    return oid;
  }

 private:
  std::unordered_map<std::string, std::shared_ptr<const Directory>> directories_;
  std::unordered_map<std::string, std::shared_ptr<const std::string>> contents_;
};

Entry leaf(MemoryObjects& objects, const std::string& name, const std::string& content) {
  if (content.starts_with(link_mark)) {
    return {name, EntryKind::symlink, objects.add(content.substr(link_mark.size()))};
  }
  return {name, EntryKind::file, objects.add(content)};
}

using Files = std::map<std::string, std::string>;

// Adds the directory of all files whose path begins with `prefix` ("" or "a/b/"), from `file` on.
std::string add_directory(MemoryObjects& objects,
                          const std::string& prefix,
                          Files::const_iterator& file,
                          Files::const_iterator end) {
  Directory entries;
  while (file != end && file->first.starts_with(prefix)) {
    const std::size_t slash = file->first.find('/', prefix.size());
    const std::string name = file->first.substr(prefix.size(), slash - prefix.size());
    check_entry_name(name);
    if (slash == std::string::npos) {
      entries.push_back(leaf(objects, name, file->second));
      ++file;
    } else {
      const std::string inner = file->first.substr(0, slash + 1);
      entries.push_back({name, EntryKind::directory, add_directory(objects, inner, file, end)});
    }
  }
  return objects.add(std::move(entries));
}

}  // namespace

std::shared_ptr<const Tree> memory_tree(std::map<std::string, std::string> files,
                                        std::string commit) {
  start_library();
  Files normal;
  for (auto& [path, content] : files) {
    normal.insert_or_assign(normalized_path(path), std::move(content));
  }
  auto objects = std::make_shared<MemoryObjects>();
  auto file = normal.cbegin();
  std::string root = add_directory(*objects, "", file, normal.cend());
  return tree_of(std::move(objects), std::move(root), std::move(commit));
}

}  // namespace celldrift::git
