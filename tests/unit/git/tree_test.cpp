#include "celldrift/git/tree.hpp"

#include "git/objects.hpp"
#include "sandbox.hpp"

#include <doctest/doctest.h>

namespace celldrift::git {

namespace {

std::shared_ptr<const Tree> sample() {
  return memory_tree({{"apps/a/main.yaml", "a: 1\n"},
                      {"apps/b.yaml", "b"},
                      {"apps-old/x", "x"},
                      {"current", "-> apps/a"},
                      {"apps/up", "-> ../top"},
                      {"apps/deep", "-> ../current/../b.yaml"},
                      {"apps/dangling", "-> nowhere"},
                      {"apps/through", "-> b.yaml/x"},
                      {"etc", "-> /etc/passwd"},
                      {"out", "-> ../outside"},
                      {"apps/out", "-> a/../../../outside"},
                      {"loop1", "-> loop2"},
                      {"loop2", "-> loop1"},
                      {"self", "-> self/x"},
                      {"top", "top"}},
                     "0123456789012345678901234567890123456789");
}

std::string names(const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& entry : entries) {
    text += entry.name + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("a directory is listed in byte order") {
  const auto tree = sample();
  CHECK(names(tree->list("")) == "apps apps-old current etc loop1 loop2 out self top ");
  CHECK(names(tree->list("apps")) == "a b.yaml dangling deep out through up ");
  CHECK(tree->list(".") == tree->list(""));
  CHECK(names(tree->list("./apps//a/../")) == names(tree->list("apps")));
  CHECK(tree->list("")[2].kind == EntryKind::symlink);
  CHECK(tree->commit() == "0123456789012345678901234567890123456789");
}

TEST_CASE("links are followed inside the tree") {
  struct Case {
    std::string_view path;
    std::string_view text;
  };
  const Case cases[] = {
      {"apps/b.yaml", "b"},
      {"current/main.yaml", "a: 1\n"},
      {"apps/up", "top"},
      // ".." of a link's target is where the link led, as on a disk: apps/a/.. is apps
      {"apps/deep", "b"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.path);
    CHECK(*sample()->read(c.path).text == c.text);
  }
  CHECK(names(sample()->list("current")) == "main.yaml ");
  CHECK(sample()->find("current")->kind == EntryKind::directory);
  CHECK(sample()->find("current")->name == "current");
  CHECK(sample()->find("current")->oid == sample()->find("apps/a")->oid);
}

TEST_CASE("links that lead nowhere good are refused with their names") {
  struct Case {
    std::string_view path;
    std::string_view link;
    std::string_view reason;
  };
  const Case cases[] = {
      {"etc", "'etc' points to '/etc/passwd'", "outside of the repository"},
      {"etc/x", "'etc' points to '/etc/passwd'", "outside of the repository"},
      {"out", "'out' points to '../outside'", "outside of the repository"},
      {"apps/out", "'apps/out'", "outside of the repository"},
      {"apps/dangling", "'apps/dangling' points to 'nowhere'", "does not exist"},
      {"apps/through", "'apps/through'", "does not exist"},
      {"loop1", "symbolic link", "loop"},
      {"self", "symbolic link", "loop"},
  };
  const auto tree = sample();
  for (const Case& c : cases) {
    CAPTURE(c.path);
    for (const auto& message : {failure_of([&] { tree->find(c.path); }),
                                failure_of([&] { tree->read(c.path); }),
                                failure_of([&] { tree->list(c.path); })}) {
      CAPTURE(message);
      CHECK(contains(message, std::string(c.link)));
      CHECK(contains(message, std::string(c.reason)));
    }
  }
}

TEST_CASE("nothing is found where nothing is") {
  const auto tree = sample();
  for (const char* path :
       {"missing", "apps/missing", "apps/b.yaml/x", "current/missing", "Apps", "apps/b"}) {
    CAPTURE(path);
    CHECK_FALSE(tree->find(path));
    CHECK(contains(failure_of([&] { tree->read(path); }), "there is no"));
    CHECK(contains(failure_of([&] { tree->list(path); }), "there is no"));
  }
  CHECK(contains(failure_of([&] { tree->read("apps"); }), "'apps' is a directory, not a file"));
  CHECK(contains(failure_of([&] { tree->list("top"); }), "'top' is a file, not a directory"));
}

TEST_CASE("paths stay in the repository") {
  const auto tree = sample();
  CHECK(contains(failure_of([&] { tree->find("/etc/passwd"); }), "absolute"));
  CHECK(contains(failure_of([&] { tree->find("../x"); }), "leaves the repository"));
  CHECK(contains(failure_of([&] { tree->find("apps/../../x"); }), "leaves the repository"));
  CHECK(contains(failure_of([&] { tree->find(std::string("a\0b", 3)); }), "NUL"));
  CHECK(contains(failure_of([&] { tree->find(std::string(5000, 'a')); }), "longer than 4096"));
}

TEST_CASE("paths are joined") {
  struct Case {
    std::string_view directory;
    std::string_view path;
    std::string_view joined;
  };
  const Case cases[] = {
      {"apps/a", "../b", "apps/b"},
      {"", "a", "a"},
      {".", "./a/", "a"},
      {"apps", "", "apps"},
      {"apps", ".", "apps"},
      {"a/b", "../..", ""},
      {"a//b/", "c", "a/b/c"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.path);
    CHECK(join_path(c.directory, c.path) == c.joined);
  }
  CHECK(contains(failure_of([] { join_path("apps/a", "../../../etc"); }),
                 "'apps/a/../../../etc' leaves"));
  CHECK(contains(failure_of([] { join_path("apps", "/etc"); }), "absolute"));
}

TEST_CASE("what is equal has equal ids") {
  const auto tree = memory_tree({{"a/x", "1"}, {"b/x", "1"}, {"c/x", "2"}});
  CHECK(tree->find("a")->oid == tree->find("b")->oid);
  CHECK(tree->find("a")->oid != tree->find("c")->oid);
  CHECK(tree->read("a/x").oid == "56a6051ca2b02b04ef92d5150c9ef600403cb1de");  // git hash-object
}

TEST_CASE("directory objects that no git writes are refused") {
  const std::string id(20, 'x');
  const auto entry = [&](const std::string& mode, const std::string& name) {
    return mode + " " + name + std::string(1, '\0') + id;
  };
  struct Case {
    std::string name;
    std::string raw;
    std::string reason;
  };
  const Case cases[] = {
      {"parent", entry("40000", ".."), "an entry named '..'"},
      {"itself", entry("40000", "."), "an entry named '.'"},
      {"git's own folder", entry("40000", ".git"), "an entry named '.git'"},
      {"whatever its case", entry("40000", ".GIT"), "an entry named '.GIT'"},
      {"a slash", entry("100644", "a/b"), "an entry named 'a/b'"},
      {"no name", entry("100644", ""), "an entry named ''"},
      {"twice", entry("100644", "a") + entry("40000", "a"), "two entries named 'a'"},
      {"no mode", " a" + std::string(1, '\0') + id, "malformed"},
      {"mode of letters", entry("x", "a"), "malformed"},
      {"mode of a device", entry("20000", "a"), "malformed"},
      {"endless mode", entry("100000000000644", "a"), "malformed"},
      {"cut off id", entry("100644", "a").substr(0, 15), "malformed"},
      {"no end of name", "100644 aaaa", "malformed"},
      {"garbage", "\xff\xfe\x00garbage", "malformed"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const std::string message = failure_of([&] { parse_directory(c.raw); });
    CAPTURE(message);
    CHECK(contains(message, c.reason));
  }
  CHECK(parse_directory("").empty());
  CHECK(parse_directory(entry("100664", "a\x1b[31m")).front().name == "a\x1b[31m");
}

TEST_CASE("a directory object is written as it is read") {
  const Directory entries{{"a", EntryKind::directory, std::string(40, '1')},
                          {"a-b", EntryKind::file, std::string(40, 'f')},
                          {"l", EntryKind::symlink, std::string(40, '0')},
                          {"s", EntryKind::submodule, std::string(40, 'a')}};
  CHECK(parse_directory(write_directory(entries)) == entries);
}

}  // namespace celldrift::git
