#include "celldrift/git/repository.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

namespace celldrift::git {

namespace {

std::string listing(const Tree& tree, const std::string& path = "") {
  std::string text;
  for (const Entry& entry : tree.list(path)) {
    const std::string inner = path.empty() ? entry.name : path + "/" + entry.name;
    text += entry.kind == EntryKind::directory ? listing(tree, inner) : inner + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("a work tree is what git would commit") {
  const Repo repo;
  repo.write(".gitignore", "*.log\nbuild/\nkept/*\n!kept/this\n");
  repo.write("a.yaml", "old");
  repo.write("forced.log", "tracked although ignored");
  repo.write("gone", "x");
  repo.write("build/forced", "tracked in an ignored directory");
  repo.git("add -f forced.log build/forced");
  repo.commit("one");
  repo.write("a.yaml", "new");
  repo.write("untracked/b.yaml", "b");
  repo.write("untracked/x.log", "ignored");
  repo.write("build/out", "ignored");
  repo.write("kept/this", "1");
  repo.write("kept/that", "2");
  repo.write(".git/info/exclude", "secret\n");
  repo.write("secret", "s");
  fs::create_directories(repo.path() / "empty/empty");
  fs::remove(repo.path() / "gone");
  mkfifo((repo.path() / "pipe").c_str(), 0600);

  const auto tree = open(repo.path())->work_tree();
  CHECK(listing(*tree) == ".gitignore a.yaml build/forced forced.log kept/this untracked/b.yaml ");
  CHECK(*tree->read("a.yaml").text == "new");
  CHECK(tree->commit() == "");
  CHECK_FALSE(tree->find("empty"));
  CHECK_FALSE(tree->find(".git/config"));
  CHECK_FALSE(tree->find("build/out"));
}

TEST_CASE("a file has the id that it has in a commit") {
  const Repo repo;
  repo.write("d/a.yaml", "a");
  repo.write("b", "");
  fs::create_symlink("d/a.yaml", repo.path() / "link");
  const std::string id = repo.commit("one");
  const auto opened = open(repo.path());
  CHECK(opened->work_tree()->list("") == opened->tree(id)->list(""));
  CHECK(*opened->work_tree()->read("link").text == "a");
}

TEST_CASE("links out of a work tree are refused with their names") {
  const Repo repo;
  fs::create_symlink("/etc", repo.path() / "etc");
  fs::create_symlink("../../../../../../etc/passwd", repo.path() / "up");
  fs::create_symlink(".git/config", repo.path() / "config");
  const auto tree = open(repo.path())->work_tree();
  CHECK(contains(failure_of([&] { tree->read("etc/passwd"); }), "'etc' points to '/etc'"));
  CHECK(contains(failure_of([&] { tree->read("up"); }), "outside of the repository"));
  CHECK(contains(failure_of([&] { tree->read("config"); }), "does not exist"));
}

TEST_CASE("another repository in a work tree is no part of it") {
  const Repo repo;
  repo.write("a", "a");
  repo.commit("one");
  run("git init -q '" + (repo.path() / "nested").string() + "'");
  repo.write("nested/x", "x");
  const auto tree = open(repo.path())->work_tree();
  CHECK(tree->find("nested")->kind == EntryKind::submodule);
}

TEST_CASE("one audit never mixes two states of a file") {
  const Repo repo;
  repo.write("a", "1");
  repo.write("b", "1");
  const auto tree = open(repo.path())->work_tree();
  repo.write("a", "2");
  CHECK(contains(failure_of([&] { tree->read("a"); }), "changed while it was audited"));
  fs::remove(repo.path() / "a");
  fs::create_symlink("/etc/passwd", repo.path() / "a");
  CHECK(failure_of([&] { tree->read("a"); }) != "");
}

TEST_CASE("what cannot be read is an error, never absent") {
  if (geteuid() == 0) {
    return;  // root may read everything
  }
  const Repo repo;
  repo.write("a/x", "1");
  repo.write("b", "1");
  fs::permissions(repo.path() / "a", fs::perms::none);
  fs::permissions(repo.path() / "b", fs::perms::none);
  const auto tree = open(repo.path())->work_tree();
  CHECK(contains(failure_of([&] { tree->list("a"); }), "Permission denied"));
  CHECK(contains(failure_of([&] { tree->read("b"); }), "Permission denied"));
  fs::permissions(repo.path() / "a", fs::perms::owner_all);
}

TEST_CASE("a repository does not choose where its files are") {
  const Repo repo;
  repo.git("config core.worktree /etc");
  CHECK(contains(failure_of([&] { open(repo.path()); }), "core.worktree"));
}

TEST_CASE("nothing is written to a repository") {
  const Repo repo;
  repo.write("a/b", "b");
  repo.write(".gitignore", "x");
  const std::string id = repo.commit("one");
  repo.write("a/b", "b");  // a new time: git status would refresh the index
  const std::string before = contents_of(repo.path());
  const auto opened = open(repo.path());
  opened->work_tree()->read("a/b");
  opened->tree(id)->read("a/b");
  opened->resolve("main");
  opened->commit(id);
  opened->remotes();
  CHECK(contents_of(repo.path()) == before);
}

}  // namespace celldrift::git
