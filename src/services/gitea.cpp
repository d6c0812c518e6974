// Gitea's REST API, as Argo CD 3.5.7 asks it (code.gitea.io/sdk/gitea v0.25): of each list the
// first page, as long as the server makes it.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/regexp/regexp.hpp"
#include "services/go_url.hpp"
#include "services/pull_requests.hpp"
#include "services/repositories.hpp"

#include <array>
#include <charconv>

namespace celldrift::services {
namespace {

using From = Fields::From;

constexpr int not_found = 404;

using Version = std::array<std::int64_t, 3>;
constexpr Version oldest{1, 11, 0};
constexpr Version knows_heads{1, 14, 0};  // of pull requests

struct ServerVersion {
  Version numbers{};
  bool before_release = false;

  bool at_least(const Version& wanted) const {
    return numbers == wanted ? !before_release : numbers > wanted;
  }
};

// As hashicorp/go-version reads one.
ServerVersion version_of(const std::string& text) {
  static const regexp::Regexp whole(
      R"(^v?([0-9]+(\.[0-9]+)*?)(-([0-9]+[0-9A-Za-z\-~]*(\.[0-9A-Za-z\-~]+)*)|(-?([A-Za-z\-~]+[0-9A-Za-z\-~]*(\.[0-9A-Za-z\-~]+)*)))?(\+([0-9A-Za-z\-~]+(\.[0-9A-Za-z\-~]+)*))?$)");
  if (!whole.matches(text)) {
    throw Error(ErrorCode::server, "unknown version of Gitea: " + printable(text));
  }
  const std::string_view from_digits = std::string_view(text).substr(text.starts_with('v'));
  const std::size_t end = from_digits.find_first_not_of("0123456789.");
  const std::string_view rest = from_digits.substr(std::min(end, from_digits.size()));
  ServerVersion version;
  version.before_release = !rest.empty() && !rest.starts_with('+');
  std::size_t at = 0;
  for (const std::string_view part : split(from_digits.substr(0, end), '.')) {
    if (at < version.numbers.size()) {
      std::from_chars(part.data(), part.data() + part.size(), version.numbers[at++]);
    }
  }
  return version;
}

// The library asks for it before anything else.
ServerVersion see_version(Session& session) {
  const http::Answer answer = session.get("/version");
  if (answer.response.status == not_found) {  // of the server, not of a repository
    throw Error(ErrorCode::server, answer.asked + ": there is no Gitea here (404)");
  }
  session.expect_success(answer);
  const ServerVersion version =
      version_of(Fields(session.json(answer), From::answer, "version").text("version"));
  if (!version.at_least(oldest)) {
    throw Error(ErrorCode::server, "the Gitea server is older than 1.11.0");
  }
  return version;
}

std::string segment(const std::string& text, std::string_view what) {
  if (text.empty()) {
    throw Error(ErrorCode::config, "the " + std::string(what) + " of a Gitea repository is empty");
  }
  return path_segment(text);
}

std::string path_of(const std::string& owner, const std::string& repository) {
  return "/repos/" + segment(owner, "owner") + "/" + segment(repository, "name");
}

std::string segments(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/')) {
    parts.push_back(path_segment(part));
  }
  return join(parts, "/");
}

std::string first_page(Parameters more = {}) {
  more.insert(more.end(), {{"limit", "0"}, {"page", "1"}});
  return query(std::move(more));
}

std::vector<std::string> names_of(const std::vector<Fields>& labels) {
  std::vector<std::string> names;
  for (const Fields& label : labels) {
    names.push_back(label.text("name"));
  }
  return names;
}

class Gitea final : public ScmProvider {
 public:
  Gitea(Session& session, const Fields& spec, std::string protocol)
      : session_(session),
        owner_(spec.text("owner")),
        protocol_(std::move(protocol)),
        all_branches_(spec.flag("allBranches")),
        exclude_archived_(spec.flag("excludeArchivedRepos")) {}

