// What Argo CD's new git file globbing finds in the trees of testdata/doublestar, recorded by
// tests/oracles/doublestar/record.
//
// CELLDRIFT_GLOBS=FILE replays another record.
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/patterns/doublestar.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

// Paths, or nothing for an error. A path that cannot be read for what links are on its way is one.
std::optional<Texts> found_by_us(const git::Tree& tree, const std::string& pattern) {
  try {
    Texts found = doublestar_glob(tree, pattern);
    for (const std::string& path : found) {
      if (!path.starts_with(".git") && path != ".") {
        if (!tree.find(path)) {
          return std::nullopt;
        }
      }
    }
    return found;
  } catch (const Error&) {
    return std::nullopt;
  }
}

TEST_CASE("patterns of files find what Argo CD's new globbing finds") {
  const char* other = std::getenv("CELLDRIFT_GLOBS");
  const std::string text =
      read_file(other != nullptr ? other : CELLDRIFT_TESTDATA "/doublestar/recorded.jsonl");
  std::size_t count = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) {
      continue;
    }
    ++count;
    const Value example = yaml::parse_json(line).value;
    std::map<std::string, std::string> files;
    for (const auto& [path, content] : example.find("files")->entries()) {
      files[std::string(path.str())] = std::string(content.as_string());
    }
    const Value* paths = example.find("found");
    std::optional<Texts> theirs;
    if (paths != nullptr) {
      theirs.emplace();
      for (const Value& path : paths->items()) {
        theirs->emplace_back(path.as_string());
      }
    }
    const auto ours =
        found_by_us(*git::memory_tree(files), std::string(example.string_at({"pattern"})));
    const std::string have = ours ? join(*ours, " ") : "an error";
    CHECK_MESSAGE(ours == theirs, line << "\n  have " << have);
  }
  CHECK(count >= 1000);
}

}  // namespace
}  // namespace celldrift::fleet::test
