// The repositories that one run has opened or fetched, for all revisions that it looks at.
#pragma once

#include "cli/options.hpp"
#include "cli/repository_source.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace celldrift::cli {

// Thread-safe. What is shared is asked once: a branch that moves meanwhile is one commit for all.
class OpenedRepositories {
 public:
  // `revisions`: those of the audited repository that will be asked for, to be fetched in one go.
  explicit OpenedRepositories(std::vector<std::string> revisions = {});

  // The audited repository, with `options.revision` if it has that. Error(repository) when there is
  // no way to it; of a URL also when it lacks the revision.
  std::shared_ptr<const git::Repository> audited(const RepoOptions& options);
  // The one at a location, a path or a URL, which is opened when it is asked for something.
  // `opened`: what it is where it was opened already, else null. The same as long as this lives.
  RepositorySource& at(const std::string& location,
                       const FetchRules& rules,
                       std::shared_ptr<const git::Repository> opened);
  // Those that at() gave, by location.
  std::vector<RepositorySource*> sources();

 private:
  std::vector<std::string> revisions_;
  std::mutex mutex_;
  std::shared_ptr<const git::Repository> audited_;
  std::map<std::string, std::unique_ptr<RepositorySource>> sources_;
};

// The audited repository, opened or fetched for itself: `also` are revisions that are fetched with
// it, as far as there are such.
std::shared_ptr<const git::Repository> open_audited(const RepoOptions& options,
                                                    const std::vector<std::string>& also = {});

}  // namespace celldrift::cli
