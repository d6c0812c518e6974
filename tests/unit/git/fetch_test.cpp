#include "celldrift/core/parallel.hpp"
#include "celldrift/git/repository.hpp"
#include "http_server.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>
#include <sys/file.h>

#include <fcntl.h>

#include <chrono>

namespace celldrift::git {

namespace {

// A work tree and the bare repo that it is served from.
struct Served {
  explicit Served() : root(sandbox.fresh("served")) {
    work.write("apps/a.yaml", "one");
    first = work.commit("one");
    work.write("apps/a.yaml", "two");
    second = work.commit("two");
    work.git("tag -a -m note v1 " + first);
    work.git("branch old " + first);
    run("git clone -q --bare '" + work.path().string() + "' '" + (root / "repo.git").string() +
        "'");
    work.git("remote add served '" + (root / "repo.git").string() + "'");
  }
  void push() const { work.git("push -q served --all"); }

  Repo work;
  fs::path root;
  std::string first;
  std::string second;
};

std::string text_at(const Repository& repository, const std::string& revision) {
  return *repository.tree(repository.resolve(revision))->read("apps/a.yaml").text;
}

class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    setenv(name, value.c_str(), 1);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { unsetenv(name_); }

 private:
  const char* name_;
};

fs::path cached_repository(const fs::path& cache, const std::string& name) {
  for (const auto& entry : fs::recursive_directory_iterator(cache)) {
    if (entry.path().filename() == name) {
      return entry.path();
    }
  }
  return {};
}

}  // namespace

TEST_CASE("a revision of a URL is fetched alone") {
  const Served served;
  const HttpServer server(served.root);
  const fs::path cache = sandbox.fresh("cache");
  struct Case {
    std::string revision;
    std::string text;
    std::string id;
  };
  const Case cases[] = {
      {"", "two", served.second},
      {"HEAD", "two", served.second},
      {"main", "two", served.second},
      {"old", "one", served.first},
      {"v1", "one", served.first},
      {"refs/heads/old", "one", served.first},
      {served.second, "two", served.second},
  };
  for (const Case& c : cases) {
    CAPTURE(c.revision);
    const auto repository =
        fetch(server.url("/repo.git"), {.cache = cache, .revision = c.revision});
    CHECK(repository->resolve(c.revision) == c.id);
    CHECK(text_at(*repository, c.revision) == c.text);
    CHECK(repository->tree(c.id)->commit() == c.id);
    CHECK(repository->name() == server.url("/repo.git"));
    CHECK(repository->remotes() == std::vector<std::string>{server.url("/repo.git")});
  }
  const fs::path bare = cached_repository(cache, "depth-1.git");
  REQUIRE(!bare.empty());
  CHECK_FALSE(contains(run("git -C '" + bare.string() + "' fsck"), "missing"));
  CHECK(run("git -C '" + bare.string() + "' rev-list --count " + served.second) == "1");
  CHECK(cached_repository(cache, "depth-0.git").empty());
}

TEST_CASE("a commit that no ref names is fetched too") {
  const Served served;
  served.work.write("apps/a.yaml", "three");
  const std::string third = served.work.commit("three");
  served.push();
  const HttpServer server(served.root);
  SUBCASE("from a server that allows it") {
    run("git -C '" + (served.root / "repo.git").string() +
        "' config uploadpack.allowAnySHA1InWant true");
    const fs::path cache = sandbox.fresh("cache");
    const auto repository =
        fetch(server.url("/repo.git"), {.cache = cache, .revision = served.second});
    CHECK(text_at(*repository, served.second) == "two");
    CHECK(cached_repository(cache, "depth-0.git").empty());
  }
  SUBCASE("from one that does not, with all history") {
    const fs::path cache = sandbox.fresh("cache");
    const auto repository =
        fetch(server.url("/repo.git"), {.cache = cache, .revision = served.second});
    CHECK(text_at(*repository, served.second) == "two");
    CHECK(repository->resolve(served.second.substr(0, 8)) == served.second);
  }
  SUBCASE("by an abbreviated id") {
    const std::string digits = served.second.substr(0, 8);
    const auto repository =
        fetch(server.url("/repo.git"), {.cache = sandbox.fresh("cache"), .revision = digits});
    CHECK(repository->resolve(digits) == served.second);
  }
  SUBCASE("unless it does not exist") {
    const std::string id(40, 'd');
    const std::string message = failure_of(
        [&] { fetch(server.url("/repo.git"), {.cache = sandbox.fresh("cache"), .revision = id}); });
    CHECK(contains(message, "there is no branch, tag or commit '" + id + "'"));
  }
}

