// What targetRevisions come to, compared with what Argo CD's own code said of the same repositories
// (testdata/revisions; tests/oracles/argocd/revisions.py has the format).
#include "celldrift/core/text.hpp"
#include "celldrift/git/repository.hpp"
#include "http_server.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace celldrift::git {

namespace {

struct Question {
  Target target;
  std::string answer;
};

// A repository as a case file describes it, and what is asked of it.
class Described {
 public:
  explicit Described(const fs::path& file) : path_(sandbox.fresh("described")) {
    git("init -q --bare -b main .");
    tree_ = git("mktree < /dev/null");
    std::istringstream lines(read_file(file.string()));
    for (std::string line; std::getline(lines, line);) {
      line.starts_with("ask\t") ? ask(line) : build(line);
    }
  }

  const std::vector<Question>& questions() const { return questions_; }
  const std::vector<std::string>& commits() const { return commits_; }
  const fs::path& path() const { return path_; }

 private:
  std::string git(const std::string& arguments) const {
    return run("git -C '" + path_.string() + "' " + arguments);
  }

  void build(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    std::string name;
    std::size_t number = 0;
    words >> word >> name >> number;
    if (word == "commits") {
      for (int i = 0; i < std::stoi(name); ++i) {
        const std::string parent = commits_.empty() ? "" : " -p " + commits_.back();
        commits_.push_back(git("commit-tree " + tree_ + " -m c" + std::to_string(i) + parent));
      }
    } else if (word == "head") {
      git("symbolic-ref HEAD " + name);
    } else if (word == "ref") {
      git("update-ref " + name + " " + commits_[number]);
    } else if (word == "tag") {
      git("tag -a -m note " + name.substr(10) + " " + commits_[number]);
      tags_.push_back(git("rev-parse " + name));
    }
  }

  void ask(const std::string& line) {
    const std::vector<std::string_view> fields = split(line, '\t');
    REQUIRE(fields.size() == 4);
    questions_.push_back(
        {{.revision = filled(std::string(fields[1])), .tag_prefix = std::string(fields[2])},
         std::string(fields[3])});
  }

  // {0}, {0:8} and {t1} filled in.
  std::string filled(const std::string& revision) const {
    const std::size_t open = revision.find('{');
    if (open == revision.npos) {
      return revision;
    }
    const bool is_tag = revision[open + 1] == 't';
    const std::string rest = revision.substr(open + (is_tag ? 2 : 1));
    const auto number = std::stoul(rest);
    const std::string& id = is_tag ? tags_[number - 1] : commits_[number];
    const std::size_t colon = rest.find(':');
    return colon == rest.npos ? id : id.substr(0, std::stoul(rest.substr(colon + 1)));
  }

  fs::path path_;
  std::string tree_;
  std::vector<std::string> commits_;
  std::vector<std::string> tags_;
  std::vector<Question> questions_;
};

// The answer of a repository in the words of a case file.
std::string answer_of(const Repository& repository,
                      const Described& described,
                      const Target& target) {
  try {
    const ResolvedTarget found = repository.resolve_target(target);
    CHECK(repository.tree(found.commit)->commit() == found.commit);
    if (found.revision == target.revision) {
      return "as written";
    }
    CHECK(found.revision == found.commit);
    const auto commit = std::ranges::find(described.commits(), found.commit);
    return std::to_string(commit - described.commits().begin());
  } catch (const Error& error) {
    return contains(error.what(), "Argo CD takes either") ? "either" : "error";
  }
}

// Argo CD hands on an id without looking; the checkout fails then.
std::string expected(const Question& question, const Described& described) {
  const bool exists = std::system(("git -C '" + described.path().string() + "' cat-file -e '" +
                                   question.target.revision + "^{commit}' 2>/dev/null")
                                      .c_str()) == 0;
  if (question.answer == "as written" && !exists) {
    return "error";
  }
  return question.answer.find(' ') == std::string::npos || question.answer == "as written"
             ? question.answer
             : "either";
}

std::vector<fs::path> case_files() {
  const char* folder = std::getenv("CELLDRIFT_REVISIONS");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(
           folder == nullptr ? fs::path(CELLDRIFT_TESTDATA) / "revisions" : fs::path(folder))) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

TEST_CASE("a targetRevision is what Argo CD makes of it") {
  for (const fs::path& file : case_files()) {
    CAPTURE(file);
    const Described described(file);
    const auto local = open(described.path());
    const fs::path cache = sandbox.fresh("cache");
    for (const Question& question : described.questions()) {
      CAPTURE(question.target.revision);
      CAPTURE(question.target.tag_prefix);
      const std::string wanted = expected(question, described);
      CHECK(answer_of(*local, described, question.target) == wanted);
      const auto fetched = fetch("file://" + described.path().string(),
                                 {.cache = cache, .targets = {question.target}});
      CHECK(answer_of(*fetched, described, question.target) == wanted);
    }
  }
}

TEST_CASE("several revisions are fetched at once, into one cache") {
  const Repo work;
  work.write("a", "one");
  const std::string one = work.commit("one");
  work.git("tag -a -m note v1.0.0");
  work.write("a", "two");
  const std::string two = work.commit("two");
  work.git("branch stable");
  work.write("a", "three");
  const std::string three = work.commit("three");
  const fs::path root = sandbox.fresh("served");
  run("git clone -q --bare '" + work.path().string() + "' '" + (root / "repo.git").string() + "'");
  const HttpServer server(root);
  fetch(server.url("/repo.git"), {.cache = sandbox.fresh("cache"), .targets = {{"main"}}});
  const std::size_t of_one = server.downloads();
  const fs::path cache = sandbox.fresh("cache");
  const auto repository =
      fetch(server.url("/repo.git"),
            {.cache = cache, .targets = {{""}, {"stable"}, {"1.x"}, {"main"}, {"missing"}}});
  CHECK(server.downloads() == 2 * of_one);
  const auto text = [&](const std::string& revision) {
    const ResolvedTarget found = repository->resolve_target({revision});
    return *repository->tree(found.commit)->read("a").text;
  };
  CHECK(text("1.x") == "one");
  CHECK(text("stable") == "two");
  CHECK(text("") == "three");
  CHECK(text("main") == "three");
  CHECK(contains(failure_of([&] { text("missing"); }), "no branch, tag or commit 'missing'"));

  std::size_t repositories = 0;
  for (const auto& entry : fs::recursive_directory_iterator(cache)) {
    repositories += entry.path().filename() == "HEAD" ? 1 : 0;
  }
  CHECK(repositories == 1);
  fetch(server.url("/repo.git"), {.cache = cache, .targets = {{one}, {two}, {three}}});
  CHECK(server.downloads() == 2 * of_one);
}

TEST_CASE("branches that only origin has count as branches") {
  const Repo repo;
  const std::string one = repo.commit("one");
  const std::string two = repo.commit("two");
  repo.git("update-ref refs/remotes/origin/theirs " + one);
  repo.git("update-ref refs/remotes/origin/main " + one);
  repo.git("symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main");
  const auto opened = open(repo.path());
  CHECK(opened->resolve_target({"theirs"}).commit == one);
  CHECK(opened->resolve_target({"refs/heads/theirs"}).commit == one);
  CHECK(opened->resolve_target({"main"}).commit == two);  // what is audited is what lies here
  repo.git("checkout -q --detach " + one);
  CHECK(open(repo.path())->resolve_target({""}).commit == one);
}

}  // namespace celldrift::git
