#include "cli/manifests.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

std::shared_ptr<const git::Repository> open_repository(const std::string& repo, const std::string& revision) {
  if (git::is_url(repo)) {
    return git::fetch(repo, {.revision = revision});
  }
  return git::open(repo.empty() ? "." : repo);
}

}  // namespace

Manifests::Manifests(const RepoOptions& options) : options_(options) {
  if (options.worktree && !options.revision.empty()) {
    throw Error(ErrorCode::usage, "--worktree audits the files as they lie, so --revision cannot be given with it");
  }
  repository_ = open_repository(options.repo, options.revision);
  commit_ = repository_->resolve(options.revision);
  tree_ = options.worktree ? repository_->work_tree() : repository_->tree(commit_);
}

audit::ManifestsInfo Manifests::info() const {
  return {.repo = repository_->name(),
          .revision = options_.revision.empty() ? "HEAD" : options_.revision,
          .commit = commit_,
          .worktree = options_.worktree};
}

// By its remotes. A repo without any has no address to know it by: then every repository that is not mapped is
// taken for it, as when an ApplicationSet is tried out before it is pushed.
bool Manifests::is_audited(const std::string& url) const {
  const std::vector<std::string> remotes = repository_->remotes();
  const auto names_it = [&](const std::string& remote) {
    return git::normalized_url(remote) == git::normalized_url(url);
  };
  return remotes.empty() || std::ranges::any_of(remotes, names_it);
}

std::shared_ptr<const git::Repository> Manifests::mapped(const std::string& url) {
  for (const auto& [from, path] : options_.map) {
    if (git::normalized_url(from) == git::normalized_url(url)) {
      return open_repository(path, "");
    }
  }
  return nullptr;
}

std::shared_ptr<const git::Tree> Manifests::audited_tree(const std::string& revision) {
  const bool is_head = revision.empty() || revision == "HEAD";
  if (options_.worktree || !options_.revision.empty() || is_head) {
    return tree_;
  }
  return repository_->tree(repository_->resolve(revision));
}

std::shared_ptr<const git::Tree> Manifests::tree_of(const fleet::ApplicationSource& source) {
  const std::lock_guard lock(mutex_);
  const std::string key = git::normalized_url(source.repo_url) + '\0' + source.target_revision;
  const auto known = trees_.find(key);
  if (known != trees_.end()) {
    return known->second;
  }
  std::shared_ptr<const git::Tree> tree;
  if (const auto repository = mapped(source.repo_url)) {
    tree = repository->tree(repository->resolve(source.target_revision));
  } else if (is_audited(source.repo_url)) {
    tree = audited_tree(source.target_revision);
  } else {
    throw Error(ErrorCode::repository,
                "the repository " + git::without_credentials(source.repo_url) +
                    " is not the audited one; give a local copy with --map " +
                    git::without_credentials(source.repo_url) + "=PATH",
                source.spec.mark());
  }
  return trees_.emplace(key, std::move(tree)).first->second;
}

}  // namespace celldrift::cli
