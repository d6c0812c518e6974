#include "cli/opened_repositories.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace celldrift::cli {
namespace {

// Whether a revision is there, its commit included.
bool has(const git::Repository& repository, const std::string& revision) {
  try {
    repository.commit(repository.resolve(revision));
    return true;
  } catch (const Error&) {  // whoever fetches it says what is wrong
    return false;
  }
}

}  // namespace

std::shared_ptr<const git::Repository> open_audited(const RepoOptions& options,
                                                    const std::vector<std::string>& also) {
  if (!git::is_url(options.repo)) {
    return git::open(options.repo.empty() ? "." : options.repo);
  }
  refuse_offline(options.repo, options.offline);
  git::FetchOptions fetch{
      .depth = options.history ? 0 : 1, .revision = options.revision, .timeout = options.timeout};
  std::ranges::transform(also, std::back_inserter(fetch.targets), [](const std::string& each) {
    return git::Target{.revision = each};
  });
  return git::fetch(options.repo, fetch);
}

OpenedRepositories::OpenedRepositories(std::vector<std::string> revisions)
    : revisions_(std::move(revisions)) {}

std::shared_ptr<const git::Repository> OpenedRepositories::audited(const RepoOptions& options) {
  const std::lock_guard lock(mutex_);
  if (audited_ == nullptr) {
    audited_ = open_audited(options, revisions_);
  }
  if (git::is_url(options.repo) && !has(*audited_, options.revision)) {
    audited_ = open_audited(options);
  }
  return audited_;
}

RepositorySource& OpenedRepositories::at(const std::string& location,
                                         const FetchRules& rules,
                                         std::shared_ptr<const git::Repository> opened) {
  const std::lock_guard lock(mutex_);
  auto& source = sources_[location];
  if (source == nullptr) {
    source = std::make_unique<RepositorySource>(location, rules, std::move(opened));
  }
  return *source;
}

std::vector<RepositorySource*> OpenedRepositories::sources() {
  const std::lock_guard lock(mutex_);
  std::vector<RepositorySource*> all;
  std::ranges::transform(
      sources_, std::back_inserter(all), [](const auto& each) { return each.second.get(); });
  return all;
}

}  // namespace celldrift::cli
