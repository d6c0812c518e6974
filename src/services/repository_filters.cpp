#include "services/repository_filters.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/parallel.hpp"
#include "services/patterns.hpp"

#include <algorithm>
#include <atomic>
#include <optional>

namespace celldrift::services {
namespace {

using Pattern = std::optional<regexp::Regexp>;

struct Filter {
  Pattern repository;
  Pattern label;
  Pattern branch;
  std::vector<std::string> paths_exist;
  std::vector<std::string> paths_do_not_exist;
  bool on_branches = false;      // has anything about branches
  bool on_repositories = false;  // has something, and nothing about branches
};

// As Argo CD, a list that is there but empty makes it a filter on branches too.
Filter filter_of(const Fields& fields) {
  Filter filter;
  filter.repository = pattern_of(fields, "repositoryMatch", "RepositoryMatch");
  filter.label = pattern_of(fields, "labelMatch", "LabelMatch");
  filter.paths_exist = fields.texts("pathsExist");
  filter.paths_do_not_exist = fields.texts("pathsDoNotExist");
  filter.branch = pattern_of(fields, "branchMatch", "BranchMatch");
  filter.on_branches =
      fields.present("pathsExist") || fields.present("pathsDoNotExist") || filter.branch;
  filter.on_repositories = !filter.on_branches && (filter.repository || filter.label);
  return filter;
}

std::string without_final_slashes(std::string path) {
  while (path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

bool all_paths(ScmProvider& provider,
               const Repository& repository,
               const std::vector<std::string>& paths,
               bool wanted) {
  return std::all_of(paths.begin(), paths.end(), [&](const std::string& path) {
    return provider.has_path(repository, without_final_slashes(path)) == wanted;
  });
}

bool matches(ScmProvider& provider, const Repository& repository, const Filter& filter) {
  if (!passes(filter.repository, repository.name) || !passes(filter.branch, repository.branch)) {
    return false;
  }
  const auto labelled = [&](const std::string& label) { return passes(filter.label, label); };
  if (filter.label && std::none_of(repository.labels.begin(), repository.labels.end(), labelled)) {
    return false;
  }
  return all_paths(provider, repository, filter.paths_exist, true) &&
         all_paths(provider, repository, filter.paths_do_not_exist, false);
}

// Lowers `to` to `value`.
void lower_to(std::atomic<std::size_t>& to, std::size_t value) {
  for (std::size_t now = to; value < now && !to.compare_exchange_weak(now, value);) {
  }
}

// What `work` makes of each repository, in their order. When one fails, those after it are not
// looked at any more, and the first one's Error is thrown.
template <typename Work>
std::vector<Repository> of_each(const std::vector<Repository>& repositories,
                                std::size_t at_once,
                                const Work& work) {
  std::vector<std::vector<Repository>> parts(repositories.size());
  std::atomic<std::size_t> failed{repositories.size()};
  for_each_index(repositories.size(), at_once, [&](std::size_t i) {
    if (i > failed) {
      return;
    }
    try {
      parts[i] = work(repositories[i]);
    } catch (...) {
      lower_to(failed, i);
      throw;  // for_each_index throws on the one of the lowest index
    }
  });
  std::vector<Repository> all;
  for (std::vector<Repository>& part : parts) {
    std::move(part.begin(), part.end(), std::back_inserter(all));
  }
  return all;
}

// Those that any of the filters takes; all when there is no filter.
std::vector<Repository> kept(ScmProvider& provider,
                             const std::vector<Repository>& repositories,
                             const std::vector<Filter>& filters,
                             std::size_t at_once) {
  if (filters.empty()) {
    return repositories;
  }
  return of_each(repositories, at_once, [&](const Repository& repository) {
    const bool any = std::any_of(filters.begin(), filters.end(), [&](const Filter& filter) {
      return matches(provider, repository, filter);
    });
    return any ? std::vector{repository} : std::vector<Repository>{};
  });
}

}  // namespace

std::vector<Repository> filtered_repositories(ScmProvider& provider,
                                              const std::vector<Fields>& filters,
                                              std::size_t at_once) {
  std::vector<Filter> on_repositories;
  std::vector<Filter> on_branches;
  for (const Fields& fields : filters) {
    Filter filter = filter_of(fields);
    if (filter.on_repositories || filter.on_branches) {
      (filter.on_branches ? on_branches : on_repositories).push_back(std::move(filter));
    }
  }
  const std::vector<Repository> repositories =
      kept(provider, provider.repositories(), on_repositories, at_once);
  const std::vector<Repository> branches =
      of_each(repositories, at_once, [&](const Repository& repository) {
        return provider.branches_of(repository);
      });
  return kept(provider, branches, on_branches, at_once);
}

}  // namespace celldrift::services
