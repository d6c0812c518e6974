#include "cli/manifests.hpp"

#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace celldrift::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_fetches_at_once = 16;

// Whether --map says which repository the audited one is.
bool is_mapped_to(const RepoOptions& options, const std::string& repository) {
  return std::ranges::any_of(options.map, [&](const auto& mapping) {
    std::error_code error;
    return !git::is_url(mapping.second) && fs::equivalent(mapping.second, repository, error) &&
           !error;
  });
}

bool is_head(const git::Target& target) {
  return target.revision.empty() || target.revision == "HEAD";
}

// An id, a tag, or versions of which a tag is chosen.
bool is_pin(const git::Target& target, const git::Repository& repository) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  const std::string& revision = target.revision;
  const bool is_id = revision.size() >= 7 && std::ranges::all_of(revision, is_hex);
  if (is_id || revision.find_first_of("*<>=~^|, ") != revision.npos || revision.ends_with(".x")) {
    return true;
  }
  const std::vector<git::NamedCommit> tips = repository.tips();
  const auto has = [&](const std::string& name) {
    return std::ranges::find(tips, name, &git::NamedCommit::name) != tips.end();
  };
  return !has("refs/heads/" + revision) &&
         (revision.starts_with("refs/tags/") || has("refs/tags/" + revision));
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

std::string_view tag_prefix_of(const fleet::ApplicationSource& source) {
  return source.spec.string_at({"tagPrefix"});
}

WantedSource wanted_source(const fleet::ApplicationSource& source) {
  return {.url = source.repo_url,
          .target = {.revision = source.target_revision,
                     .tag_prefix = std::string(tag_prefix_of(source))}};
}

Manifests::Manifests(const RepoOptions& options)
    : options_(options),
      urls_(options.map),
      opened_(options.opened ? options.opened : std::make_shared<OpenedRepositories>()) {
  if (options.worktree && !options.revision.empty()) {
    throw Error(ErrorCode::usage,
                "--worktree audits the files as they lie, so --revision cannot be given with it");
  }
  for (const auto& [url, location] : options.map) {
    trusted_hosts_.insert(git::host_of(url));
    trusted_hosts_.insert(git::host_of(location));
  }
  if (is_plain_directory(options)) {
    tree_ = git::directory_tree(options.repo);
    return;
  }
  repository_ = opened_->audited(options);
  if (is_mapped_to(options, repository_->name())) {
    urls_.assume_nothing();
  }
  for (const std::string& remote : repository_->remotes()) {
    urls_.add_remote(remote);
    trusted_hosts_.insert(git::host_of(remote));
  }
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
  return options_.local == LocalRepo::stands_for_all && !urls_.has_remotes();
}

bool Manifests::is_audited(const std::string& url) const {
  return stands_for_all() || urls_.of(url).is_audited;
}

// The audited repo's own revision counts, whatever the target; but for one that is pinned.
bool Manifests::is_fixed(const git::Target& target) {
  const bool counts_for_all = options_.worktree || !options_.revision.empty();
  return is_head(target) || stands_for_all() ||
         (counts_for_all && (options_.followed.empty() || is_followed(target)));
}

// Whether a branch is at one of the commits that the revision stands in for. Ids and tags do not
// move. What cannot be resolved is told by whoever asks for it.
bool Manifests::is_followed(const git::Target& target) {
  RepositorySource& source = source_at(options_.repo.empty() ? "." : options_.repo);
  try {
    const std::string commit = source.at(target).resolved.commit;
    return !is_pin(target, *source.repository()) &&
           std::ranges::find(options_.followed, commit) != options_.followed.end();
  } catch (const Error&) {
    return false;
  }
}

void Manifests::assume(const std::vector<WantedSource>& wanted) {
  std::vector<std::string> urls;
  std::ranges::transform(wanted, std::back_inserter(urls), &WantedSource::url);
  urls_.assume(urls);
}

// Where a repository is opened from. Never a local path that a repoURL names: who writes one does
// not choose what is read on this machine.
std::string Manifests::location_of(const std::string& url) const {
  if (const std::string* location = urls_.of(url).location) {
    return *location;
  }
  if (is_audited(url)) {
    return options_.repo.empty() ? "." : options_.repo;
  }
  if (!git::is_url(url)) {
    throw Error(ErrorCode::repository,
                "the repository " + git::without_credentials(url) +
                    " is no URL that can be fetched: give https://, ssh://, git@host:path or "
                    "file://, or a local copy with --map");
  }
  return url;
}

