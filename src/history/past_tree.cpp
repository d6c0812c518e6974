#include "history/past_tree.hpp"

#include <algorithm>

namespace celldrift::history {
namespace {

constexpr int max_depth = 64;

class PastTree : public git::Tree {
 public:
  explicit PastTree(std::shared_ptr<const git::Tree> tree) : tree_(std::move(tree)) {}

  std::vector<git::Entry> list(std::string_view path) const override { return tree_->list(path); }
  std::optional<git::Entry> find(std::string_view path) const override { return tree_->find(path); }
  git::Blob read(std::string_view path) const override { return tree_->read(path); }
  std::string commit() const override { return "(history)"; }

 private:
  std::shared_ptr<const git::Tree> tree_;
};

bool has_links_below(const git::Tree& tree, const std::string& path, int depth) {
  const auto entries = tree.list(path);
  return depth > max_depth || std::ranges::any_of(entries, [&](const git::Entry& entry) {
           return entry.kind == git::EntryKind::symlink ||
                  (entry.kind == git::EntryKind::directory &&
                   has_links_below(
                       tree, path.empty() ? entry.name : path + "/" + entry.name, depth + 1));
         });
}

}  // namespace

std::shared_ptr<const git::Tree> past_tree(std::shared_ptr<const git::Tree> tree) {
  return std::make_shared<const PastTree>(std::move(tree));
}

bool has_links(const git::Tree& tree, const std::string& path) {
  const auto entry = tree.find(path);
  return entry && entry->kind == git::EntryKind::directory && has_links_below(tree, path, 0);
}

}  // namespace celldrift::history
