#include "git/blame_walk.hpp"

#include "celldrift/core/short_commit.hpp"
#include "git/commits.hpp"
#include "git/file_history.hpp"
#include "git/line_map.hpp"

#include <git2.h>

#include <algorithm>
#include <queue>
#include <unordered_map>
#include <vector>

namespace celldrift::git {
namespace {

// A line that still looks for its commit.
struct Open {
  std::uint32_t here = 0;  // its number in the commit that is looked at
  LineChange* answer = nullptr;
};
using Lines = std::vector<Open>;
using OpenFiles = std::map<std::string, Lines>;  // by path in the commit that is looked at

Handle<git_blob> find_blob(git_repository& repository, const std::string& id) {
  const git_oid oid = oid_of(id);
  git_blob* blob = nullptr;
  if (const int status = git_blob_lookup(&blob, &repository, &oid); status < 0) {
    throw_last(status, "reading file " + id);
  }
  return Handle<git_blob>(blob);
}

void settle(const Lines& lines, const LineChange& change) {
  for (const Open& line : lines) {
    *line.answer = change;
  }
}

void give_up(const OpenFiles& files, const std::string& reason) {
  for (const auto& [path, lines] : files) {
    settle(lines, {.reason = reason});
  }
}

std::vector<std::string> names_of(const OpenFiles& files) {
  std::vector<std::string> names;
  for (const auto& [path, lines] : files) {
    names.push_back(path);
  }
  return names;
}

class Walk {
 public:
  Walk(git_repository& repository, const BlameLimits& limits)
      : repository_(repository), limits_(limits) {}

  // Where the walk begins. Settles what no history can tell.
  void start(std::string_view commit, std::span<const BlameFile> files, Blamed& answers);
  void run();

 private:
  void start_file(const git_commit& commit, const BlameFile& file, Blamed& answers);
  void look_at(const std::string& id, OpenFiles files);
  // Hands on to a parent what it has too; what it has not stays in `files`.
  void pass_unchanged(git_commit& commit, git_commit& parent, OpenFiles& files);
  void pass_lines(git_commit& commit, git_commit& parent, OpenFiles& files);
  void pass_lines_of(const std::string& path,
                     const std::string& path_before,
                     const git_tree& before,
                     const git_tree& after,
                     git_commit& parent,
                     Lines& lines);
  void hand_on(git_commit& parent, const std::string& path, Lines lines);
  std::string too_large(const git_blob& blob);

