#include "fleet/patterns/doublestar_match.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/patterns/doublestar_syntax.hpp"
#include "fleet/patterns/runes.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr char32_t no_rune = 0x10FFFF;  // begins no range
constexpr int max_alternatives = 10'000;

// As Go decodes: nothing is U+FFFD as well.
char32_t rune_at(std::string_view text, std::size_t& at) {
  if (at >= text.size()) {
    return 0xFFFD;
  }
  std::string_view rest = text.substr(at);
  const char32_t rune = take_rune(rest);
  at = text.size() - rest.size();
  return rune;
}

class Matcher {
 public:
  explicit Matcher(std::string_view name) : name_(name) {}

  // Where to go on when the rest does not match: behind the last star.
  struct Retry {
    std::size_t pattern = none;
    std::size_t name = 0;
  };

  bool matches(std::string_view pattern, std::size_t at, std::size_t name_at, Retry retry) {
    while (name_at < name_.size()) {
      if (at < pattern.size() && pattern[at] == '*') {
        at += at + 1 < pattern.size() && pattern[at + 1] == '*' ? 2 : 1;
        retry = {.pattern = at, .name = name_at};
        continue;
      }
      if (at < pattern.size() && pattern[at] == '{') {
        return any_alternative(pattern, at, name_at, retry);
      }
      if (at < pattern.size() && takes_rune(pattern, at, name_at)) {
        continue;
      }
      if (retry.pattern == none) {
        return false;
      }
      rune_at(name_, retry.name);
      at = retry.pattern;
      name_at = retry.name;
    }
    return matches_nothing(pattern.substr(at));
  }

 private:
  // Moves both on behind a character that fits.
  bool takes_rune(std::string_view pattern, std::size_t& at, std::size_t& name_at) const {
    std::size_t behind = name_at;
    const char32_t rune = rune_at(name_, behind);
    std::size_t next = at;
    bool fits = true;
    if (pattern[at] == '?') {
      ++next;
    } else if (pattern[at] == '[') {
      fits = class_has(pattern, next, rune);
    } else {
      next += pattern[at] == '\\' ? 1 : 0;
      if (next >= pattern.size()) {
        refuse_doublestar_pattern();
      }
      fits = rune_at(pattern, next) == rune;
    }
    if (fits) {
      at = next;
      name_at = behind;
    }
    return fits;
  }

  static bool class_has(std::string_view pattern, std::size_t& at, char32_t rune) {
    if (++at >= pattern.size()) {
      refuse_doublestar_pattern();
    }
    const bool negated = pattern[at] == '!' || pattern[at] == '^';
    at += negated ? 1 : 0;
    if (at >= pattern.size() || pattern[at] == ']') {
      refuse_doublestar_pattern();
    }
    if (lists(pattern, at, rune) == negated) {
      if (at >= pattern.size()) {
        refuse_doublestar_pattern();
      }
      return false;
    }
    const std::size_t close = closing_bracket(pattern, at);
    if (close == none) {
      refuse_doublestar_pattern();
    }
    at = close + 1;
    return true;
  }

  // Leaves `at` behind what lists the character, or at the class's end. A class without one ends
  // with the pattern.
  static bool lists(std::string_view pattern, std::size_t& at, char32_t rune) {
    char32_t last = no_rune;
    while (at < pattern.size() && pattern[at] != ']') {
      char32_t one = rune_at(pattern, at);
      if (last < no_rune && one == '-' && at < pattern.size() && pattern[at] != ']') {
        at += pattern[at] == '\\' ? 1 : 0;
        const char32_t high = rune_at(pattern, at);
        if (last <= rune && rune <= high) {
          return true;
        }
        last = no_rune;
        continue;
      }
      if (one == '\\') {
        one = rune_at(pattern, at);
      }
      if (one == rune) {
        return true;
      }
      last = one;
    }
    return false;
  }

  bool any_alternative(std::string_view pattern,
                       std::size_t open,
                       std::size_t name_at,
                       Retry retry) {
    return any_of(
        pattern, open, [&](const std::string& one) { return matches(one, open, name_at, retry); });
  }

  // "***" is more than doublestar knows to be nothing.
  bool matches_nothing(std::string_view rest) {
    if (rest.empty() || rest == "*" || rest == "**") {
      return true;
    }
    return rest.front() == '{' &&
           any_of(rest, 0, [&](const std::string& one) { return matches_nothing(one); });
  }

  template <typename Check>
  bool any_of(std::string_view pattern, std::size_t open, const Check& check) {
    const std::size_t close = closing_brace(pattern, open + 1);
    if (close == none) {
      refuse_doublestar_pattern();
    }
    std::size_t begin = open + 1;
    while (true) {
      if (++alternatives_ > max_alternatives) {
        throw Error(ErrorCode::limit, "a pattern has more than 10000 alternatives");
      }
      const std::size_t end = std::min(next_comma(pattern, begin, close), close);
      if (check(std::string(pattern.substr(0, open)) +
                std::string(pattern.substr(begin, end - begin)) +
                std::string(pattern.substr(close + 1)))) {
        return true;
      }
      if (end == close) {
        return false;
      }
      begin = end + 1;
    }
  }

  std::string_view name_;
  int alternatives_ = 0;
};

}  // namespace

bool doublestar_segment_matches(std::string_view segment, std::string_view name) {
  return Matcher(name).matches(segment, 0, 0, {});
}

}  // namespace celldrift::fleet