TEST_CASE("what is there already is not fetched again") {
  const Served served;
  const fs::path cache = sandbox.fresh("cache");
  std::string url;
  {
    const HttpServer server(served.root);
    url = server.url("/repo.git");
    fetch(url, {.cache = cache, .revision = "main"});
    const std::size_t once = server.downloads();
    CHECK(once > 0);
    fetch(url, {.cache = cache, .revision = "main"});
    fetch(url, {.cache = cache, .revision = ""});
    CHECK(server.downloads() == once);

    served.work.write("apps/a.yaml", "three");
    const std::string third = served.work.commit("three");
    served.push();
    const auto repository = fetch(url, {.cache = cache, .revision = "main"});
    CHECK(server.downloads() > once);
    CHECK(repository->resolve("main") == third);
    CHECK(text_at(*repository, "main") == "three");
  }
  // The server is gone, and for a commit id nobody asks it.
  CHECK(text_at(*fetch(url, {.cache = cache, .revision = served.second}), served.second) == "two");
  CHECK(contains(failure_of([&] { fetch(url, {.cache = cache, .revision = "main"}); }),
                 "fetching " + url));
}

TEST_CASE("the server's refs are what counts, as they were when it was fetched") {
  const Served served;
  const HttpServer server(served.root);
  const FetchOptions options{.cache = sandbox.fresh("cache"), .revision = "main"};
  const auto before = fetch(server.url("/repo.git"), options);
  // A branch in the way of another's name, and one that is no longer there.
  served.work.git("branch -m old old/moved");
  served.work.write("apps/a.yaml", "three");
  const std::string third = served.work.commit("three");
  run("git -C '" + (served.root / "repo.git").string() + "' branch -D old");
  served.push();
  const auto after = fetch(server.url("/repo.git"), options);
  CHECK(before->resolve("main") == served.second);
  CHECK(text_at(*before, "main") == "two");
  CHECK(after->resolve("main") == third);
  CHECK(after->resolve("old/moved") == served.first);
  CHECK(contains(failure_of([&] { after->resolve("old"); }),
                 "no branch, tag or commit 'old'; near it are 'old/moved'"));
  CHECK(contains(failure_of([&] { after->tree(served.first); }), "was not fetched"));
  CHECK(contains(failure_of([&] { after->work_tree(); }), "is a URL"));
}

TEST_CASE("a revision that the server does not have is refused with what is near") {
  const Served served;
  const HttpServer server(served.root);
  const std::string message = failure_of([&] {
    fetch(server.url("/repo.git"), {.cache = sandbox.fresh("cache"), .revision = "mian"});
  });
  CHECK(contains(message, server.url("/repo.git")));
  CHECK(contains(message, "near it are 'main'"));
  CHECK(server.downloads() == 0);

  run("git init -q --bare '" + (served.root / "empty.git").string() + "'");
  CHECK(contains(
      failure_of([&] { fetch(server.url("/empty.git"), {.cache = sandbox.fresh("cache")}); }),
      "the repository has none"));
  CHECK(contains(
      failure_of([&] { fetch(server.url("/missing.git"), {.cache = sandbox.fresh("cache")}); }),
      "404"));
}

TEST_CASE("all history is fetched where it is asked for, and from files") {
  const Served served;
  const HttpServer server(served.root);
  const std::string file = "file://" + (served.root / "repo.git").string();
  for (const std::string& url : {server.url("/repo.git"), file}) {
    CAPTURE(url);
    const fs::path cache = sandbox.fresh("cache");
    const FetchOptions options{.cache = cache, .depth = 0, .revision = "main"};
    const auto repository = fetch(url, options);
    CHECK(text_at(*repository, "main") == "two");
    CHECK(text_at(*repository, "v1") == "one");
    CHECK(repository->commit(served.first).subject == "one");
    served.work.write("apps/a.yaml", "more");
    const std::string more = served.work.commit("more " + url);
    served.push();
    CHECK(fetch(url, options)->commit(more).id == more);
    CHECK_FALSE(contains(
        run("git -C '" + cached_repository(cache, "depth-0.git").string() + "' fsck"), "missing"));
    served.work.git("reset -q --hard " + served.second);
    served.work.git("push -q -f served main");
  }
}

TEST_CASE("a file URL is fetched with what its revision needs") {
  const Served served;
  const std::string url = "file://" + (served.root / "repo.git").string();
  const auto repository = fetch(url, {.cache = sandbox.fresh("cache"), .revision = "v1"});
  CHECK(text_at(*repository, "v1") == "one");
  CHECK(repository->resolve("main") == served.second);
  CHECK(text_at(*fetch(served.work.url(), {.cache = sandbox.fresh("cache"), .revision = "old"}),
                "old") == "one");
}

