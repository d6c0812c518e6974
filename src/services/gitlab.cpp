// GitLab's REST API, as Argo CD 3.5.7 asks it (gitlab.com/gitlab-org/api/client-go v1.46).
#include "celldrift/core/text.hpp"
#include "services/go_url.hpp"
#include "services/pull_requests.hpp"
#include "services/repositories.hpp"

#include <charconv>
#include <mutex>
#include <set>

namespace celldrift::services {
namespace {

using From = Fields::From;

constexpr int not_found = 404;

// A project or group by number or full path, as one segment.
std::string id_segment(std::string_view id) {
  std::string text;
  for (const char c : path_segment(id)) {
    text += c == '.' ? "%2E" : std::string(1, c);
  }
  return text;
}

std::int64_t number_in(const http::Answer& answer, std::string_view header) {
  const std::string_view text = answer.response.header(header);
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

std::string page_of(const std::string& list, Parameters parameters, std::int64_t page) {
  parameters.emplace_back("per_page", "100");
  if (page) {
    parameters.emplace_back("page", std::to_string(page));
  }
  return list + query(std::move(parameters));
}

class GitLab final : public ScmProvider {
 public:
  GitLab(Session& session, const Fields& spec, std::string protocol)
      : session_(session),
        group_(spec.text("group")),
        protocol_(std::move(protocol)),
        all_branches_(spec.flag("allBranches")) {
    const auto word = [](bool flag) { return std::string(flag ? "true" : "false"); };
    parameters_ = {{"include_subgroups", word(spec.flag("includeSubgroups"))},
                   {"with_shared", word(spec.flag("includeSharedProjects", true))},
                   {"topic", spec.text("topic")}};
    if (spec.flag("includeArchivedRepos")) {
      parameters_.emplace_back("archived", "true");
    }
  }

  std::vector<Repository> repositories() override {
    const std::string list = "groups/" + id_segment(group_) + "/projects";
    std::vector<Repository> all;
    session_.pages(page_of(list, parameters_, 0), [&](const http::Answer& page) -> std::string {
      session_.expect_success(page);
      for (const Fields& each : Fields::all(session_.json(page), From::answer, "projects")) {
        all.push_back(repository_of(each));
        session_.count_items(1);
      }
      // GitLab leaves the total out of long lists, and Argo CD then takes the first page for all
      if (number_in(page, "x-page") >= number_in(page, "x-total-pages")) {
        return "";
      }
      return page_of(list, parameters_, number_in(page, "x-next-page"));
    });
    return all;
  }

  std::vector<Repository> branches_of(const Repository& repository) override {
    return all_branches_ ? all_branches(repository) : default_branch(repository);
  }

  bool has_path(const Repository& branch, const std::string& path) override {
    see_project(branch);
    const std::string project = project_path(branch);
    const http::Answer file = session_.get(project + "/repository/files/" + id_segment(path) +
                                           query({{"ref", branch.branch}}));
    if (file.response.status != not_found) {
      session_.expect_success(file);
      Fields(session_.json(file), From::answer, "file");
      return true;
    }
    const http::Answer folder = session_.get(project + "/repository/tree" +
                                             query({{"path", path}, {"ref", branch.branch}}));
    if (folder.response.status == not_found) {
      return false;
    }
    session_.expect_success(folder);
    Fields::all(session_.json(folder), From::answer, "tree");
    return true;
  }

 private:
  Repository repository_of(const Fields& given) const {
    const std::vector<std::string> topics = given.texts("topics");
    Repository repository;
    repository.url = clone_url(
        protocol_, given.text("ssh_url_to_repo"), given.text("http_url_to_repo"), "Gitlab");
    repository.organization = given.needed_object("namespace").text("full_path");
    repository.name = given.text("path");
    repository.branch = given.text("default_branch");
    repository.labels = topics.empty() ? given.texts("tag_list") : topics;  // before GitLab 14.5
    repository.id = Value::integer(given.number("id"));
    return repository;
  }

  static std::string project_path(const Repository& repository) {
    return "projects/" + std::to_string(repository.id.as_int());
  }

  static Repository branch_of(const Repository& repository, const Fields& given) {
    Repository branch = repository;
    branch.branch = given.text("name");
    branch.sha = given.needed_object("commit").text("id");
    return branch;
  }

  std::vector<Repository> default_branch(const Repository& repository) {
    const http::Answer answer = session_.get(project_path(repository) + "/repository/branches/" +
                                             id_segment(repository.branch));
    if (answer.response.status == not_found) {
      return {};
    }
    session_.expect_success(answer);
    return {branch_of(repository, Fields(session_.json(answer), From::answer, "branch"))};
  }

  std::vector<Repository> all_branches(const Repository& repository) {
    const std::string list = project_path(repository) + "/repository/branches";
    std::vector<Repository> branches;
    session_.pages(page_of(list, {}, 0), [&](const http::Answer& page) -> std::string {
      if (page.response.status == not_found) {
        branches.clear();
        return "";
      }
      session_.expect_success(page);
      for (const Fields& each : Fields::all(session_.json(page), From::answer, "branches")) {
        branches.push_back(branch_of(repository, each));
        session_.count_items(1);
      }
      const std::int64_t next = number_in(page, "x-next-page");
      return next ? page_of(list, {}, next) : "";
    });
    return branches;
  }

  // Argo CD looks the project up before each path; once tells whether it can be.
  void see_project(const Repository& repository) {
    const std::string name = repository.organization + "/" + repository.name;
    {
      const std::lock_guard lock(mutex_);
      if (seen_.contains(name)) {
        return;
      }
    }
    const http::Answer answer = session_.get("projects/" + id_segment(name));
    session_.expect_success(answer);
    Fields(session_.json(answer), From::answer, "project");
    const std::lock_guard lock(mutex_);
    seen_.insert(name);
  }

  Session& session_;
  const std::string group_;
  const std::string protocol_;
  const bool all_branches_;
  Parameters parameters_;
  std::mutex mutex_;
  std::set<std::string> seen_;
};

PullRequest pull_request_of(const Fields& given) {
  PullRequest made;
  made.number = given.number("iid");
  made.title = given.text("title");
  made.branch = given.text("source_branch");
  made.target_branch = given.text("target_branch");
  made.head_sha = given.text("sha");
  if (given.present("labels")) {
    made.labels = given.texts("labels");
  }
  made.author = given.needed_object("author").text("username");
  return made;
}

}  // namespace

std::unique_ptr<ScmProvider> gitlab_repositories(Session& session,
                                                 const Fields& spec,
                                                 std::string protocol) {
  return std::make_unique<GitLab>(session, spec, std::move(protocol));
}

std::vector<PullRequest> gitlab_pull_requests(Session& session, const Fields& spec) {
  const std::string list = "projects/" + id_segment(spec.text("project")) + "/merge_requests";
  Parameters parameters;
  if (const std::vector<std::string> labels = spec.texts("labels"); !labels.empty()) {
    parameters.emplace_back("labels", join(labels, ","));
  }
  if (const std::string state = spec.text("pullRequestState"); !state.empty()) {
    parameters.emplace_back("state", state);
  }
  std::vector<PullRequest> all;
  session.pages(page_of(list, parameters, 0), [&](const http::Answer& page) -> std::string {
    expect_repository(session, page);
    for (const Fields& each : Fields::all(session.json(page), From::answer, "requests")) {
      all.push_back(pull_request_of(each));
      session.count_items(1);
    }
    const std::int64_t next = number_in(page, "x-next-page");
    return next ? page_of(list, parameters, next) : "";
  });
  return all;
}

}  // namespace celldrift::services
