#include "git/raw_trees.hpp"

#include "git/odb_objects.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::git {
namespace {

constexpr std::size_t oid_bytes = 20;
constexpr std::size_t most_young_bytes = std::size_t{8} << 20;

[[noreturn]] void refuse(const std::string& oid) {
  throw Error(ErrorCode::repository, "directory " + oid + " is malformed: run git fsck");
}

// "<mode> <name>\0<20 bytes>"
std::vector<RawEntry> parse(std::string_view raw, const std::string& oid) {
  std::vector<RawEntry> entries;
  while (!raw.empty()) {
    const std::size_t space = raw.find(' ');
    const std::size_t end = raw.find('\0');
    if (space == raw.npos || end == raw.npos || space > end || raw.size() - end <= oid_bytes) {
      refuse(oid);
    }
    const std::string_view mode = raw.substr(0, space);
    entries.push_back({.name = raw.substr(space + 1, end - space - 1),
                       .oid = raw.substr(end + 1, oid_bytes),
                       .is_directory = mode == "40000" || mode == "040000",
                       .is_link = mode == "120000"});
    raw.remove_prefix(end + 1 + oid_bytes);
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

std::string hex_of_bytes(std::string_view oid) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * oid.size());
  for (const char c : oid) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4U];
    hex += digits[byte & 15U];
  }
  return hex;
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
