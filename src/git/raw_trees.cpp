#include "git/raw_trees.hpp"

#include "git/odb_objects.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::git {
namespace {

constexpr std::size_t most_young_bytes = std::size_t{8} << 20;

[[noreturn]] void refuse(const std::string& oid) {
  throw Error(ErrorCode::repository, "directory " + oid + " is malformed: run git fsck");
}

std::vector<RawEntry> parse(std::string_view raw, const std::string& oid) {
  std::vector<RawEntry> entries;
  while (!raw.empty()) {
    const auto stored = take_stored_entry(raw);
    if (!stored) {
      refuse(oid);
    }
    entries.push_back({.name = stored->name,
                       .oid = stored->oid,
                       .is_directory = stored->mode == "40000" || stored->mode == "040000",
                       .is_link = stored->mode == "120000"});
  }
  return entries;
}

// The name's byte at a place, with what follows it in git's order.
int byte_at(const RawEntry& entry, std::size_t i) {
  if (i < entry.name.size()) {
    return static_cast<unsigned char>(entry.name[i]);
  }
  return i == entry.name.size() && entry.is_directory ? '/' : -1;
}

}  // namespace

bool comes_before(const RawEntry& a, const RawEntry& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  if (const int order = a.name.compare(0, common, b.name, 0, common); order != 0) {
    return order < 0;
  }
  const int next_of_a = byte_at(a, common);
  const int next_of_b = byte_at(b, common);
  return next_of_a != next_of_b ? next_of_a < next_of_b : a.name.size() < b.name.size();
}

const RawEntry* RawTree::find(std::string_view name) const {
  const auto found = std::ranges::find(entries, name, &RawEntry::name);
  return found == entries.end() ? nullptr : &*found;
}

RawTrees::RawTrees(git_repository& repository) : odb_(open_odb(repository)) {}

std::shared_ptr<const RawTree> RawTrees::get(const std::string& oid) {
  if (const auto found = young_.find(oid); found != young_.end()) {
    return found->second;
  }
  std::shared_ptr<const RawTree> tree;
  if (const auto found = old_.find(oid); found != old_.end()) {
    tree = found->second;
  } else {
    auto read = std::make_shared<RawTree>();
    read->object = read_object(*odb_, oid, ObjectKind::directory);
    read->entries = parse(bytes_of(*read->object), oid);
    tree = std::move(read);
  }
  young_bytes_ += bytes_of(*tree->object).size() * 2;  // the entries too
  if (young_bytes_ > most_young_bytes) {
    old_ = std::exchange(young_, {});
    young_bytes_ = 0;
  }
  young_.emplace(oid, tree);
  return tree;
}

}  // namespace celldrift::git
