#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

// "line:column" of the value at those keys.
std::string place(const Value& root, std::initializer_list<std::string_view> keys) {
  const Value* value = root.find(keys);
  REQUIRE(value != nullptr);
  return std::to_string(value->mark().line) + ":" + std::to_string(value->mark().column);
}

Value read(std::string_view text) {
  return yaml::parse(text, {.source = intern_source({.path = "a.yaml", .blob = {}, .commit = {}})})
      .value;
}

}  // namespace

TEST_CASE("a scalar is marked where it stands, a map or list where its key does") {
  const Value root = read("# comment\na: 1\nb:\n  c: 'x'\n  d: [y, z]\ne: |\n  text\n");
  CHECK(place(root, {"a"}) == "2:4");
  CHECK(place(root, {"b"}) == "3:1");
  CHECK(place(root, {"b", "c"}) == "4:6");
  CHECK(place(root, {"b", "d"}) == "5:3");
  CHECK(root.find({"b", "d"})->items()[1].mark().column == 10);
  CHECK(place(root, {"e"}) == "6:4");
  CHECK(describe(root.find("a")->mark()) == "a.yaml:2");
}

TEST_CASE("an empty value is marked at its key, whatever follows") {
  const Value root = read("a:\n\n# comment\n\nb:\n  c:\nd: ~\n");
  CHECK(place(root, {"a"}) == "1:1");
  CHECK(place(root, {"b", "c"}) == "6:3");
  CHECK(place(root, {"d"}) == "7:4");
}

TEST_CASE(
    "lines and columns count through CRLF, byte-order marks and characters of several bytes") {
  CHECK(place(read("a: 1\r\nb: 2\r\n"), {"b"}) == "2:4");
  CHECK(place(read("\xEF\xBB\xBF"
                   "a: 1\n"),
              {"a"}) == "1:4");
  CHECK(place(read("é日: 1\n"), {"é日"}) == "1:5");
  CHECK(place(read("x: {é: 1, b: 2}\n"), {"x", "b"}) == "1:14");
}

TEST_CASE("items of a block list are marked one by one") {
  const Value root = read("l:\n- a\n-   b\n- c: 1\n  d: 2\n");
  const auto items = root.find("l")->items();
  CHECK(items[0].mark().line == 2);
  CHECK(items[1].mark() == Mark{items[1].mark().source, 3, 5});
  CHECK(items[2].mark().line == 4);
  CHECK(items[2].find("d")->mark().line == 5);
}

TEST_CASE("an alias brings the place where its anchor is") {
  const Value root = read("a: &x\n  k: 1\nb: *x\nc:\n  <<: *x\n");
  CHECK(place(root, {"b", "k"}) == "2:6");
  CHECK(place(root, {"c", "k"}) == "2:6");
}

TEST_CASE("pieces of a stream count lines from its start") {
  const std::string_view stream = "---\na: 1\n---\n# comment\nb: 2\n--- # more\nc: 3\n";
  const auto pieces = yaml::split_documents(stream);
  REQUIRE(pieces.size() == 3);
  CHECK(place(yaml::parse(pieces[0]).value, {"a"}) == "2:4");
  CHECK(place(yaml::parse(pieces[1]).value, {"b"}) == "5:4");
  CHECK(place(yaml::parse(pieces[2]).value, {"c"}) == "7:4");
}

TEST_CASE("errors name file, line and column, and say what to do") {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"a: 1\nb: c: d\n",
       "a.yaml:2:5: not valid YAML: a \":\" where none may stand; quote a text that has \": \" in "
       "it"},
      {"a: {{ .Values.x }}\n",
       "a.yaml:1:5: a map or list cannot be a key; quote a text that begins with \"{\" or \"[\""},
      {"a:\n\tb: 1\n", "a.yaml:2:1: not valid YAML: a tab where only blanks may indent"},
      {"a: \"b\n", "a.yaml:1:4: not valid YAML: a quoted text has no end"},
      {"a: 1\n\x01", "a.yaml:2:1: a control character; write it as \\x1b in double quotes"},
      {"a: \xFF", "a.yaml:1:4: not UTF-8; convert the file"},
      {"a: .inf\n",
       "a.yaml:1:4: JSON, and so Kubernetes, has no infinities and no NaN; quote the text if a "
       "string is meant"},
  };
  for (const Case& example : cases) {
    CAPTURE(example.text);
    CHECK_THROWS_WITH(read(example.text), example.message);
  }
}

TEST_CASE("no error quotes a value, which may be a secret") {
  for (const char* text : {"password: !!int hunter2\n",
                           "password: !!binary hunter2!\n",
                           "password: !!bool hunter2\n",
                           "password: hunter2: x\n",
                           "password: 'hunter2\n",
                           "password: @hunter2\n",
                           "password: [hunter2\n",
                           "password: !!float hunter2\n"}) {
    CAPTURE(text);
    try {
      read(text);
      FAIL("was read");
    } catch (const Error& error) {
      CHECK(std::string(error.what()).find("hunter2") == std::string::npos);
    }
  }
}

TEST_CASE("a duplicate key is told with both lines, and the last value counts") {
  const yaml::Document document = yaml::parse("a: 1\nb: 2\na: 3\n");
  CHECK(document.value.find("a")->as_int() == 3);
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].message ==
        "key \"a\" is written twice (line 1 and line 3): the last one counts");
  CHECK(document.warnings[0].mark.line == 3);
}

TEST_CASE("a key that was merged and is written too is no duplicate") {
  CHECK(yaml::parse("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n").warnings.empty());
  CHECK(yaml::parse("x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n").warnings.empty());
  CHECK(yaml::parse("x: &x {a: 1}\ny:\n  <<: [*x, *x]\n").warnings.empty());
  CHECK(yaml::parse("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n  a: 3\n").warnings.size() == 1);
}
