#include "cli/manifests.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace celldrift::cli {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const git::Repository> fetch(const std::string& url,
                                             const std::string& revision,
                                             const RepoOptions& options) {
  if (options.offline) {
    const std::string shown = git::without_credentials(url);
    throw Error(ErrorCode::repository,
                "the repository " + shown +
                    " is not fetched with --offline; give a local copy with "
                    "--map " +
                    shown + "=PATH");
  }
  return git::fetch(url, {.revision = revision, .timeout = options.timeout});
}

std::shared_ptr<const git::Repository> open_repository(const std::string& repo,
                                                       const std::string& revision,
                                                       const RepoOptions& options) {
  if (git::is_url(repo)) {
    return fetch(repo, revision, options);
  }
  return git::open(repo.empty() ? "." : repo);
}

bool is_plain_directory(const RepoOptions& options) {
  if (options.local != LocalRepo::stands_for_all || git::is_url(options.repo)) {
    return false;
  }
  for (fs::path at = fs::absolute(options.repo.empty() ? "." : options.repo);
       at.has_relative_path();
       at = at.parent_path()) {
    if (fs::exists(at / ".git") || fs::exists(at / "HEAD")) {
      return false;
    }
  }
  return true;
}

}  // namespace

Manifests::Manifests(const RepoOptions& options) : options_(options) {
  if (options.worktree && !options.revision.empty()) {
    throw Error(ErrorCode::usage,
                "--worktree audits the files as they lie, so --revision cannot be given with it");
  }
  if (is_plain_directory(options)) {
    tree_ = git::directory_tree(options.repo);
    return;
  }
  repository_ = open_repository(options.repo, options.revision, options);
  if (stands_for_all() && options.revision.empty()) {
    options_.worktree = true;
    tree_ = repository_->work_tree();  // there may be no commit yet
    return;
  }
  commit_ = repository_->resolve(options.revision);
  tree_ = options.worktree ? repository_->work_tree() : repository_->tree(commit_);
}

audit::ManifestsInfo Manifests::info() const {
  return {.repo = repository_ == nullptr ? options_.repo : repository_->name(),
          .revision = options_.revision.empty() ? "HEAD" : options_.revision,
          .commit = commit_,
          .worktree = options_.worktree || repository_ == nullptr};
}

bool Manifests::stands_for_all() const {
  return options_.local == LocalRepo::stands_for_all &&
         (repository_ == nullptr || repository_->remotes().empty());
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
  if (stands_for_all()) {
    return true;
  }
  const std::string wanted = git::normalized_url(url);
  const std::vector<std::string> remotes = repository_->remotes();
  return wanted == assumed_url_ || std::ranges::any_of(remotes, [&](const std::string& remote) {
           return git::normalized_url(remote) == wanted;
         });
}

std::shared_ptr<const git::Repository> Manifests::mapped(const std::string& url) {
  for (const auto& [from, path] : options_.map) {
    if (git::normalized_url(from) == git::normalized_url(url)) {
      return open_repository(path, "", options_);
    }
  }
  return nullptr;
}

std::shared_ptr<const git::Tree> Manifests::audited_tree(const std::string& revision) {
  const bool is_head = revision.empty() || revision == "HEAD";
  if (options_.worktree || !options_.revision.empty() || is_head || stands_for_all()) {
    return tree_;
  }
  return repository_->tree(repository_->resolve(revision));
}

std::shared_ptr<const git::Tree> Manifests::tree(const std::string& url,
                                                 const std::string& revision) {
  const std::lock_guard lock(mutex_);
  const std::string key = git::normalized_url(url) + '\0' + revision;
  const auto known = trees_.find(key);
  if (known != trees_.end()) {
    return known->second;
  }
  std::shared_ptr<const git::Tree> tree;
  if (const auto repository = mapped(url)) {
    tree = repository->tree(repository->resolve(revision));
  } else if (is_audited(url)) {
    tree = audited_tree(revision);
  } else {
    // Never a local path: who writes a repoURL does not choose what is read on this machine.
    const auto fetched = fetch(url, revision, options_);
    tree = fetched->tree(fetched->resolve(revision));
  }
  return trees_.emplace(key, std::move(tree)).first->second;
}

}  // namespace celldrift::cli
