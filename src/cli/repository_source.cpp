#include "cli/repository_source.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace celldrift::cli {

void refuse_offline(const std::string& url, bool offline) {
  if (offline) {
    const std::string shown = git::without_credentials(url);
    throw Error(ErrorCode::repository,
                "the repository " + shown +
                    " is not fetched with --offline; give a local copy with --map " + shown +
                    "=PATH");
  }
}

RepositorySource::RepositorySource(std::string location,
                                   FetchRules rules,
                                   std::shared_ptr<const git::Repository> opened)
    : location_(std::move(location)), rules_(rules), repository_(std::move(opened)) {}

SourceTree RepositorySource::at(const git::Target& target) {
  const std::lock_guard lock(mutex_);
  auto known = known_.find(target);
  if (known == known_.end()) {
    if (!is_here(target)) {
      open({target});
    }
    known = known_.emplace(target, look_up(target)).first;
  }
  if (known->second.error) {
    throw Error(*known->second.error);  // a copy: callers add their context
  }
  return known->second.found;
}

void RepositorySource::prefetch(const std::vector<git::Target>& targets) {
  const std::lock_guard lock(mutex_);
  std::vector<git::Target> unknown;
  std::ranges::copy_if(targets, std::back_inserter(unknown), [&](const git::Target& target) {
    return !known_.contains(target);
  });
  if (!std::ranges::all_of(unknown, [&](const auto& target) { return is_here(target); })) {
    open(unknown);
  }
  for (const git::Target& target : unknown) {
    known_.emplace(target, look_up(target));
  }
}

std::shared_ptr<const git::Repository> RepositorySource::repository() {
  const std::lock_guard lock(mutex_);
  return repository_;
}

std::shared_ptr<const git::Repository> RepositorySource::with_history() {
  const std::lock_guard lock(mutex_);
  if (repository_ == nullptr || !git::is_url(location_) || rules_.history || rules_.offline) {
    return repository_;
  }
  git::FetchOptions options{.depth = 0, .timeout = rules_.timeout, .token = rules_.token};
  for (const auto& [target, outcome] : known_) {
    options.targets.push_back(target);
  }
  try {
    return git::fetch(location_, options);
  } catch (const Error&) {
    return repository_;
  }
}

// What was fetched knows all names that the server had, but not all their commits.
bool RepositorySource::is_here(const git::Target& target) const {
  try {
    return repository_ != nullptr &&
           !repository_->commit(repository_->resolve_target(target).commit).id.empty();
  } catch (const Error&) {
    return false;
  }
}

// A local repository has everything; of a URL, the fetch that is made for them has these.
void RepositorySource::open(const std::vector<git::Target>& targets) {
  if (unreachable_ || (repository_ != nullptr && !git::is_url(location_))) {
    return;
  }
  try {
    if (!git::is_url(location_)) {
      repository_ = git::open(location_);
      return;
    }
    refuse_offline(location_, rules_.offline);
    repository_ = git::fetch(location_,
                             {.depth = rules_.history ? 0 : 1,
                              .targets = targets,
                              .timeout = rules_.timeout,
                              .token = rules_.token});
  } catch (const Error& error) {
    unreachable_ = error;
  }
}

RepositorySource::Outcome RepositorySource::look_up(const git::Target& target) {
  if (unreachable_) {
    return {.error = unreachable_};
  }
  try {
    git::ResolvedTarget resolved = repository_->resolve_target(target);
    auto tree = repository_->tree(resolved.commit);
    return {.found = {std::move(resolved), std::move(tree)}};
  } catch (const Error& error) {
    return {.error = error};
  }
}

}  // namespace celldrift::cli
