#include "celldrift/git/repository.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace celldrift::git {
namespace {

std::set<std::uint32_t> first_lines(std::uint32_t count) {
  std::set<std::uint32_t> lines;
  for (std::uint32_t i = 1; i <= count; ++i) {
    lines.insert(i);
  }
  return lines;
}

const LineChange& line_of(const Blamed& blamed, const std::string& path, std::uint32_t line) {
  return blamed.at({path, line});
}

std::string subject_of(const LineChange& change) {
  return change.commit ? change.commit->subject
                       : (change.uncommitted ? "(uncommitted)" : "(" + change.reason + ")");
}

std::string subjects(const Blamed& blamed) {
  std::string text;
  for (const auto& [place, change] : blamed) {
    text += (text.empty() ? "" : " ") + subject_of(change);
  }
  return text;
}

Blamed blame(const Repository& repository,
             const std::string& commit,
             const BlameFile& file,
             const BlameLimits& limits = {}) {
  return repository.blame(commit, std::span(&file, 1), limits);
}

// What the real git says, in the form of subjects().
std::string git_blame(const Repo& repo, const std::string& commit, const std::string& path) {
  std::istringstream lines(repo.git("blame --line-porcelain " + commit + " -- '" + path + "'"));
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("summary ")) {
      text += (text.empty() ? "" : " ") + line.substr(8);
    }
  }
  return text;
}

TEST_CASE("a line's commit is the one that changed it last") {
  const Repo repo;
  repo.write("apps/a.yaml", "one\ntwo\nthree\n");
  repo.commit("first");
  repo.write("apps/a.yaml", "one\nTWO\nthree\n");
  repo.commit("second");
  repo.write("other.yaml", "x\n");
  repo.commit("third");
  repo.write("apps/a.yaml", "zero\none\nTWO\nthree\nfour\n");
  const std::string head = repo.commit("fourth");
  const auto opened = open(repo.path());
  const Blamed blamed = blame(*opened, head, {.path = "apps/a.yaml", .lines = first_lines(5)});
  CHECK(subjects(blamed) == "fourth first second first fourth");
  const CommitInfo& commit = *line_of(blamed, "apps/a.yaml", 1).commit;
  CHECK(commit.id == head);
  CHECK(commit.author == "Ada");
  CHECK(commit.time == 1700000000);
}

TEST_CASE("a renamed file keeps its history") {
  const Repo repo;
  repo.write("old/a.yaml", "one\ntwo\nthree\nfour\nfive\n");
  repo.commit("first");
  repo.git("mv old/a.yaml b.yaml");
  repo.write("b.yaml", "one\ntwo\nthree\nfour\nFIVE\n");
  const std::string head = repo.commit("second");
  const Blamed blamed =
      blame(*open(repo.path()), head, {.path = "b.yaml", .lines = first_lines(5)});
  CHECK(subjects(blamed) == "first first first first second");
}

TEST_CASE("what is not committed says so, and other lines keep their commits") {
  const Repo repo;
  repo.write("a.yaml", "one\ntwo\nthree\n");
  const std::string head = repo.commit("first");
  const auto opened = open(repo.path());
  const std::string text = "one\nnew\nthree\n";
  CHECK(subjects(blame(*opened, head, {.path = "a.yaml", .lines = {1, 2, 3}, .text = text})) ==
        "first (uncommitted) first");
  CHECK(subjects(blame(*opened, head, {.path = "b.yaml", .lines = {1}, .text = text})) ==
        "(uncommitted)");
}

