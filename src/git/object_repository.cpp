#include "git/object_repository.hpp"

#include "celldrift/core/text.hpp"
#include "git/blame_walk.hpp"
#include "git/commits.hpp"
#include "git/path_history.hpp"

#include <git2.h>

namespace celldrift::git {
namespace {

constexpr std::size_t most_answers = 64;

std::string key_of(const HistoryQuestion& question, const HistoryLimits& limits) {
  std::string key = std::to_string(limits.changes) + ' ' + std::to_string(limits.commits);
  for (const auto* texts : {&question.from, &question.without, &question.paths}) {
    key += '\n';
    for (const std::string& text : *texts) {
      key += text + '\0';
    }
  }
  return key;
}

}  // namespace

ObjectRepository::ObjectRepository(Handle<git_repository> repository, std::string name)
    : repository_(std::move(repository)),
      name_(std::move(name)),
      objects_(std::make_shared<OdbObjects>(*repository_)) {}

std::shared_ptr<const Tree> ObjectRepository::tree(std::string_view commit) const {
  const std::string id = lower(commit);
  try {
    return tree_of(objects_, objects_->root_of(id), id);
  } catch (Error& error) {
    error.add_context("opening commit " + in_quotes(commit) + " of " + name_);
    throw;
  }
}

CommitInfo ObjectRepository::commit(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  try {
    return info_of(*find_commit(repository(), id));
  } catch (Error& error) {
    error.add_context(name_);
    throw;
  }
}

Blamed ObjectRepository::blame(std::string_view commit,
                               std::span<const BlameFile> files,
                               const BlameLimits& limits) const {
  const std::lock_guard lock(mutex_);
  try {
    return blame_in(repository(), commit, files, limits);
  } catch (Error& error) {
    error.add_context(name_);
    throw;
  }
}

CommitGraph& ObjectRepository::graph() const {
  if (graph_ == nullptr) {
    graph_ = std::make_unique<CommitGraph>(repository());
  }
  return *graph_;
}

PathHistory ObjectRepository::history(const HistoryQuestion& question,
                                      const HistoryLimits& limits) const {
  const std::lock_guard lock(history_mutex_);
  const std::string key = key_of(question, limits);
  if (const auto known = answers_.find(key); known != answers_.end()) {
    return known->second;
  }
  try {
    if (answers_.size() >= most_answers) {
      answers_.clear();
    }
    return answers_[key] = history_in(graph(), question, limits);
  } catch (Error& error) {
    error.add_context(name_);
    throw;
  }
}

std::vector<std::string> ObjectRepository::contents(const std::string& commit,
                                                    const std::vector<std::string>& paths) const {
  const std::lock_guard lock(history_mutex_);
  const CommitNode* node = graph().find(commit);
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    found.push_back(node == nullptr ? "" : graph().content_at(*node, path));
  }
  return found;
}

std::int64_t ObjectRepository::commit_time(const std::string& commit) const {
  const std::lock_guard lock(history_mutex_);
  const CommitNode* node = graph().find(commit);
  return node == nullptr ? 0 : node->time;
}

}  // namespace celldrift::git