  std::vector<Repository> repositories() override {
    see_version(session_);
    std::vector<Repository> all;
    const std::string list = "/orgs/" + segment(owner_, "owner") + "/repos" + first_page();
    for (const Fields& each : list_at(list, "repositories")) {
      const std::string name = each.text("name");
      const std::string url =
          clone_url(protocol_, each.text("ssh_url"), each.text("html_url"), "GitHub");
      const auto labels = list_at(path_of(owner_, name) + "/labels" + first_page(), "labels");
      if (exclude_archived_ && each.flag("archived")) {
        continue;
      }
      all.push_back({.organization = owner_,
                     .name = name,
                     .url = url,
                     .branch = each.text("default_branch"),
                     .labels = names_of(labels),
                     .id = Value::integer(each.number("id"))});
    }
    return all;
  }

  std::vector<Repository> branches_of(const Repository& repository) override {
    const std::string list = path_of(owner_, repository.name) + "/branches";
    if (!all_branches_) {
      const Value given = session_.get_json(list + "/" + segments(repository.branch));
      Repository branch = branch_of(repository, Fields(given, From::answer, "branch"));
      branch.branch = repository.branch;
      return {branch};
    }
    std::vector<Repository> branches;
    for (const Fields& each : list_at(list + first_page(), "branches")) {
      branches.push_back(branch_of(repository, each));
    }
    return branches;
  }

  bool has_path(const Repository& branch, const std::string& path) override {
    const std::string below = path.starts_with('/') ? path.substr(1) : path;
    const http::Answer answer =
        session_.get(path_of(branch.organization, branch.name) + "/contents/" + segments(below) +
                     query({{"ref", branch.branch}}));
    if (answer.response.status == not_found) {
      return false;
    }
    session_.expect_success(answer);
    return true;
  }

 private:
  std::vector<Fields> list_at(const std::string& path, const std::string& what) {
    const auto list = Fields::all(session_.get_json(path), From::answer, what);
    session_.count_items(list.size());
    return list;
  }

  static Repository branch_of(const Repository& repository, const Fields& given) {
    Repository branch = repository;
    branch.branch = given.text("name");
    branch.sha = given.needed_object("commit").text("id");
    return branch;
  }

  Session& session_;
  const std::string owner_;
  const std::string protocol_;
  const bool all_branches_;
  const bool exclude_archived_;
};

PullRequest pull_request_of(const Fields& given) {
  const Fields head = given.needed_object("head");
  const std::vector<std::string> labels = names_of(given.objects("labels"));
  return {.number = given.number("number"),
          .title = given.text("title"),
          .branch = head.text("ref"),
          .target_branch = given.needed_object("base").text("ref"),
          .head_sha = head.text("sha"),
          .labels = labels.empty() ? std::nullopt : std::optional(labels),
          .author = given.needed_object("user").text("login")};
}

}  // namespace

std::unique_ptr<ScmProvider> gitea_repositories(Session& session,
                                                const Fields& spec,
                                                std::string protocol) {
  return std::make_unique<Gitea>(session, spec, std::move(protocol));
}

std::vector<PullRequest> gitea_pull_requests(Session& session, const Fields& spec) {
  const ServerVersion version = see_version(session);
  const http::Answer answer = session.get(path_of(spec.text("owner"), spec.text("repo")) +
                                          "/pulls" + first_page({{"state", "open"}}));
  expect_repository(session, answer);
  const std::vector<std::string> wanted = spec.texts("labels");
  std::vector<PullRequest> all;
  for (const Fields& each : Fields::all(session.json(answer), From::answer, "pulls")) {
    if (has_labels(wanted, names_of(each.objects("labels")))) {
      all.push_back(pull_request_of(each));
      session.count_items(1);
    }
    if (!version.at_least(knows_heads) && all.size() && all.back().head_sha.empty()) {
      throw Error(ErrorCode::unsupported,
                  "Gitea before 1.14 does not say the commits of its pull requests; record the "
                  "answer for --generator-inputs");
    }
  }
  return all;
}

}  // namespace celldrift::services
