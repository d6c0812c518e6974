// Bitbucket Cloud's REST API, as Argo CD 3.5.7 asks it (ktrysmt/go-bitbucket v0.10).
#include "celldrift/core/error.hpp"
#include "services/go_url.hpp"
#include "services/pull_requests.hpp"
#include "services/repositories.hpp"

namespace celldrift::services {
namespace {

using From = Fields::From;

constexpr int not_found = 404;
constexpr int ok = 200;

const Value& list_in(const Fields& page) {
  const Value* values = page.value().find("values");
  if (!values || !values->is_list()) {
    throw Error(ErrorCode::server, "the answer has no list \"values\"");
  }
  return *values;
}

// Bitbucket gives the next page's whole address.
std::string next_path(const Session& session, const Fields& page) {
  const std::string next = page.text("next");
  return next.empty() || list_in(page).size() == 0 ? "" : session.path_of_link(next);
}

std::string clone_link(const std::string& protocol, const Fields& repository) {
  for (const Fields& link : repository.needed_object("links").objects("clone")) {
    if (link.text("name") == protocol) {
      return link.needed_text("href");
    }
  }
  throw Error(ErrorCode::config,
              "unknown clone protocol for Bitbucket cloud " + printable(protocol) +
                  " (repository " + printable(repository.text("slug")) + ")");
}

class Bitbucket final : public ScmProvider {
 public:
  Bitbucket(Session& session, const Fields& spec, std::string protocol)
      : session_(session),
        owner_(spec.text("owner")),
        protocol_(protocol.empty() ? "ssh" : std::move(protocol)),
        all_branches_(spec.flag("allBranches")) {
    if (owner_.empty()) {
      throw Error(ErrorCode::config, "owner / workspace name not passed in");
    }
  }

  std::vector<Repository> repositories() override {
    std::vector<Repository> all;
    const std::string first = "/repositories/" + raw_path(owner_) + query({{"role", "member"}});
    session_.pages(first, [&](const http::Answer& answer) {
      session_.expect_success(answer);
      const Fields page(session_.json(answer), From::answer, "page");
      for (const Fields& each : Fields::all(list_in(page), From::answer, "values")) {
        all.push_back(repository_of(each));
        session_.count_items(1);
      }
      return next_path(session_, page);
    });
    return all;
  }

  std::vector<Repository> branches_of(const Repository& repository) override {
    const std::string list = path_of(repository) + "/refs/branches";
    std::vector<Repository> branches;
    if (!all_branches_) {
      if (repository.branch.empty()) {
        throw Error(ErrorCode::server,
                    "the repository " + repository.organization + "/" + repository.name +
                        " has no main branch, and Argo CD then fails: Branch Name is empty");
      }
      const Value given = session_.get_json(list + "/" + raw_path(repository.branch));
      return {branch_of(repository, Fields(given, From::answer, "branch"))};
    }
    // the first page alone, whatever follows it
    const Fields page(session_.get_json(list), From::answer, "page");
    for (const Fields& each : Fields::all(list_in(page), From::answer, "values")) {
      branches.push_back(branch_of(repository, each));
      session_.count_items(1);
    }
    return branches;
  }

  bool has_path(const Repository& branch, const std::string& path) override {
    const http::Answer answer = session_.get(path_of(branch) + "/src/" + raw_path(branch.sha) +
                                             "/" + raw_path(path) + "?format=meta");
    if (answer.response.status != not_found && answer.response.status != ok) {
      throw session_.failure(answer);
    }
    return answer.response.status == ok;
  }

 private:
  Repository repository_of(const Fields& given) const {
    const std::optional<Fields> main = given.object("mainbranch");
    return {.organization = owner_,
            .name = given.text("slug"),
            .url = clone_link(protocol_, given),
            .branch = main ? main->text("name") : "",
            .id = Value::string(given.text("uuid"))};
  }

  std::string path_of(const Repository& repository) const {
    return "/repositories/" + raw_path(owner_) + "/" + raw_path(repository.name);
  }

  static Repository branch_of(const Repository& repository, const Fields& given) {
    Repository branch = repository;
    branch.branch = given.text("name");
    branch.sha = given.needed_object("target").needed_text("hash");
    return branch;
  }

  Session& session_;
  const std::string owner_;
  const std::string protocol_;
  const bool all_branches_;
};

// The text at a field of a field, all of which may be missing.
std::string text_in(const Fields& given,
                    std::string_view one,
                    std::string_view two,
                    std::string_view three) {
  const std::optional<Fields> first = given.object(one);
  const std::optional<Fields> second = first ? first->object(two) : std::nullopt;
  return second ? second->text(three) : "";
}

PullRequest pull_request_of(const Fields& given) {
  const std::optional<Fields> author = given.object("author");
  return {.number = given.number("id"),
          .title = given.text("title"),
          .branch = text_in(given, "source", "branch", "name"),
          .target_branch = text_in(given, "destination", "branch", "name"),
          .head_sha = text_in(given, "source", "commit", "hash"),
          .labels = std::nullopt,
          .author = author ? author->text("nickname") : ""};
}

}  // namespace

std::unique_ptr<ScmProvider> bitbucket_repositories(Session& session,
                                                    const Fields& spec,
                                                    std::string protocol) {
  return std::make_unique<Bitbucket>(session, spec, std::move(protocol));
}

std::vector<PullRequest> bitbucket_pull_requests(Session& session, const Fields& spec) {
  std::vector<PullRequest> all;
  const std::string list = "/repositories/" + path_segment(spec.text("owner")) + "/" +
                           path_segment(spec.text("repo")) + "/pullrequests/";
  session.pages(list, [&](const http::Answer& answer) {
    expect_repository(session, answer);
    const Fields page(session.json(answer), From::answer, "page");
    for (const Fields& each : Fields::all(list_in(page), From::answer, "values")) {
      all.push_back(pull_request_of(each));
      session.count_items(1);
    }
    return next_path(session, page);
  });
  return all;
}

}  // namespace celldrift::services
