// Sets of characters, as classes like [a-z\pL] denote them.
#pragma once

#include <string>
#include <vector>

namespace celldrift::regexp {

struct RuneRange {
  char32_t low = 0;
  char32_t high = 0;  // included

  bool operator==(const RuneRange&) const = default;
};

std::string hex_escape(char32_t rune);  // "\x{1f600}"

class RuneSet {
 public:
  RuneSet() = default;
  explicit RuneSet(std::vector<RuneRange> ranges) : ranges_(std::move(ranges)) {}

  void add(char32_t low, char32_t high) { ranges_.push_back({low, high}); }
  void add(const RuneSet& other);

  // With all that differs from its members in case only.
  RuneSet folded() const;
  RuneSet negated() const;

  // Sorted and apart from each other.
  std::vector<RuneRange> ranges() const;

  // The set as a class of RE2's syntax.
  std::string pattern() const;

 private:
  std::vector<RuneRange> ranges_;  // in any order
};

}  // namespace celldrift::regexp
