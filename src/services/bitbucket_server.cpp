// Bitbucket Server's (Data Center's) REST API, as Argo CD 3.5.7 asks it (gfleury/go-bitbucket-v1).
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "services/go_url.hpp"
#include "services/pull_requests.hpp"
#include "services/repositories.hpp"

namespace celldrift::services {
namespace {

using From = Fields::From;

constexpr int not_found = 404;

std::string page_of(const std::string& list, std::int64_t start) {
  Parameters parameters{{"limit", "100"}};
  if (start >= 0) {
    parameters.emplace_back("start", std::to_string(start));
  }
  return list + query(parameters);
}

// The library decodes into a map, which null leaves empty.
Fields map_in(const Session& session, const http::Answer& answer, const std::string& what) {
  const Value body = session.json(answer);
  return Fields(body.is_null() ? Value::map({}) : body, From::answer, what);
}

// What is no boolean ends the list.
std::string next_path(const std::string& list, const Fields& page) {
  const Value* last = page.value().find("isLastPage");
  if (!last || !last->is_bool() || last->as_bool()) {
    return "";
  }
  const Value* start = page.value().find("nextPageStart");
  return page_of(list,
                 start && start->is_number() ? static_cast<std::int64_t>(start->as_double()) : 0);
}

std::string path_of(const std::string& project, const std::string& repository) {
  return "/api/1.0/projects/" + raw_path(project) + "/repos/" + raw_path(repository);
}

std::string clone_link(const Fields& links, std::string_view name) {
  for (const Fields& link : links.objects("clone")) {
    if (link.text("name") == name) {
      return link.text("href");
    }
  }
  return "";
}

class BitbucketServer final : public ScmProvider {
 public:
  BitbucketServer(Session& session, const Fields& spec, std::string protocol)
      : session_(session),
        project_(spec.text("project")),
        protocol_(std::move(protocol)),
        all_branches_(spec.flag("allBranches")) {}

  std::vector<Repository> repositories() override {
    const std::string list = "/api/1.0/projects/" + raw_path(project_) + "/repos";
    std::vector<Repository> all;
    session_.pages(page_of(list, -1), [&](const http::Answer& answer) {
      session_.expect_success(answer);
      const Fields page = map_in(session_, answer, "page");
      for (const Fields& each : page.objects("values")) {
        add(each, all);
      }
      return next_path(list, page);
    });
    return all;
  }

  std::vector<Repository> branches_of(const Repository& repository) override {
    if (!all_branches_) {
      return default_branch(repository);
    }
    const std::string list = path_of(repository.organization, repository.name) + "/branches";
    std::vector<Repository> branches;
    session_.pages(page_of(list, -1), [&](const http::Answer& answer) {
      session_.expect_success(answer);
      const Fields page = map_in(session_, answer, "page");
      for (const Fields& each : page.objects("values")) {
        branches.push_back(branch_of(repository, each));
        session_.count_items(1);
      }
      return next_path(list, page);
    });
    return branches;
  }

  bool has_path(const Repository& branch, const std::string& path) override {
    const std::string below = path.empty() ? "" : "/" + raw_path(path);
    const http::Answer answer =
        session_.get(path_of(branch.organization, branch.name) + "/browse" + below +
                     query({{"limit", "100"}, {"at", branch.branch}, {"type", "true"}}));
    if (answer.response.status == not_found) {
      return false;
    }
    session_.expect_success(answer);
    map_in(session_, answer, "page");
    return true;
  }

 private:
  void add(const Fields& given, std::vector<Repository>& all) {
    const Fields links = given.needed_object("links");
    Repository repository;
    repository.url = clone_url(
        protocol_, clone_link(links, "ssh"), clone_link(links, "http"), "Bitbucket Server");
    repository.organization = given.needed_object("project").text("key");
    repository.name = given.text("name");
    repository.id = Value::integer(given.number("id"));
    session_.count_items(1);
    for (Repository& found : default_branch(repository)) {
      all.push_back(std::move(found));
    }
  }

  static Repository branch_of(const Repository& repository, const Fields& given) {
    Repository branch = repository;
    branch.branch = given.text("displayId");
    branch.sha = given.text("latestCommit");
    return branch;
  }

  // None where the default branch does not exist (404), or was never set (an empty answer).
  std::vector<Repository> default_branch(const Repository& repository) {
    const http::Answer answer =
        session_.get(path_of(repository.organization, repository.name) + "/branches/default");
    if (answer.response.status == not_found) {
      return {};
    }
    session_.expect_success(answer);
    if (trim(answer.response.body).empty()) {
      return {};
    }
    return {branch_of(repository, map_in(session_, answer, "branch"))};
  }

  Session& session_;
  const std::string project_;
  const std::string protocol_;
  const bool all_branches_;
};

PullRequest pull_request_of(const Fields& given) {
  const std::optional<Fields> from = given.object("fromRef");
  const std::optional<Fields> to = given.object("toRef");
  const std::optional<Fields> user = given.needed_object("author").object("user");
  return {.number = given.number("id"),
          .title = given.text("title"),
          .branch = from ? from->text("displayId") : "",
          .target_branch = to ? to->text("displayId") : "",
          .head_sha = from ? from->text("latestCommit") : "",
          .labels = std::vector<std::string>{},
          .author = user ? user->text("name") : ""};
}

}  // namespace

std::unique_ptr<ScmProvider> bitbucket_server_repositories(Session& session,
                                                           const Fields& spec,
                                                           std::string protocol) {
  return std::make_unique<BitbucketServer>(session, spec, std::move(protocol));
}

std::vector<PullRequest> bitbucket_server_pull_requests(Session& session, const Fields& spec) {
  const std::string list = path_of(spec.text("project"), spec.text("repo")) + "/pull-requests";
  std::vector<PullRequest> all;
  session.pages(page_of(list, -1), [&](const http::Answer& answer) {
    expect_repository(session, answer);
    const Fields page = map_in(session, answer, "page");
    for (const Fields& each : page.objects("values")) {
      all.push_back(pull_request_of(each));
      session.count_items(1);
    }
    return next_path(list, page);
  });
  return all;
}

}  // namespace celldrift::services
