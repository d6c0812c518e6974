#include "cli/source_lines.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::cli {
namespace {

std::string shown(const std::vector<report::SourceLine>& lines) {
  std::string text;
  for (const report::SourceLine& line : lines) {
    text += std::to_string(line.number) + (line.hidden ? "-" : ":" + line.text) + "\n";
  }
  return text;
}

// The lines around `line` of the first document of a file.
std::string around(std::uint32_t line, const std::string& text, const Value* object = nullptr) {
  const SourceId source = intern_source({.path = "a.yaml"});
  const Value first = yaml::parse_stream(text, {.source = source}).documents.front();
  return shown(source_lines(text, {.source = source, .line = line}, object ? *object : first));
}

TEST_CASE("three lines before and after, without comments") {
  CHECK(around(5, "kind: A\nb: 1\n# why\nc: 2 # because\nd: 3\ne: 4\nf: 5\ng: 6\nh: 7\n") ==
        "2:b: 1\n4:c: 2\n5:d: 3\n6:e: 4\n7:f: 5\n8:g: 6\n");
}

TEST_CASE("other objects in the file are left out") {
  CHECK(around(2, "kind: Alpha\nvalue: 1\n---\nkind: Secret\nstringData: {password: hunter2}\n") ==
        "1:kind: Alpha\n2:value: 1\n3:---\n");
}

TEST_CASE("a line that says more than the object as it was compared is hidden") {
  const std::string text = "kind: Alpha\npassword: hunter2hunter2\nvalue: 1\n";
  const SourceId source = intern_source({.path = "a.yaml"});
  const Value object = yaml::parse(text, {.source = source}).value;
  const Value safe = object.with(
      "password", Value::string("hmac-sha256:00").with_mark(object.find("password")->mark()));
  CHECK(around(3, text, &safe) == "1:kind: Alpha\n2-\n3:value: 1\n4:\n");
}

TEST_CASE("two objects on one line are hidden") {
  const std::string text =
      "{items: [{kind: Alpha}, {kind: Secret, data: {password: aHVudGVyMg==}}]}\n";
  const SourceId source = intern_source({.path = "a.yaml"});
  const Value list = yaml::parse(text, {.source = source}).value;
  const Value first = list.find("items")->items()[0];
  CHECK(around(1, text, &first) == "1-\n2:\n");
}

TEST_CASE("texts of several lines are shown") {
  CHECK(around(2, "a: |\n  first line\n  second line\nb: 1\n") ==
        "1:a: |\n2:  first line\n3:  second line\n4:b: 1\n5:\n");
}

}  // namespace
}  // namespace celldrift::cli