  git_repository& repository_;
  const BlameLimits& limits_;
  std::size_t commits_ = 0;
  std::size_t diffed_bytes_ = 0;
  // Newest first, as a commit's lines come from its children.
  std::priority_queue<std::pair<std::int64_t, std::string>> queue_;
  std::unordered_map<std::string, OpenFiles> waiting_;
};

std::string Walk::too_large(const git_blob& blob) {
  const auto size = std::size_t(git_blob_rawsize(&blob));
  diffed_bytes_ += size;
  if (size > limits_.file_bytes) {
    return "the file has more than " + std::to_string(limits_.file_bytes) + " bytes";
  }
  return diffed_bytes_ > limits_.diffed_bytes ? "too much was changed to look through it all" : "";
}

void Walk::hand_on(git_commit& parent, const std::string& path, Lines lines) {
  const std::string id = hex_of(*git_commit_id(&parent));
  const auto [place, is_new] = waiting_.try_emplace(id);
  if (is_new) {
    queue_.emplace(git_commit_time(&parent), id);
  }
  Lines& all = place->second[path];
  all.insert(all.end(), lines.begin(), lines.end());
}

void Walk::start_file(const git_commit& commit, const BlameFile& file, Blamed& answers) {
  Lines lines;
  for (const std::uint32_t line : file.lines) {
    lines.push_back({line, &answers[{file.path, line}]});
  }
  const auto blob = file_at(*tree_of(commit), file.path);
  if (!blob && file.text) {
    return settle(lines, {.uncommitted = true});
  }
  if (!blob || (!file.blob.empty() && !file.text && *blob != file.blob)) {
    return settle(lines, {.reason = "the commit has no such file at this path"});
  }
  if (file.text) {
    const auto committed = find_blob(repository_, *blob);
    if (const std::string reason = too_large(*committed); !reason.empty()) {
      return settle(lines, {.reason = reason});
    }
    const LineMap map = LineMap::between(*committed, *file.text);
    std::erase_if(lines, [&](Open& line) {
      const auto before = map.before(line.here);
      line.here = before.value_or(0);
      line.answer->uncommitted = !before;
      return !before;
    });
  }
  if (!lines.empty()) {
    waiting_[hex_of(*git_commit_id(&commit))][file.path] = std::move(lines);
  }
}

void Walk::start(std::string_view id, std::span<const BlameFile> files, Blamed& answers) {
  const auto commit = find_commit(repository_, id);
  for (const BlameFile& file : files) {
    start_file(*commit, file, answers);
  }
  for (const auto& [waiting, open] : waiting_) {
    queue_.emplace(git_commit_time(commit.get()), waiting);
  }
}

void Walk::run() {
  while (!queue_.empty()) {
    const std::string id = queue_.top().second;
    queue_.pop();
    OpenFiles files = std::move(waiting_.extract(id).mapped());
    if (++commits_ > limits_.commits) {
      give_up(files,
              "it was not changed in the last " + std::to_string(limits_.commits) + " commits");
      continue;
    }
    OpenFiles kept = files;  // to answer for them if something cannot be read
    try {
      look_at(id, std::move(files));
    } catch (const Error& error) {
      give_up(kept, error.message());
    }
  }
}

// As git blame: first whole files that a parent has alike, then lines.
void Walk::look_at(const std::string& id, OpenFiles files) {
  const auto commit = find_commit(repository_, id);
  if (is_cut_off(*commit)) {
    return give_up(files, "only a part of the history is here, since " + short_commit(id));
  }
  std::vector<Handle<git_commit>> parents;
  for (unsigned i = 0; i < git_commit_parentcount(commit.get()); ++i) {
    git_commit* parent = nullptr;
    if (const int status = git_commit_parent(&parent, commit.get(), i); status < 0) {
      throw_last(status, "reading a parent of commit " + id);
    }
    parents.emplace_back(parent);
    pass_unchanged(*commit, *parents.back(), files);
    if (files.empty()) {
      return;
    }
  }
  for (const auto& parent : parents) {
    pass_lines(*commit, *parent, files);
  }
  const LineChange here{.commit = info_of(*commit)};
  for (const auto& [path, lines] : files) {
    settle(lines, here);
  }
}

void Walk::pass_unchanged(git_commit& commit, git_commit& parent, OpenFiles& files) {
  const std::vector<std::string> changed =
      changed_paths(*tree_of(parent), *tree_of(commit), names_of(files));
  std::erase_if(files, [&](auto& file) {
    const bool same = !std::ranges::binary_search(changed, file.first);
    if (same) {
      hand_on(parent, file.first, std::move(file.second));
    }
    return same;
  });
}

void Walk::pass_lines(git_commit& commit, git_commit& parent, OpenFiles& files) {
  const auto before = tree_of(parent);
  const auto after = tree_of(commit);
  for (auto& [path, lines] : files) {
    std::optional<std::string> path_before = path;
    if (!file_at(*before, path)) {
      path_before = renamed_from(*before, *after, path);
    }
    if (path_before && !lines.empty()) {
      pass_lines_of(path, *path_before, *before, *after, parent, lines);
    }
  }
  std::erase_if(files, [](const auto& file) { return file.second.empty(); });
}

void Walk::pass_lines_of(const std::string& path,
                         const std::string& path_before,
                         const git_tree& before,
                         const git_tree& after,
                         git_commit& parent,
                         Lines& lines) {
  const auto old_blob = find_blob(repository_, file_at(before, path_before).value());
  const auto new_blob = find_blob(repository_, file_at(after, path).value());
  for (const git_blob* blob : {old_blob.get(), new_blob.get()}) {
    if (const std::string reason = too_large(*blob); !reason.empty()) {
      settle(lines, {.reason = reason});
      lines.clear();
      return;
    }
  }
  const LineMap map = LineMap::between(*old_blob, *new_blob);
  Lines passed;
  std::erase_if(lines, [&](const Open& line) {
    const auto there = map.before(line.here);
    if (there) {
      passed.push_back({*there, line.answer});
    }
    return there.has_value();
  });
  if (!passed.empty()) {
    hand_on(parent, path_before, std::move(passed));
  }
}

}  // namespace

Blamed blame_in(git_repository& repository,
                std::string_view commit,
                std::span<const BlameFile> files,
                const BlameLimits& limits) {
  Blamed answers;
  Walk walk(repository, limits);
  walk.start(commit, files, answers);
  walk.run();
  return answers;
}

}  // namespace celldrift::git
