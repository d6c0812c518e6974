#include "services/pull_requests.hpp"

#include "services/patterns.hpp"

#include <algorithm>

namespace celldrift::services {

void expect_repository(const Session& session, const http::Answer& answer) {
  if (answer.response.status == 404) {
    throw RepositoryNotFound(session.failure(answer));
  }
  session.expect_success(answer);
}

bool has_labels(const std::vector<std::string>& wanted, const std::vector<std::string>& labels) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& each) {
    return std::find(labels.begin(), labels.end(), each) != labels.end();
  });
}

struct PullRequestFilters::Filter {
  std::optional<regexp::Regexp> branch;
  std::optional<regexp::Regexp> target_branch;
  std::optional<regexp::Regexp> title;

  bool matches(const PullRequest& pull_request) const {
    return passes(branch, pull_request.branch) &&
           passes(target_branch, pull_request.target_branch) && passes(title, pull_request.title);
  }
};

PullRequestFilters::PullRequestFilters(const std::vector<Fields>& filters) {
  std::vector<Filter> made;
  for (const Fields& fields : filters) {
    made.push_back({pattern_of(fields, "branchMatch", "BranchMatch"),
                    pattern_of(fields, "targetBranchMatch", "TargetBranchMatch"),
                    pattern_of(fields, "titleMatch", "TitleMatch")});
  }
  filters_ = std::make_shared<const std::vector<Filter>>(std::move(made));
}

std::vector<PullRequest> PullRequestFilters::kept(
    const std::vector<PullRequest>& pull_requests) const {
  if (filters_->empty()) {
    return pull_requests;
  }
  std::vector<PullRequest> kept;
  std::copy_if(pull_requests.begin(),
               pull_requests.end(),
               std::back_inserter(kept),
               [&](const PullRequest& each) {
                 return std::any_of(filters_->begin(), filters_->end(), [&](const Filter& filter) {
                   return filter.matches(each);
                 });
               });
  return kept;
}

}  // namespace celldrift::services
