// Unified diffs must be what patch and friends read.
#include "celldrift/report/report.hpp"
#include "report/unified/hunks.hpp"
#include "unit/report/fixture.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

namespace celldrift::report {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// A folder of our own that patch works in.
struct Folder {
  fs::path path =
      fs::temp_directory_path() / ("celldrift-patch-" + std::to_string(std::random_device{}()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

// What patch makes of a text; nothing when it refuses.
std::optional<std::string> patched(const std::string& text, const std::string& diff) {
  const Folder folder;
  write(folder.path / "git", text);
  write(folder.path / "diff", diff);
  const std::string command =
      "cd " + folder.path.string() + " && patch --batch --fuzz=0 -o out git diff > log 2>&1";
  if (std::system(command.c_str()) != 0) {
    return std::nullopt;
  }
  return read_file((folder.path / "out").string());
}

Lines random_lines(std::mt19937& random, std::size_t most) {
  static const std::string words[] = {"", "a", "b: 1", "- x", "-- y", "+ z", "@@ -1 +1 @@", "  "};
  Lines lines(random() % (most + 1));
  for (std::string& line : lines) {
    line = words[random() % std::size(words)];
  }
  return lines;
}

bool has_patch() {
  return std::system("patch --version > /dev/null 2>&1") == 0;
}

TEST_CASE("patch makes the cell's text of Git's by any hunks") {
  if (!has_patch()) {
    return;
  }
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) {
    const Lines want = random_lines(random, 30);
    Lines have = want;
    for (std::string& line : have) {
      line = random() % 5 == 0 ? "changed" : line;
    }
    const Lines other = random_lines(random, 3);
    have.insert(
        have.begin() + std::ptrdiff_t(random() % (have.size() + 1)), other.begin(), other.end());
    if (want == have || have.empty() || want.empty()) {
      continue;
    }
    const std::string diff =
        "# garbage\n--- git: a.yaml (x)\n+++ live: b\n" + text_of(hunks(want, have, i % 4));
    CAPTURE(diff);
    CHECK(patched(text_of(want), diff) == text_of(have));
  }
}

TEST_CASE("equal texts have no hunks, and nothing is the line before it") {
  CHECK(hunks({"a"}, {"a"}, 3).empty());
  CHECK(hunks({}, {"a"}, 3) == Lines{"@@ -0,0 +1,1 @@", "+a"});
  CHECK(hunks({"a", "b"}, {}, 3) == Lines{"@@ -1,2 +0,0 @@", "-a", "-b"});
  CHECK(hunks({"a", "b"}, {"a", "x", "b"}, 0) == Lines{"@@ -1,0 +2,1 @@", "+x"});
}

// The part of a report about one object.
std::string part_about(const std::string& diff, const std::string& header) {
  const std::size_t start = diff.find(header);
  REQUIRE(start != std::string::npos);
  const std::size_t end = diff.find("\n# ", start);
  return diff.substr(start, end == std::string::npos ? end : end + 1 - start);
}

// YAML as it is in a diff.
std::string safe_yaml(const Value& object) {
  const std::string text = yaml::emit(object);
  std::string safe;
  for (const std::string_view line :
       split(std::string_view(text).substr(0, text.size() - 1), '\n')) {
    safe += printable(line) + "\n";
  }
  return safe;
}

TEST_CASE("patch takes the unified report of an object") {
  if (!has_patch()) {
    return;
  }
  const audit::Report report = audit::judge(fixture::load("odd-texts").input);
  for (const audit::ChangedObject& object : report.objects) {
    CAPTURE(object.object.name);
    const std::string diff =
        part_about(unified(report, {}), "--- git: apps/proxy.yaml (" + object.object.kind + " ");
    CHECK(patched(safe_yaml(object.desired), diff) == safe_yaml(object.live));
  }
}

}  // namespace
}  // namespace celldrift::report
