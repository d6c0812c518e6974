// Where the lines of a text were in an earlier one.
#pragma once

#include "git/library.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace celldrift::git {

class LineMap {
 public:
  // What git's diff says. Lines are counted from 1.
  static LineMap between(const git_blob& before, const git_blob& after);
  static LineMap between(const git_blob& before, std::string_view after);

  // Nothing when the line is new.
  std::optional<std::uint32_t> before(std::uint32_t line) const;

  struct Hunk {
    std::uint32_t old_lines = 0;
    std::uint32_t new_start = 0;  // of its first line; without lines: of the line after it
    std::uint32_t new_lines = 0;
  };
  explicit LineMap(std::vector<Hunk> hunks) : hunks_(std::move(hunks)) {}

 private:
  std::vector<Hunk> hunks_;  // from first to last
};

}  // namespace celldrift::git