TEST_CASE("what cannot be told has its reason") {
  const Repo repo;
  repo.write("a.yaml", "one\ntwo\n");
  repo.commit("first");
  repo.write("a.yaml", "one\nTWO\n");
  repo.commit("second");
  for (const char* empty : {"third", "fourth", "fifth"}) {
    repo.commit(empty);
  }
  const std::string head = repo.git("rev-parse HEAD");
  const auto opened = open(repo.path());
  const BlameFile file{.path = "a.yaml", .lines = {1, 2}};
  SUBCASE("a history that is too long") {
    CHECK(subjects(blame(*opened, head, file, {.commits = 4})) ==
          "(it was not changed in the last 4 commits) second");
  }
  SUBCASE("a file that is too large") {
    CHECK(subjects(blame(*opened, head, file, {.file_bytes = 4})) ==
          "(the file has more than 4 bytes) (the file has more than 4 bytes)");
  }
  SUBCASE("another file at this path") {
    BlameFile other = file;
    other.blob = std::string(40, 'a');
    CHECK(subjects(blame(*opened, head, other)) ==
          "(the commit has no such file at this path) (the commit has no such file at this path)");
  }
  SUBCASE("a shallow clone") {
    const fs::path clone = sandbox.fresh("clone");
    run("git -c protocol.file.allow=always clone -q --depth 4 " + repo.url() + " '" +
        clone.string() + "'");
    const std::string cut = repo.git("rev-parse --short=7 HEAD~3");
    const std::string reason = "(only a part of the history is here, since " + cut + ")";
    CHECK(subjects(blame(*open(clone), head, file)) == reason + " " + reason);
  }
  SUBCASE("no such commit") {
    CHECK_FALSE(failure_of([&] { blame(*opened, std::string(40, 'b'), file); }).empty());
  }
}

// Random histories with branches, merges, renames and repeated lines, against git itself.
class RandomHistory {
 public:
  explicit RandomHistory(unsigned seed) : state_(seed) {}

  const Repo& make(int commits) {
    files_ = {{"a/x.yaml", {}}, {"a/b/y.yaml", {}}, {"z.yaml", {}}};
    for (int i = 0; i < commits; ++i) {
      step(i);
    }
    return repo_;
  }

 private:
  unsigned random(unsigned below) {
    state_ = state_ * 1664525u + 1013904223u;
    return (state_ >> 10) % below;
  }

  void step(int number) {
    if (number > 3 && random(5) == 0) {
      branch_and_merge(number);
    }
    edit();
    commit("c" + std::to_string(number));
  }

  void commit(const std::string& name) {
    const std::string date = std::to_string(1700000000 + 1000 * ++clock_) + " +0000";
    setenv("GIT_COMMITTER_DATE", date.c_str(), 1);
    repo_.commit(name);
  }

  void edit() {
    for (auto& [path, lines] : files_) {
      if (random(3) != 0) {
        continue;
      }
      for (unsigned n = 1 + random(4); n-- > 0;) {
        const std::size_t at = random(unsigned(lines.size()) + 1);
        if (at < lines.size() && random(3) == 0) {
          lines.erase(lines.begin() + long(at));
        } else {
          lines.insert(lines.begin() + long(at), words[random(6)] + std::to_string(random(40)));
        }
      }
      save(path, lines);
    }
  }

  void save(const std::string& path, const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
      text += line + "\n";
    }
    repo_.write(path, text);
  }

  // One side keeps some files, the other some: as merges whose conflicts people settle.
  void branch_and_merge(int number) {
    repo_.git("checkout -q -b side" + std::to_string(number) + " HEAD~" +
              std::to_string(1 + random(2)));
    reload();
    edit();
    commit("s" + std::to_string(number));
    repo_.git("checkout -q main");
    repo_.git("merge -q --no-commit -s recursive -X ours side" + std::to_string(number) +
              " > /dev/null 2>&1 || git -C '" + repo_.path().string() +
              "' checkout -q --ours . > /dev/null 2>&1 || true");
    commit("m" + std::to_string(number));
    reload();
  }

  void reload() {
    for (auto& [path, lines] : files_) {
      lines.clear();
      std::ifstream file(repo_.path() / path);
      for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
      }
    }
  }

  static constexpr const char* words[] = {"  key: ", "- name: ", "image: app:", "", "}", "    x: "};
  Repo repo_;
  unsigned state_;
  int clock_ = 0;
  std::map<std::string, std::vector<std::string>> files_;
};

TEST_CASE("random histories are blamed as git blames them") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    RandomHistory history(seed);
    const Repo& repo = history.make(30);
    const std::string head = repo.git("rev-parse HEAD");
    const auto opened = open(repo.path());
    for (const std::string path : {"a/x.yaml", "a/b/y.yaml", "z.yaml"}) {
      CAPTURE(path);
      const std::string expected = git_blame(repo, head, path);
      const auto count = std::uint32_t(std::ranges::count(expected, ' ')) + 1;
      const Blamed blamed =
          blame(*opened, head, {.path = path, .lines = first_lines(expected.empty() ? 0 : count)});
      CHECK(subjects(blamed) == expected);
    }
  }
}

}  // namespace
}  // namespace celldrift::git
