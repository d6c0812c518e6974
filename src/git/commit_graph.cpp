#include "git/commit_graph.hpp"

#include "git/odb_objects.hpp"

#include <git2.h>

#include <algorithm>
#include <charconv>

namespace celldrift::git {
namespace {

constexpr int max_depth = 200;
constexpr std::size_t most_paths = 5'000;  // of one commit; with more, paths are looked up instead

bool is_in_odb(git_odb& odb, const std::string& id) {
  const git_oid oid = oid_of(id);
  return git_odb_exists(&odb, &oid) == 1;
}

// "committer Ada <ada@example.com> 1700000000 +0000"
std::int64_t time_in(std::string_view line) {
  const std::size_t zone = line.rfind(' ');
  const std::size_t start = zone == line.npos || zone == 0 ? zone : line.rfind(' ', zone - 1);
  std::int64_t time = 0;
  if (start != line.npos) {
    std::from_chars(line.data() + start + 1, line.data() + zone, time);
  }
  return time;
}

CommitNode parse(const std::string& id, std::string_view text) {
  CommitNode node{.id = id};
  while (!text.empty() && text.front() != '\n') {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, end);
    if (line.starts_with("tree ")) {
      node.root = line.substr(5);
    } else if (line.starts_with("parent ")) {
      node.parents.emplace_back(line.substr(7));
    } else if (line.starts_with("committer ")) {
      node.time = time_in(line);
    }
    text.remove_prefix(end + 1);
  }
  if (!is_full_id(node.root) || !std::ranges::all_of(node.parents, is_full_id)) {
    throw Error(ErrorCode::repository, "commit " + id + " is malformed: run git fsck");
  }
  node.changes.resize(node.parents.size());
  return node;
}

enum class Touched { no, yes, perhaps };

// `perhaps`: a directory above the path is new or gone, with or without it.
Touched is_among(const std::vector<std::string>& changed, const std::string& path) {
  if (path.empty()) {
    return Touched::yes;
  }
  const auto has = [&](std::string_view wanted) {
    return std::ranges::binary_search(changed, wanted);
  };
  const std::string below = path + "/";
  const auto next = std::ranges::lower_bound(changed, below);
  if (has(path) || (next != changed.end() && next->starts_with(below))) {
    return Touched::yes;
  }
  for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
    if (has(std::string_view(path).substr(0, slash))) {
      return Touched::perhaps;
    }
  }
  return Touched::no;
}

}  // namespace

CommitNode* CommitGraph::find(const std::string& id) {
  const auto [place, is_new] = nodes_.try_emplace(id);
  if (is_new && is_in_odb(trees_.odb(), id)) {
    const auto object = read_object(trees_.odb(), id, ObjectKind::commit);
    place->second = parse(id, bytes_of(*object));
  }
  return place->second ? &*place->second : nullptr;
}

void CommitGraph::collect(const std::string& before,
                          const std::string& after,
                          const std::string& prefix,
                          int depth,
                          TreeChanges& changes) {
  const auto old_tree = trees_.get(before);
  const auto new_tree = trees_.get(after);
  auto a = old_tree->entries.begin();
  auto b = new_tree->entries.begin();
  const auto note = [&](const RawEntry& entry) {
    changes.paths.push_back(prefix + std::string(entry.name));
  };
  while (a != old_tree->entries.end() || b != new_tree->entries.end()) {
    if (changes.paths.size() > most_paths || depth > max_depth) {
      changes = {.paths = {}, .are_too_many = true};
    }
    if (changes.are_too_many) {
      return;
    }
    const bool only_a =
        b == new_tree->entries.end() || (a != old_tree->entries.end() && comes_before(*a, *b));
    if (only_a) {
      note(*a++);
    } else if (a == old_tree->entries.end() || comes_before(*b, *a)) {
      note(*b++);
    } else {
      if (a->oid != b->oid && a->is_directory) {
        collect(hex_of_bytes(a->oid),
                hex_of_bytes(b->oid),
                prefix + std::string(a->name) + "/",
                depth + 1,
                changes);
      } else if (a->oid != b->oid || a->is_link != b->is_link) {
        note(*a);
      }
      ++a;
      ++b;
    }
  }
}

TreeChanges CommitGraph::changes_between(const std::string& before, const std::string& after) {
  TreeChanges changes;
  if (before != after) {
    collect(before, after, "", 0, changes);
    std::ranges::sort(changes.paths);
  }
  return changes;
}

bool CommitGraph::touches(CommitNode& commit,
                          std::size_t parent,
                          const std::vector<std::string>& paths) {
  const CommitNode& before = *find(commit.parents[parent]);
  std::optional<TreeChanges>& changes = commit.changes[parent];
  if (!changes) {
    changes = changes_between(before.root, commit.root);
  }
  if (changes->paths.empty() && !changes->are_too_many) {
    return false;
  }
  return std::ranges::any_of(paths, [&](const std::string& path) {
    const Touched touched =
        changes->are_too_many ? Touched::perhaps : is_among(changes->paths, path);
    return touched == Touched::yes ||
           (touched == Touched::perhaps && content_at(commit, path) != content_at(before, path));
  });
}

bool CommitGraph::has_any(const CommitNode& commit, const std::vector<std::string>& paths) {
  return std::ranges::any_of(
      paths, [&](const std::string& path) { return !content_at(commit, path).empty(); });
}

std::string CommitGraph::content_at(const CommitNode& commit, std::string_view path) {
  std::string oid = commit.root;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const auto tree = trees_.get(oid);
    const RawEntry* entry = tree->find(path.substr(0, slash));
    if (entry == nullptr) {
      return "";
    }
    const bool is_last = slash == path.npos;
    if (!is_last && entry->is_link) {
      return "link " + commit.root;
    }
    if (!is_last && !entry->is_directory) {
      return "";
    }
    oid = hex_of_bytes(entry->oid);
    path.remove_prefix(is_last ? path.size() : slash + 1);
  }
  return oid;
}

}  // namespace celldrift::git
