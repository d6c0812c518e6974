#include "celldrift/core/parallel.hpp"
#include "celldrift/git/repository.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>

#include <atomic>

namespace celldrift::git {

TEST_CASE("a repository is found from anywhere inside it") {
  const Repo repo;
  repo.write("a/b/c.yaml", "c");
  const std::string id = repo.commit("one");
  for (const fs::path& path : {repo.path(), repo.path() / "a" / "b", repo.path() / ".git"}) {
    CAPTURE(path);
    const auto opened = open(path);
    CHECK(opened->name() == repo.path().string());
    CHECK(opened->resolve("") == id);
  }
  const fs::path bare = sandbox.fresh("bare");
  run("git clone -q --bare '" + repo.path().string() + "' '" + bare.string() + "'");
  CHECK(open(bare)->resolve("main") == id);
  CHECK(*open(bare)->tree(id)->read("a/b/c.yaml").text == "c");
  CHECK(contains(failure_of([&] { open(bare)->work_tree(); }), "bare"));

  const fs::path linked = sandbox.fresh("linked") / "tree";
  repo.git("worktree add -q -b other '" + linked.string() + "'");
  CHECK(open(linked)->resolve("HEAD") == id);
  CHECK(open(linked)->name() == linked.string());
  CHECK(*open(linked)->work_tree()->read("a/b/c.yaml").text == "c");
}

TEST_CASE("what is no repository is named") {
  const fs::path empty = sandbox.fresh("empty");
  CHECK(contains(failure_of([&] { open(empty); }),
                 "'" + empty.string() + "' is not in a git repository"));
  CHECK(contains(failure_of([&] { open(empty / "missing"); }), "No such file"));
}

TEST_CASE("a revision is resolved as Argo CD would") {
  const Repo repo;
  const std::string one = repo.commit("one");
  const std::string two = repo.commit("two");
  const std::string three = repo.commit("three");
  repo.git("branch feature/x " + one);
  repo.git("tag light " + one);
  repo.git("tag -a -m note annotated " + two);
  repo.git("tag -a -m note nested annotated");
  repo.git("tag both " + one);
  repo.git("branch both " + two);
  repo.git("update-ref refs/remotes/origin/theirs " + one);
  repo.git("update-ref refs/remotes/origin/main " + one);
  repo.git("branch cafe " + one);

  struct Case {
    std::string revision;
    std::string id;
  };
  const Case cases[] = {
      {"", three},
      {"HEAD", three},
      {"main", three},
      {"feature/x", one},
      {"light", one},
      {"annotated", two},
      {"nested", two},
      {"both", two},  // a branch before a tag
      {"theirs", one},
      {"origin/theirs", one},
      {"refs/tags/both", one},
      {"refs/heads/both", two},
      {one, one},
      {one.substr(0, 10), one},
      {"cafe", one},  // a branch before an abbreviated id
      {"HEAD~1", two},
      {"main^", two},
      {"main~2", one},
  };
  const auto opened = open(repo.path());
  for (const Case& c : cases) {
    CAPTURE(c.revision);
    CHECK(opened->resolve(c.revision) == c.id);
  }
}

TEST_CASE("a revision that is not there is refused with what is near") {
  const Repo repo;
  const std::string one = repo.commit("one");
  repo.write("f", "x");
  repo.commit("two");
  repo.git("branch release-1.2 " + one);
  repo.git("tag tree HEAD^{tree}");
  const auto opened = open(repo.path());
  const auto message = [&](const std::string& revision) {
    return failure_of([&] { opened->resolve(revision); });
  };
  CHECK(contains(message("release-1.3"),
                 "there is no branch, tag or commit 'release-1.3'; near it are 'release-1.2'"));
  CHECK(contains(message("zzzzzzzz"), "there are 'main', 'release-1.2', 'tree'"));
  CHECK(contains(message("tree"), "names a tree, not a commit"));
  CHECK(contains(message(std::string(40, 'a')), "no branch, tag or commit"));
  CHECK(contains(message("HEAD~9"), "no ancestor"));
  CHECK(contains(message("HEAD@{1}"), "no branch, tag or commit"));
  CHECK(contains(message("HEAD^{/one}"), "not understood"));
  CHECK(contains(message("a\x1b[31m"), "control characters"));
  CHECK(contains(message("a..b"), "no branch, tag or commit"));
  CHECK(contains(message(one.substr(0, 3)), "no branch, tag or commit"));

  const Repo empty;
  CHECK(contains(failure_of([&] { open(empty.path())->resolve(""); }), "no commits yet"));
}

TEST_CASE("a commit tells who made it") {
  const Repo repo;
  const std::string id = repo.commit("a subject\n\nand a body");
  const CommitInfo info = open(repo.path())->commit(id);
  CHECK(info.id == id);
  CHECK(info.author == "Ada");
  CHECK(info.time == 1700000000);
  CHECK(info.subject == "a subject");
}

TEST_CASE("remotes are named without credentials, origin first") {
  const Repo repo;
  repo.git("remote add backup https://user:secret@backup.example.com/a.git");
  repo.git("remote add origin git@example.com:a.git");
  repo.git("remote add short my:b");
  repo.git("config url.https://example.org/.insteadOf my:");
  CHECK(open(repo.path())->remotes() == std::vector<std::string>{"git@example.com:a.git",
                                                                 "https://backup.example.com/a.git",
                                                                 "my:b",
                                                                 "https://example.org/b"});
}

TEST_CASE("a commit's files are read from the object database") {
  const Repo repo;
  repo.write("apps/run.sh", "#!/bin/sh\n");
  repo.git("-c core.symlinks=true status");
  fs::permissions(repo.path() / "apps/run.sh", fs::perms::owner_all);
  fs::create_symlink("apps", repo.path() / "link");
  fs::create_symlink("/etc", repo.path() / "etc");
  const std::string id = repo.commit("one");
  fs::remove_all(repo.path() / "apps");
  const auto tree = open(repo.path())->tree(id);
  CHECK(tree->commit() == id);
  CHECK(*tree->read("link/run.sh").text == "#!/bin/sh\n");
  CHECK(tree->read("link/run.sh").oid == repo.git("rev-parse HEAD:apps/run.sh"));
  CHECK(tree->find("apps")->oid == repo.git("rev-parse HEAD:apps"));
  CHECK(contains(failure_of([&] { tree->read("etc/passwd"); }), "'etc' points to '/etc'"));
  CHECK(contains(failure_of([&] { open(repo.path())->tree(tree->find("apps")->oid); }),
                 "is a directory, not a commit"));
}

TEST_CASE("submodules are not entered") {
  const Repo inner("inner");
  inner.write("x", "x");
  const std::string id = inner.commit("one");
  const Repo repo;
  repo.git("submodule --quiet add '" + inner.path().string() + "' sub");
  const std::string commit = repo.commit("one");
  const auto opened = open(repo.path());
  for (const auto& tree : {opened->tree(commit), opened->work_tree()}) {
    CHECK(tree->find("sub")->kind == EntryKind::submodule);
    CHECK(tree->find("sub")->oid == id);
    CHECK(contains(failure_of([&] { tree->find("sub/x"); }), "is in a submodule"));
    CHECK(contains(failure_of([&] { tree->list("sub"); }), "is a submodule"));
  }
}

TEST_CASE("a file beyond the limit is refused before it is read") {
  const Repo repo;
  repo.write("small", "s");
  fs::resize_file(repo.path() / "small", 1);
  repo.write("giant", "");
  fs::resize_file(repo.path() / "giant", (std::uintmax_t{100} << 20) + 1);
  const std::string id = repo.commit("one");
  const auto opened = open(repo.path());
  for (const auto& tree : {opened->tree(id), opened->work_tree()}) {
    CHECK(contains(failure_of([&] { tree->read("giant"); }), "104857601 bytes, at most 104857600"));
    CHECK(tree->find("giant"));
    CHECK(*tree->read("small").text == "s");
  }
}

TEST_CASE("a tree with names that git never checks out is refused") {
  const Repo repo;
  repo.write("a", "a");
  repo.commit("one");
  const std::string blob = repo.git("rev-parse HEAD:a");
  const std::string script =
      "import hashlib,sys,zlib,os\n"
      "raw=b'100644 ..\\0'+bytes.fromhex('" +
      blob +
      "')\n"
      "full=b'tree %d\\0'%len(raw)+raw\n"
      "h=hashlib.sha1(full).hexdigest()\n"
      "d='" +
      repo.path().string() +
      "/.git/objects/'+h[:2]\n"
      "os.makedirs(d,exist_ok=True)\n"
      "open(d+'/'+h[2:],'wb').write(zlib.compress(full))\n"
      "print(h)\n";
  write(repo.path() / "make.py", script);
  const std::string tree = run("python3 '" + (repo.path() / "make.py").string() + "'");
  const std::string commit = repo.git("commit-tree -m bad " + tree);
  const auto opened = open(repo.path());
  CHECK(contains(failure_of([&] { opened->tree(commit)->list(""); }), "an entry named '..'"));
  CHECK(contains(failure_of([&] { opened->tree(commit)->read("x"); }), "an entry named '..'"));
}

TEST_CASE("ten thousand directories in each other end at a limit, not in a crash") {
  const Repo repo;
  repo.write("a", "a");
  repo.commit("one");
  // git mktree cannot be called that often; its objects can be written at once.
  const std::string script =
      "import hashlib,zlib,os,sys\n"
      "o='" +
      repo.path().string() +
      "/.git/objects/'\n"
      "def put(kind,raw):\n"
      "  full=b'%s %d\\0'%(kind,len(raw))+raw\n"
      "  h=hashlib.sha1(full).hexdigest()\n"
      "  os.makedirs(o+h[:2],exist_ok=True)\n"
      "  p=o+h[:2]+'/'+h[2:]\n"
      "  os.path.exists(p) or open(p,'wb').write(zlib.compress(full,1))\n"
      "  return bytes.fromhex(h)\n"
      "t=put(b'tree',b'100644 f\\0'+put(b'blob',b'x'))\n"
      "for i in range(10000): t=put(b'tree',b'40000 d\\0'+t)\n"
      "print(t.hex())\n";
  const fs::path file = sandbox.fresh("script") / "make.py";
  write(file, script);
  const std::string commit =
      repo.git("commit-tree -m deep " + run("python3 '" + file.string() + "'"));
  const auto tree = open(repo.path())->tree(commit);
  std::string path;
  std::string message;
  while (message.empty()) {
    message = failure_of([&] { tree->list(path); });
    path += path.empty() ? "d" : "/d";
  }
  CHECK(contains(message, "is longer than 4096 bytes"));
  CHECK(message.size() < 1000);
}

TEST_CASE("a broken object is an error that names it") {
  const Repo repo;
  repo.write("a", "content");
  const std::string id = repo.commit("one");
  const std::string blob = repo.git("rev-parse HEAD:a");
  const fs::path object = repo.path() / ".git/objects" / blob.substr(0, 2) / blob.substr(2);
  SUBCASE("missing") {
    fs::remove(object);
    CHECK(contains(failure_of([&] { open(repo.path())->tree(id)->read("a"); }),
                   blob + " is missing"));
  }
  SUBCASE("damaged") {
    fs::permissions(object, fs::perms::owner_all);
    write(object, "garbage");
    CHECK(contains(failure_of([&] { open(repo.path())->tree(id)->read("a"); }), blob));
  }
  SUBCASE("another's content") {
    repo.write("b", "other");
    repo.commit("two");
    const std::string other = repo.git("rev-parse HEAD:b");
    fs::permissions(object, fs::perms::owner_all);
    fs::copy_file(repo.path() / ".git/objects" / other.substr(0, 2) / other.substr(2),
                  object,
                  fs::copy_options::overwrite_existing);
    CHECK(failure_of([&] { open(repo.path())->tree(id)->read("a"); }) != "");
  }
}

TEST_CASE("a tree may be read from many threads") {
  const Repo repo;
  for (int i = 0; i < 50; ++i) {
    repo.write("d" + std::to_string(i) + "/f", std::to_string(i));
  }
  const std::string id = repo.commit("one");
  repo.git("gc -q");
  const auto opened = open(repo.path());
  std::atomic<int> wrong = 0;
  for_each_index(400, 8, [&](std::size_t i) {
    const std::string name = std::to_string(i % 50);
    const auto tree = opened->tree(opened->resolve("main"));
    wrong += *tree->read("d" + name + "/f").text != name || tree->list("").size() != 50;
  });
  CHECK(wrong == 0);
  CHECK(opened->resolve("HEAD") == id);
}

}  // namespace celldrift::git
