// GitHub's REST API, as Argo CD 3.5.7 asks it (go-github v69).
#include "celldrift/core/text.hpp"
#include "services/go_url.hpp"
#include "services/pull_requests.hpp"
#include "services/repositories.hpp"

#include <charconv>

namespace celldrift::services {
namespace {

using From = Fields::From;

constexpr int not_found = 404;

bool wants_next(const std::vector<std::string_view>& segments) {
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (trim(segments[i]) == "rel=\"next\"") {
      return true;
    }
  }
  return false;
}

// The number of the next page in a Link header; 0 when there is none.
int next_page(std::string_view header) {
  int next = 0;
  for (const std::string_view link : split(header, ',')) {
    const std::vector<std::string_view> segments = split(trim(link), ';');
    const std::string_view address = segments[0];
    if (!address.starts_with('<') || !address.ends_with('>') || !wants_next(segments)) {
      continue;
    }
    const std::string_view url = address.substr(1, address.size() - 2);
    std::string page = parameter_of(url, "page");
    page = page.empty() ? parameter_of(url, "since") : page;
    int number = 0;
    const auto read = std::from_chars(page.data(), page.data() + page.size(), number);
    const bool whole = !page.empty() && read.ec == std::errc() && *read.ptr == '\0';
    next = whole && parameter_of(url, "cursor").empty() ? number : next;
  }
  return next;
}

std::string page_of(const std::string& list, int page) {
  Parameters parameters{{"per_page", "100"}};
  if (page) {
    parameters.emplace_back("page", std::to_string(page));
  }
  return list + query(parameters);
}

std::string next_path(const std::string& list, const http::Answer& page) {
  const int next = next_page(page.response.header("link"));
  return next ? page_of(list, next) : "";
}

class GitHub final : public ScmProvider {
 public:
  GitHub(Session& session, const Fields& spec, std::string protocol)
      : session_(session),
        organization_(spec.text("organization")),
        protocol_(std::move(protocol)),
        all_branches_(spec.flag("allBranches")),
        exclude_archived_(spec.flag("excludeArchivedRepos")) {}

  std::vector<Repository> repositories() override {
    const std::string list = "orgs/" + raw_path(organization_) + "/repos";
    std::vector<Repository> all;
    session_.pages(page_of(list, 0), [&](const http::Answer& page) {
      session_.expect_success(page);
      for (const Fields& each :
           Fields::all(session_.json_if_any(page), From::answer, "repositories")) {
        add(each, all);
      }
      return next_path(list, page);
    });
    return all;
  }

  std::vector<Repository> branches_of(const Repository& repository) override {
    std::vector<Repository> branches;
    const std::string list = path_of(repository) + "/branches";
    if (!all_branches_) {
      // no redirects: a branch that was renamed is not the default branch any more
      const http::Answer answer =
          session_.get(list + "/" + path_segment(repository.branch), http::Redirects::stay);
      if (answer.response.status != not_found) {  // an empty repository has no branch
        expect_ok(answer);
        branches.push_back(
            branch_of(repository, Fields(session_.json(answer), From::answer, "branch")));
      }
      return branches;
    }
    session_.pages(page_of(list, 0), [&](const http::Answer& page) {
      session_.expect_success(page);
      for (const Fields& each : Fields::all(session_.json_if_any(page), From::answer, "branches")) {
        branches.push_back(branch_of(repository, each));
        session_.count_items(1);
      }
      return next_path(list, page);
    });
    return branches;
  }

  bool has_path(const Repository& branch, const std::string& path) override {
    if (path.find("..") != std::string::npos) {
      throw Error(ErrorCode::config, "a path of a filter must not contain '..'");
    }
    const Parameters ref{{"ref", branch.branch}};
    const http::Answer answer = session_.get(path_of(branch) + "/contents/" + path_text(path) +
                                             query(branch.branch.empty() ? Parameters{} : ref));
    if (answer.response.status == not_found) {
      return false;
    }
    session_.expect_success(answer);
    session_.json(answer);
    return true;
  }

 private:
  void add(const Fields& given, std::vector<Repository>& all) {
    const std::string url =
        clone_url(protocol_, given.text("ssh_url"), given.text("clone_url"), "GitHub");
    if (exclude_archived_ && given.flag("archived")) {
      return;
    }
    const std::optional<Fields> owner = given.object("owner");
    const Value* id = given.present("id");
    given.number("id");
    all.push_back({.organization = owner ? owner->text("login") : "",
                   .name = given.text("name"),
                   .url = url,
                   .branch = given.text("default_branch"),
                   .labels = given.texts("topics"),
                   .id = id ? *id : Value::null()});
    session_.count_items(1);
  }

  void expect_ok(const http::Answer& answer) const {
    if (answer.response.status != 200) {
      throw session_.failure(answer);
    }
  }

  static Repository branch_of(const Repository& repository, const Fields& given) {
    Repository branch = repository;
    branch.branch = given.text("name");
    const std::optional<Fields> commit = given.object("commit");
    branch.sha = commit ? commit->text("sha") : "";
    return branch;
  }

  static std::string path_of(const Repository& repository) {
    return "repos/" + raw_path(repository.organization) + "/" + raw_path(repository.name);
  }

  Session& session_;
  const std::string organization_;
  const std::string protocol_;
  const bool all_branches_;
  const bool exclude_archived_;
};

std::optional<std::vector<std::string>> label_names(const std::vector<Fields>& labels) {
  if (labels.empty()) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const Fields& label : labels) {
    names.push_back(label.needed_text("name"));
  }
  return names;
}

PullRequest pull_request_of(const Fields& given) {
  const Fields head = given.needed_object("head");
  return {.number = given.needed_number("number"),
          .title = given.needed_text("title"),
          .branch = head.needed_text("ref"),
          .target_branch = given.needed_object("base").needed_text("ref"),
          .head_sha = head.needed_text("sha"),
          .labels = label_names(given.objects("labels")),
          .author = given.needed_object("user").needed_text("login")};
}

// Labels without a name do not count here.
std::vector<std::string> named(const std::vector<Fields>& labels) {
  std::vector<std::string> names;
  for (const Fields& label : labels) {
    if (label.present("name")) {
      names.push_back(label.text("name"));
    }
  }
  return names;
}

}  // namespace

std::unique_ptr<ScmProvider> github_repositories(Session& session,
                                                 const Fields& spec,
                                                 std::string protocol) {
  return std::make_unique<GitHub>(session, spec, std::move(protocol));
}

std::vector<PullRequest> github_pull_requests(Session& session, const Fields& spec) {
  const std::string list =
      "repos/" + raw_path(spec.text("owner")) + "/" + raw_path(spec.text("repo")) + "/pulls";
  const std::vector<std::string> wanted = spec.texts("labels");
  std::vector<PullRequest> all;
  session.pages(page_of(list, 0), [&](const http::Answer& page) {
    expect_repository(session, page);
    for (const Fields& each : Fields::all(session.json_if_any(page), From::answer, "pulls")) {
      if (has_labels(wanted, named(each.objects("labels")))) {
        all.push_back(pull_request_of(each));
        session.count_items(1);
      }
    }
    return next_path(list, page);
  });
  return all;
}

}  // namespace celldrift::services
