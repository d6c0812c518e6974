#include "fleet/patterns/repository_files.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_entries = 2'000'000;
constexpr int max_depth = 400;

class Lister {
 public:
  explicit Lister(const git::Tree& tree) : tree_(tree) {}

  Listing list() {
    add("", 0, false);
    for (auto* paths :
         {&listing_.files, &listing_.directories, &listing_.hidden_directories, &listing_.links}) {
      std::ranges::sort(*paths);
    }
    return std::move(listing_);
  }

 private:
  void add(const std::string& directory, int depth, bool hidden) {
    if (depth > max_depth) {
      throw Error(ErrorCode::limit, directory + " is nested deeper than 400 directories");
    }
    for (const git::Entry& entry : tree_.list(directory)) {
      if (++entries_ > max_entries) {
        throw Error(ErrorCode::limit, "the repository has more than 2000000 files");
      }
      const std::string path = directory.empty() ? entry.name : directory + "/" + entry.name;
      const bool entry_hidden = hidden || entry.name.starts_with('.');
      if (entry.kind != git::EntryKind::directory) {
        listing_.files.push_back(path);
      }
      if (entry.kind == git::EntryKind::symlink || entry.kind == git::EntryKind::submodule) {
        listing_.links.push_back(path);
      }
      // a submodule's own files are not known; its directory is there all the same
      if (entry.kind == git::EntryKind::directory || entry.kind == git::EntryKind::submodule) {
        (entry_hidden ? listing_.hidden_directories : listing_.directories).push_back(path);
      }
      if (entry.kind == git::EntryKind::directory) {
        add(path, depth + 1, entry_hidden);
      }
    }
  }

  const git::Tree& tree_;
  Listing listing_;
  std::size_t entries_ = 0;
};

std::vector<Value> objects_of(const Value& content, const Mark& mark) {
  if (content.is_map() || content.is_null()) {
    return {content.is_null() ? Value::map({}).with_mark(mark) : content};
  }
  std::vector<Value> objects;
  for (const Value& item : content.items()) {
    if (!item.is_map() && !item.is_null()) {
      throw Error(ErrorCode::parse,
                  "unable to parse file: it must hold a map or a list of maps, not a list with a " +
                      std::string(describe(item.kind())),
                  item.mark().known() ? item.mark() : mark);
    }
    objects.push_back(item.is_null() ? Value::map({}).with_mark(mark) : item);
  }
  if (!content.is_list()) {
    throw Error(ErrorCode::parse,
                "unable to parse file: it must hold a map or a list of maps, not a " +
                    std::string(describe(content.kind())),
                mark);
  }
  return objects;
}

}  // namespace

RepositoryFiles::State RepositoryFiles::open(const std::string& url, const std::string& revision) {
  const auto known = states_.find({url, revision});
  if (known != states_.end()) {
    return known->second;
  }
  if (repositories_ == nullptr) {
    throw Error(ErrorCode::unsupported, "there is no way to the repository " + url);
  }
  State state{repositories_->tree(url, revision), nullptr};
  const auto [listing, is_new] = listings_.try_emplace(state.tree.get());
  if (is_new) {
    listing->second = Lister(*state.tree).list();
  }
  state.listing = &listing->second;
  return states_.emplace(std::pair(url, revision), std::move(state)).first->second;
}

const std::vector<Value>& RepositoryFiles::objects(const git::Tree& tree, const std::string& path) {
  const git::Blob blob = tree.read(path);
  const auto known = parsed_.find({path, blob.oid});
  if (known != parsed_.end() && !blob.oid.empty()) {
    return known->second;
  }
  const Mark mark{intern_source({path, blob.oid, tree.commit()}), 0, 0};
  Value content;
  try {
    content = yaml::parse(*blob.text, {.source = mark.source}).value;
  } catch (Error& error) {
    throw Error(error.code(), "unable to parse file: " + error.message(), error.mark());
  }
  return parsed_[{path, blob.oid}] = objects_of(content, mark);
}

}  // namespace celldrift::fleet
