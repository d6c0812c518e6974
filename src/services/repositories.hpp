// What an scmProvider generator asks of any provider, and the filters over it.
#pragma once

#include "services/fields.hpp"
#include "services/session.hpp"

#include <memory>
#include <string>
#include <vector>

namespace celldrift::services {

// A repository, and, once branches are known, one of its branches.
struct Repository {
  std::string organization;
  std::string name;
  std::string url;
  std::string branch;
  std::string sha;
  std::vector<std::string> labels;
  Value id;  // a number or a string, as the provider has it
};

// Thread-safe, each call.
class ScmProvider {
 public:
  virtual ~ScmProvider() = default;
  virtual std::vector<Repository> repositories() = 0;
  // The default branch, or all; none where the provider says that there is nothing.
  virtual std::vector<Repository> branches_of(const Repository& repository) = 0;
  virtual bool has_path(const Repository& branch, const std::string& path) = 0;
};

// `spec` is what the generator has below the provider's name; `protocol` its cloneProtocol.
std::unique_ptr<ScmProvider> github_repositories(Session&,
                                                 const Fields& spec,
                                                 std::string protocol);
std::unique_ptr<ScmProvider> gitlab_repositories(Session&,
                                                 const Fields& spec,
                                                 std::string protocol);
std::unique_ptr<ScmProvider> gitea_repositories(Session&, const Fields& spec, std::string protocol);
std::unique_ptr<ScmProvider> bitbucket_repositories(Session&,
                                                    const Fields& spec,
                                                    std::string protocol);
std::unique_ptr<ScmProvider> bitbucket_server_repositories(Session&,
                                                           const Fields& spec,
                                                           std::string protocol);

// The URL that a clone protocol names ("" is ssh). Throws Error(config) for any other, as Argo CD
// does once there is a repository.
std::string clone_url(const std::string& protocol,
                      const std::string& ssh,
                      const std::string& https,
                      const std::string& provider);

}  // namespace celldrift::services
