#include "regexp/rune_set.hpp"

#include "regexp/classes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace celldrift::regexp {
namespace {

constexpr char32_t last_rune = 0x10FFFF;

// The characters of the range that have other cases are few and sorted.
void add_cases(const RuneRange& range, RuneSet& set) {
  for (const auto& folding : foldings_between(range.low, range.high)) {
    for (const char32_t other : folding.others) {
      set.add(other, other);
    }
  }
}

}  // namespace

std::string hex_escape(char32_t rune) {
  char digits[8];
  const auto end = std::to_chars(digits, std::end(digits), std::uint32_t(rune), 16).ptr;
  return "\\x{" + std::string(digits, end) + "}";
}

void RuneSet::add(const RuneSet& other) {
  ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
}

RuneSet RuneSet::folded() const {
  RuneSet result = *this;
  for (const auto& range : ranges_) {
    add_cases(range, result);
  }
  return result;
}

RuneSet RuneSet::negated() const {
  RuneSet result;
  char32_t next = 0;
  for (const auto& range : ranges()) {
    if (next < range.low) {
      result.add(next, range.low - 1);
    }
    next = range.high + 1;
  }
  if (next <= last_rune) {
    result.add(next, last_rune);
  }
  return result;
}

std::vector<RuneRange> RuneSet::ranges() const {
  auto sorted = ranges_;
  std::ranges::sort(sorted, {}, &RuneRange::low);
  std::vector<RuneRange> merged;
  for (const auto& range : sorted) {
    if (!merged.empty() && range.low <= merged.back().high + 1) {
      merged.back().high = std::max(merged.back().high, range.high);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

std::string RuneSet::pattern() const {
  std::string text = "[";
  for (const auto& range : ranges()) {
    if (range.low >= 0xD800 && range.high <= 0xDFFF) {
      continue;  // no text has surrogates; RE2 would take one for U+FFFD
    }
    text += hex_escape(range.low);
    if (range.high > range.low) {
      text += "-" + hex_escape(range.high);
    }
  }
  return text.size() == 1 ? "[^\\x{0}-\\x{10ffff}]" : text + "]";
}

}  // namespace celldrift::regexp