TEST_CASE("processes and threads share a cache") {
  const Served served;
  const HttpServer server(served.root);
  fetch(server.url("/repo.git"), {.cache = sandbox.fresh("cache")});
  const std::size_t once = server.downloads();
  const FetchOptions options{.cache = sandbox.fresh("cache"), .revision = "main"};
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      const std::string message = failure_of([&] {
        if (text_at(*fetch(server.url("/repo.git"), options), "main") != "two") {
          throw std::runtime_error("wrong text");
        }
      });
      _exit(message.empty() ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  CHECK(server.downloads() == 2 * once);

  served.work.write("apps/a.yaml", "three");
  served.work.commit("three");
  served.push();
  std::vector<std::string> texts(6);
  for_each_index(texts.size(), texts.size(), [&](std::size_t i) {
    texts[i] =
        failure_of([&] { texts[i] = text_at(*fetch(server.url("/repo.git"), options), "main"); }) +
        texts[i];
  });
  CHECK(texts == std::vector<std::string>(6, "three"));
  const std::size_t twice = server.downloads();
  fetch(server.url("/repo.git"), options);
  CHECK(server.downloads() == twice);
  CHECK(twice <= 4 * once);
}

TEST_CASE("what a killed process left does no harm") {
  const Served served;
  const HttpServer server(served.root);
  const fs::path cache = sandbox.fresh("cache");
  const FetchOptions options{.cache = cache, .revision = "old"};
  const std::string url = server.url("/repo.git");
  fetch(url, options);
  const fs::path bare = cached_repository(cache, "depth-1.git");
  served.work.git("branch -f old main");
  served.push();
  SUBCASE("locks and temporary files of libgit2") {
    write(bare / "shallow.lock", "");
    write(bare / "objects/pack/pack_git2_abcdef", "half a pack");
    write(bare / "refs/celldrift" / (served.second + ".lock"), "");
    CHECK(text_at(*fetch(url, options), "old") == "two");
    CHECK_FALSE(fs::exists(bare / "objects/pack/pack_git2_abcdef"));
  }
  SUBCASE("a repository that was being made") {
    write(bare.parent_path() / "new/HEAD", "ref");
    fs::rename(bare, bare.parent_path() / "old");
    CHECK(text_at(*fetch(url, options), "old") == "two");
  }
  SUBCASE("a repository without its head") {
    fs::remove(bare / "HEAD");
    CHECK(text_at(*fetch(url, options), "old") == "two");
  }
  SUBCASE("an index without its pack") {
    const std::string fetched = served.second;
    fetch(url, options);
    for (const auto& entry : fs::directory_iterator(bare / "objects/pack")) {
      if (entry.path().extension() == ".pack") {
        fs::permissions(entry.path(), fs::perms::owner_all);
        fs::resize_file(entry.path(), 20);
      }
    }
    failure_of([&] { fetch(url, options); });  // may find out that it is broken, and say so
    CHECK(text_at(*fetch(url, options), "old") == "two");
    CHECK(text_at(*fetch(url, {.cache = cache, .revision = fetched}), fetched) == "two");
  }
}

TEST_CASE("a fetch waits for another process, but not for ever") {
  const Served served;
  const fs::path cache = sandbox.fresh("cache");
  const std::string url = "file://" + (served.root / "repo.git").string();
  fetch(url, {.cache = cache});
  const fs::path lock = cached_repository(cache, "fetch.lock");
  const int file = ::open(lock.c_str(), O_RDWR);
  REQUIRE(flock(file, LOCK_EX) == 0);
  CHECK(contains(
      failure_of([&] { fetch(url, {.cache = cache, .timeout = std::chrono::seconds(1)}); }),
      "another process is still fetching"));
  // What is there needs no lock.
  CHECK(text_at(*fetch(url, {.cache = cache, .revision = served.second}), served.second) == "two");
  close(file);  // as the kernel does when a process ends
  CHECK(text_at(*fetch(url, {.cache = cache}), "") == "two");
}

TEST_CASE("a cache does not grow without end, and is not removed under its readers") {
  const Served served;
  const HttpServer server(served.root);
  const fs::path cache = sandbox.fresh("cache");
  const FetchOptions options{.cache = cache, .revision = "main"};
  const std::string url = server.url("/repo.git");
  auto reader = fetch(url, options);
  const fs::path packs = cached_repository(cache, "depth-1.git") / "objects/pack";
  for (int i = 0; i < 70; ++i) {
    write(packs / ("filler-" + std::to_string(i) + ".pack"), "");
  }
  fetch(url, options);
  CHECK(fs::exists(packs / "filler-0.pack"));
  CHECK(text_at(*reader, "main") == "two");
  reader.reset();
  fetch(url, options);
  CHECK_FALSE(fs::exists(packs / "filler-0.pack"));
}

TEST_CASE("a cache is for its user alone, in the user's cache folder") {
  const Served served;
  const fs::path folder = sandbox.fresh("xdg");
  const Environment cache("XDG_CACHE_HOME", folder.string());
  fetch("file://" + (served.root / "repo.git").string(), {});
  const fs::path lock = cached_repository(folder / "celldrift", "fetch.lock");
  REQUIRE(!lock.empty());
  CHECK(fs::status(lock.parent_path()).permissions() == fs::perms::owner_all);
}

TEST_CASE("a server gets the credentials that there are, in order") {
  const Served served;
  const HttpServer server(served.root, {"--password", "ada:good"});
  const auto fetch_as = [&](const std::string& user) {
    return failure_of([&] {
      fetch(server.url("/repo.git", user), {.cache = sandbox.fresh("cache"), .revision = "main"});
    });
  };
  SUBCASE("a token and a user of the environment") {
    const Environment token("CELLDRIFT_GIT_TOKEN", "good");
    const Environment user("CELLDRIFT_GIT_USERNAME", "ada");
    CHECK(fetch_as("") == "");
    CHECK(contains(server.log(), " ada:good\n"));
  }
  SUBCASE("the URL's own, after a token that does not do") {
    const Environment token("CELLDRIFT_GIT_TOKEN", "b4d-t0ken");
    CHECK(fetch_as("ada:good@") == "");
    CHECK(contains(server.log(), " x-access-token:b4d-t0ken\n"));
  }
  SUBCASE("git's credential store") {
    const std::string address = server.url("").substr(7);
    write(sandbox.home() / ".git-credentials",
          "https://other:wrong@" + address + "\nhttp://ada:g%6fod@" + address +
              "\nhttp://x:y@example.com\n");
    CHECK(fetch_as("") == "");
    CHECK_FALSE(contains(server.log(), "wrong"));
    fs::remove(sandbox.home() / ".git-credentials");
  }
  SUBCASE("none") {
    CHECK(contains(fetch_as(""), "it asks who we are: set CELLDRIFT_GIT_TOKEN"));
  }
}

TEST_CASE("no error holds a secret") {
  const Served served;
  const HttpServer server(served.root, {"--password", "ada:good"});
  const Environment token("CELLDRIFT_GIT_TOKEN", "t0p-secret");
  const fs::path cache = sandbox.fresh("cache");
  const std::string message = failure_of(
      [&] { fetch(server.url("/repo.git", "ada:hidden@"), {.cache = cache, .revision = "main"}); });
  CHECK(contains(message, "fetching " + server.url("/repo.git")));
  CHECK(contains(message, "it refused CELLDRIFT_GIT_TOKEN, the URL's own password"));
  CHECK(contains(server.log(), "x-access-token:t0p-secret"));
  CHECK(contains(server.log(), "ada:hidden"));
  for (const std::string secret : {"t0p-secret", "hidden"}) {
    CHECK_FALSE(contains(message, secret));
    CHECK(run("grep -rl " + secret + " '" + cache.string() + "' || true") == "");
  }
  const std::string bad = failure_of([&] { fetch("https://ada:hidden@/x", {.cache = cache}); });
  CHECK(contains(bad, "no URL that can be fetched"));
  CHECK_FALSE(contains(bad, "hidden"));
}

TEST_CASE("a redirect does not carry credentials to another host") {
  const Served served;
  const HttpServer target(served.root, {"--password", "ada:good"});
  // 127.0.0.2 is another host that is this machine all the same.
  std::string elsewhere = target.url("");
  elsewhere.replace(elsewhere.find("127.0.0.1"), 9, "localhost");
  const HttpServer server(served.root, {"--redirect", elsewhere});
  const Environment token("CELLDRIFT_GIT_TOKEN", "t0p-secret");
  CHECK(contains(
      failure_of([&] { fetch(server.url("/repo.git"), {.cache = sandbox.fresh("cache")}); }),
      "cannot redirect"));
  CHECK(target.log() == "");
}

TEST_CASE("a server that does not answer is given up") {
  const Served served;
  for (const std::string option : {"--hang", "--trickle"}) {
    CAPTURE(option);
    const HttpServer server(served.root, {option});
    const auto start = std::chrono::steady_clock::now();
    const std::string message = failure_of([&] {
      fetch(server.url("/repo.git"),
            {.cache = sandbox.fresh("cache"), .timeout = std::chrono::seconds(1)});
    });
    CHECK(contains(message, "no complete answer within 1 s"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  }
}

}  // namespace celldrift::git
