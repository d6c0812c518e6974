// What a pullRequest generator asks of any provider, and the filters over it.
#pragma once

#include "celldrift/core/error.hpp"
#include "services/fields.hpp"
#include "services/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::services {

struct PullRequest {
  std::int64_t number = 0;
  std::string title;
  std::string branch;
  std::string target_branch;
  std::string head_sha;
  std::optional<std::vector<std::string>> labels;  // nothing where Argo CD's slice is nil
  std::string author;
};

// The provider does not know the repository: no pull requests, where the generator says
// continueOnRepoNotFoundError.
class RepositoryNotFound final : public Error {
 public:
  explicit RepositoryNotFound(const Error& error) : Error(error) {}
};
// Throws RepositoryNotFound for a 404, the failure for any other answer that is no success.
void expect_repository(const Session& session, const http::Answer& answer);

// `spec` is what the generator has below the provider's name. In the provider's order.
std::vector<PullRequest> github_pull_requests(Session& session, const Fields& spec);
std::vector<PullRequest> gitlab_pull_requests(Session& session, const Fields& spec);
std::vector<PullRequest> gitea_pull_requests(Session& session, const Fields& spec);
std::vector<PullRequest> bitbucket_pull_requests(Session& session, const Fields& spec);
std::vector<PullRequest> bitbucket_server_pull_requests(Session& session, const Fields& spec);

// True when `labels` has all that are wanted.
bool has_labels(const std::vector<std::string>& wanted, const std::vector<std::string>& labels);

// A generator's filters, made ready. Throws Error(config) for one that is no regular expression.
class PullRequestFilters {
 public:
  explicit PullRequestFilters(const std::vector<Fields>& filters);
  std::vector<PullRequest> kept(const std::vector<PullRequest>& pull_requests) const;

 private:
  struct Filter;
  std::shared_ptr<const std::vector<Filter>> filters_;
};

}  // namespace celldrift::services