// The user's token is for servers that the user named, not for any that a manifest does.
git::Token Manifests::token_for(const std::string& location) const {
  const std::string host = git::host_of(location);
  return !host.empty() && trusted_hosts_.contains(host) ? git::Token::offered
                                                        : git::Token::withheld;
}

RepositorySource& Manifests::source_at(const std::string& location) {
  const bool is_open = location == (options_.repo.empty() ? "." : options_.repo);
  return opened_->at(location,
                     {.timeout = options_.timeout,
                      .offline = options_.offline,
                      .history = options_.history,
                      .token = token_for(location)},
                     is_open ? repository_ : nullptr);
}

bool Manifests::is_here(const WantedSource& wanted) {
  return urls_.of(wanted.url).location == nullptr && is_audited(wanted.url) &&
         is_fixed(wanted.target);
}

void Manifests::prefetch(const std::vector<WantedSource>& wanted) {
  std::map<std::string, std::vector<git::Target>> by_location;
  for (const WantedSource& one : wanted) {
    if (!is_here(one) && (urls_.of(one.url).location != nullptr || git::is_url(one.url))) {
      by_location[location_of(one.url)].push_back(one.target);
    }
  }
  std::vector<std::pair<RepositorySource*, std::vector<git::Target>>> work;
  for (auto& [location, targets] : by_location) {
    work.emplace_back(&source_at(location), std::move(targets));
  }
  for_each_index(work.size(), max_fetches_at_once, [&](std::size_t i) {
    work[i].first->prefetch(work[i].second);
  });
}

SourceTree Manifests::source(const WantedSource& wanted) {
  if (is_here(wanted)) {
    return {.resolved = {commit_, commit_}, .tree = tree_};
  }
  try {
    return source_at(location_of(wanted.url)).at(wanted.target);
  } catch (Error& error) {
    if (urls_.of(wanted.url).location == nullptr && !is_audited(wanted.url)) {
      error.add_context("the repository " + git::without_credentials(wanted.url) +
                        " (--map can give a local copy)");
    }
    throw;
  }
}

std::vector<std::shared_ptr<const git::Repository>> Manifests::repositories() {
  std::vector<std::shared_ptr<const git::Repository>> opened;
  if (repository_ != nullptr) {
    opened.push_back(repository_);
  }
  for (RepositorySource* source : opened_->sources()) {
    if (auto repository = source->repository();
        repository != nullptr && repository != repository_) {
      opened.push_back(std::move(repository));
    }
  }
  return opened;
}

std::shared_ptr<const git::Repository> Manifests::repository_with(const std::string& commit) {
  {
    const std::lock_guard lock(history_mutex_);
    const auto known = with_history_.find(commit);
    if (known != with_history_.end() && known->second != nullptr) {
      return known->second;
    }
  }
  return as_it_was_opened(commit);
}

std::shared_ptr<const git::Repository> Manifests::as_it_was_opened(const std::string& commit) {
  for (const auto& repository : repositories()) {
    try {
      repository->commit(commit);
      return repository;
    } catch (const Error&) {  // another one has it
    }
  }
  return nullptr;
}

// What cannot be fetched is no worse than before.
std::shared_ptr<const git::Repository> Manifests::deepened(
    std::shared_ptr<const git::Repository> shallow) {
  if (options_.history || options_.offline) {
    return shallow;
  }
  if (shallow == repository_) {
    if (!git::is_url(options_.repo)) {
      return shallow;
    }
    try {
      RepoOptions all = options_;
      all.history = true;
      return open_audited(all);
    } catch (const Error&) {
      return shallow;
    }
  }
  for (RepositorySource* source : opened_->sources()) {
    if (source->repository() == shallow) {
      return source->with_history();
    }
  }
  return shallow;
}

std::shared_ptr<const git::Repository> Manifests::with_history(const std::string& commit) {
  const std::lock_guard lock(history_mutex_);
  const auto [place, is_new] = with_history_.try_emplace(commit);
  if (is_new) {
    const auto shallow = as_it_was_opened(commit);
    place->second = shallow == nullptr ? nullptr : deepened(shallow);
  }
  return place->second;
}

std::shared_ptr<const git::Tree> Manifests::tree_at(const std::string& commit) {
  if (commit.empty()) {
    return info().worktree ? tree_ : nullptr;
  }
  const auto repository = repository_with(commit);
  return repository == nullptr ? nullptr : repository->tree(commit);
}

std::shared_ptr<const git::Tree> Manifests::tree(const std::string& url,
                                                 const std::string& revision) {
  return source({url, {.revision = revision}}).tree;
}

}  // namespace celldrift::cli
