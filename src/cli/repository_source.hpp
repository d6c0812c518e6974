// One repository as Applications see it: a local one, or one that is fetched revision by revision.
#pragma once

#include "celldrift/git/repository.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::cli {

// What a targetRevision comes to.
struct SourceTree {
  git::ResolvedTarget resolved;  // empty for files that are in no commit
  std::shared_ptr<const git::Tree> tree;
};

// How repositories are fetched.
struct FetchRules {
  std::chrono::seconds timeout{60};
  bool offline = false;                     // nothing is fetched
  bool history = false;                     // all of it is fetched
  git::Token token = git::Token::withheld;  // whether its server may see CELLDRIFT_GIT_TOKEN
};

// Error(repository) for a URL that would have to be fetched with --offline.
void refuse_offline(const std::string& url, bool offline);

// Thread-safe. Each revision is resolved once, and a server that does not answer is asked once.
class RepositorySource {
 public:
  // `location`: a path, or a URL. `opened`: it, where it was opened already; what of a URL is not
  // in there is fetched.
  RepositorySource(std::string location,
                   FetchRules rules,
                   std::shared_ptr<const git::Repository> opened = nullptr);

  // Error(repository, network, auth, …) when there is no such revision, or no way to it.
  SourceTree at(const git::Target& target);
  // Fetches all of them that are not here yet in one go. What goes wrong is kept for at().
  void prefetch(const std::vector<git::Target>& targets);
  // Null when it was not opened (yet).
  std::shared_ptr<const git::Repository> repository();
  // The same with all its history; as it is where that cannot be fetched.
  std::shared_ptr<const git::Repository> with_history();

 private:
  struct Outcome {
    SourceTree found;
    std::optional<Error> error;
  };

  Outcome look_up(const git::Target& target);
  bool is_here(const git::Target& target) const;
  void open(const std::vector<git::Target>& targets);

  std::string location_;
  FetchRules rules_;
  std::mutex mutex_;
  std::shared_ptr<const git::Repository> repository_;
  std::optional<Error> unreachable_;
  std::map<git::Target, Outcome> known_;
};

}  // namespace celldrift::cli
