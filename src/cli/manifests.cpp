#include "cli/manifests.hpp"

#include <algorithm>
#include <set>

namespace celldrift::cli {
namespace {

std::shared_ptr<const git::Repository> open_repository(const std::string& repo,
                                                       const std::string& revision,
                                                       std::chrono::seconds timeout) {
  if (git::is_url(repo)) {
    return git::fetch(repo, {.revision = revision, .timeout = timeout});
  }
  return git::open(repo.empty() ? "." : repo);
}

}  // namespace

Manifests::Manifests(const RepoOptions& options) : options_(options) {
  if (options.worktree && !options.revision.empty()) {
    throw Error(ErrorCode::usage,
                "--worktree audits the files as they lie, so --revision cannot be given with it");
  }
  repository_ = open_repository(options.repo, options.revision, options.timeout);
  commit_ = repository_->resolve(options.revision);
  tree_ = options.worktree ? repository_->work_tree() : repository_->tree(commit_);
}

audit::ManifestsInfo Manifests::info() const {
  return {.repo = repository_->name(),
          .revision = options_.revision.empty() ? "HEAD" : options_.revision,
          .commit = commit_,
          .worktree = options_.worktree};
}

bool Manifests::is_mapped(const std::string& url) const {
  return std::ranges::any_of(options_.map, [&](const auto& mapping) {
    return git::normalized_url(mapping.first) == git::normalized_url(url);
  });
}

void Manifests::expect(const std::vector<fleet::Application>& applications) {
  std::set<std::string> urls;
  for (const fleet::Application& application : applications) {
    for (const fleet::ApplicationSource& source : application.sources) {
      if (source.chart.empty() && !is_mapped(source.repo_url)) {
        urls.insert(git::normalized_url(source.repo_url));
      }
    }
  }
  if (urls.size() == 1 && repository_->remotes().empty()) {
    assumed_url_ = *urls.begin();
  }
}

bool Manifests::is_audited(const std::string& url) const {
  const std::string wanted = git::normalized_url(url);
  const std::vector<std::string> remotes = repository_->remotes();
  return wanted == assumed_url_ || std::ranges::any_of(remotes, [&](const std::string& remote) {
           return git::normalized_url(remote) == wanted;
         });
}

std::shared_ptr<const git::Repository> Manifests::mapped(const std::string& url) {
  for (const auto& [from, path] : options_.map) {
    if (git::normalized_url(from) == git::normalized_url(url)) {
      return open_repository(path, "", options_.timeout);
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
