#include "celldrift/git/repository.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <iterator>
#include <random>
#include <set>
#include <sstream>

namespace celldrift::git {
namespace {

std::vector<std::string> ids_of(const PathHistory& history) {
  std::vector<std::string> ids;
  for (const PathChange& change : history.changes) {
    ids.push_back(change.id);
  }
  return ids;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

PathHistory history_of(const Repository& repository,
                       const std::string& from,
                       std::vector<std::string> paths,
                       const HistoryLimits& limits = {}) {
  return repository.history({.from = {from}, .without = {}, .paths = std::move(paths)}, limits);
}

// The changes that are in the history of `from` and not in that of change `i`.
std::set<std::string> changes_after(const PathHistory& history, std::size_t i) {
  std::vector<bool> is_older(history.changes.size());
  std::vector<std::size_t> open{i};
  while (!open.empty()) {
    const std::size_t next = open.back();
    open.pop_back();
    if (!is_older[next]) {
      is_older[next] = true;
      const auto& before = history.changes[next].before;
      open.insert(open.end(), before.begin(), before.end());
    }
  }
  std::set<std::string> later;
  for (std::size_t k = 0; k < history.changes.size(); ++k) {
    if (!is_older[k]) {
      later.insert(history.changes[k].id);
    }
  }
  return later;
}

std::set<std::string> set_of(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

// What git says, but for merges that are as one of their parents is.
std::set<std::string> git_changes(const Repo& repo,
                                  const std::string& range,
                                  const std::string& paths) {
  std::set<std::string> changes =
      set_of(words_of(repo.git("rev-list --full-history --no-merges " + range + " -- " + paths)));
  const auto files = [&](const std::string& commit) {
    return repo.git("ls-tree -r " + commit + " -- " + paths);
  };
  std::istringstream merges(
      repo.git("rev-list --full-history --merges --parents " + range + " -- " + paths));
  for (std::string line; std::getline(merges, line);) {
    const std::vector<std::string> ids =
        words_of(repo.git("rev-parse " + line.substr(0, 40) + " " + line.substr(0, 40) + "^@"));
    if (std::none_of(ids.begin() + 1, ids.end(), [&](const std::string& parent) {
          return files(parent) == files(ids[0]);
        })) {
      changes.insert(ids[0]);
    }
  }
  return changes;
}

// A history with merges, written by git fast-import.
class RandomHistory {
 public:
  explicit RandomHistory(unsigned seed) : random_(seed) {}

  // Commits that each change a few of the files; "main" is the last.
  const Repo& make(int commits) {
    std::ostringstream stream;
    for (int i = 1; i <= commits; ++i) {
      const int merged = i > 4 && pick(4) == 0 ? 1 + pick(i - 2) : 0;
      stream << "commit refs/heads/main\nmark :" << i << "\ncommitter Ada <a@b> "
             << 1700000000 + i * 60 << " +0000\ndata 1\nx\n";
      if (i > 1) {
        stream << "from :" << (pick(5) == 0 ? 1 + pick(i - 1) : i - 1) << "\n";
      }
      if (merged != 0) {
        stream << "merge :" << merged << "\n";
      }
      for (int change = pick(3); change > 0; --change) {
        write_change(stream);
      }
    }
    const fs::path script = repo_.path() / "script";
    git::write(script, stream.str());
    repo_.git("fast-import --quiet --force < '" + script.string() + "'");
    return repo_;
  }

 private:
  int pick(int count) { return int(random_() % unsigned(count)); }

  void write_change(std::ostringstream& stream) {
    static constexpr const char* files[] = {
        "a", "apps/x/a.yaml", "apps/x/deep/b.yaml", "apps/y/a.yaml", "apps-z/a.yaml", "apps.b"};
    const char* file = files[pick(6)];
    if (pick(8) == 0) {
      stream << "D " << file << "\n";
    } else {
      const std::string text = std::to_string(pick(4));  // old contents come again
      stream << "M 100644 inline " << file << "\ndata " << text.size() << "\n" << text << "\n";
    }
  }

  Repo repo_;
  std::mt19937 random_;
};

TEST_CASE("changes of paths are those that git log has, each once") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    RandomHistory random(seed);
    const Repo& repo = random.make(80);
    const std::string head = repo.git("rev-parse main");
    const auto opened = open(repo.path());
    for (const std::string paths : {"apps/x", "apps/x/deep/b.yaml", "a apps/y", "apps.b"}) {
      CAPTURE(paths);
      const PathHistory history = history_of(*opened, head, words_of(paths));
      CHECK(history.end == PathHistory::End::root);
      const auto found = ids_of(history);
      CHECK(set_of(found) == git_changes(repo, "main", paths));
      for (std::size_t i = 0; i < found.size(); i += 7) {
        CHECK(changes_after(history, i) == git_changes(repo, found[i] + "..main", paths));
      }
    }
  }
}

TEST_CASE("what some commits have in their history is left out") {
  RandomHistory random(7);
  const Repo& repo = random.make(120);
  const auto opened = open(repo.path());
  const std::string head = repo.git("rev-parse main");
  const std::string old = repo.git("rev-parse main~9");
  const PathHistory history =
      opened->history({.from = {head}, .without = {old}, .paths = {"apps"}}, {});
  CHECK(set_of(ids_of(history)) == git_changes(repo, "main ^" + old, "apps"));
  CHECK(opened->history({.from = {old}, .without = {head}, .paths = {"apps"}}, {}).changes.empty());
}

TEST_CASE("contents are ids, and nothing where nothing is") {
  const Repo repo;
  repo.write("apps/a/x.yaml", "x");
  repo.git("init -q -b main .");
  fs::create_symlink("apps", repo.path() / "link");
  const std::string head = repo.commit("first");
  const auto opened = open(repo.path());
  const auto contents =
      opened->contents(head, {"apps/a", "apps/a/x.yaml", "apps/b", "apps/a/x.yaml/y", "link/a"});
  CHECK(contents[0] == repo.git("rev-parse HEAD:apps/a"));
  CHECK(contents[1] == repo.git("rev-parse HEAD:apps/a/x.yaml"));
  CHECK(contents[2].empty());
  CHECK(contents[3].empty());
  CHECK(contents[4] == "link " + repo.git("rev-parse HEAD^{tree}"));
  CHECK(std::to_string(opened->commit_time(head)) == repo.git("log -1 --format=%ct"));
}

TEST_CASE("a limit, and a shallow clone, say that there may be more") {
  RandomHistory random(8);
  const Repo& repo = random.make(60);
  const std::string head = repo.git("rev-parse main");
  const auto opened = open(repo.path());
  const PathHistory all = history_of(*opened, head, {"apps"});
  const PathHistory some = history_of(*opened, head, {"apps"}, {.changes = 3});
  CHECK(some.end == PathHistory::End::limit);
  CHECK(some.changes.size() == 3);
  CHECK(some.changes.front().id == all.changes.front().id);
  CHECK(history_of(*opened, head, {"apps"}, {.changes = 200, .commits = 5}).commits == 5);

  const fs::path clone = sandbox.fresh("clone");
  run("git clone -q --depth 2 -b main '" + repo.url() + "' '" + clone.string() + "'");
  const PathHistory shallow = history_of(*open(clone), head, {"apps"});
  CHECK(shallow.end == PathHistory::End::cut_off);
  CHECK(shallow.changes.back().is_cut_off);
}

TEST_CASE("tips are the branches and tags") {
  const Repo repo;
  repo.write("a", "1");
  const std::string first = repo.commit("first");
  repo.git("tag -a v1 -m v1");
  repo.git("tag tree-tag HEAD^{tree}");
  repo.git("branch other");
  const std::vector<NamedCommit> expected{
      {"refs/heads/main", first}, {"refs/heads/other", first}, {"refs/tags/v1", first}};
  CHECK(open(repo.path())->tips() == expected);
}

double cpu_seconds() {
  return double(std::clock()) / CLOCKS_PER_SEC;
}

TEST_CASE("a long history of many directories is walked in well under a second") {
  const Repo repo;
  std::ostringstream stream;
  constexpr int commits = 10'000;
  for (int i = 1; i <= commits; ++i) {
    stream << "commit refs/heads/main\ncommitter Ada <a@b> " << 1700000000 + i
           << " +0000\ndata 1\nx\nM 100644 inline apps/service-" << i % 500 << "/app.yaml\ndata 8\n"
           << 10'000'000 + i << "\n";
  }
  const fs::path script = repo.path() / "script";
  write(script, stream.str());
  repo.git("fast-import --quiet < '" + script.string() + "'");
  const std::string head = repo.git("rev-parse main");
  const auto opened = open(repo.path());
  const double start = cpu_seconds();
  const PathHistory history = history_of(*opened, head, {"apps/service-7"});
  const double first = cpu_seconds();
  CHECK(history.changes.size() == 20);
  CHECK(history.commits == commits);
  CHECK(history_of(*opened, head, {"apps/service-8"}).changes.size() == 20);
  const double second = cpu_seconds();
  MESSAGE("10,000 commits: " << first - start << " s of CPU, again " << second - first << " s");
#ifdef __SANITIZE_THREAD__
  constexpr double bound = 150;  // it makes everything about ten times slower
#else
  constexpr double bound = 15;  // unoptimised, and under the address sanitizer too
#endif
  CHECK(first - start < bound);
}

}  // namespace
}  // namespace celldrift::git
