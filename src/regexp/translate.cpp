#include "regexp/translate.hpp"

#include "celldrift/core/utf8.hpp"
#include "regexp/scan.hpp"
#include "regexp/writer.hpp"

#include <algorithm>

namespace celldrift::regexp {
namespace {

constexpr int most_copies = 1000;
constexpr std::string_view invalid_escape = "invalid escape sequence";
constexpr std::string_view invalid_count = "invalid repeat count";

struct Flags {
  bool fold = false;
  bool multi_line = false;
  bool dot_matches_newline = false;
  bool non_greedy = false;
};

struct FlagLetter {
  char32_t letter;
  bool Flags::* flag;
};
constexpr FlagLetter flag_letters[] = {
    {'i', &Flags::fold},
    {'m', &Flags::multi_line},
    {'s', &Flags::dot_matches_newline},
    {'U', &Flags::non_greedy},
};

bool is_alphanumeric(char32_t rune) {
  return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') ||
         (rune >= 'a' && rune <= 'z');
}

// One character for RE2, in no danger of being anything else.
std::string literal_pattern(char32_t rune, FoldCase fold) {
  const RuneSet alone({{rune, rune}});
  if (fold == FoldCase::yes && !foldings_between(rune, rune).empty()) {
    return alone.folded().pattern();
  }
  if (rune < 0x80) {
    return is_alphanumeric(rune) ? std::string(1, char(rune)) : hex_escape(rune);
  }
  const bool is_surrogate = rune >= 0xD800 && rune <= 0xDFFF;
  return is_surrogate ? alone.pattern() : utf8::text({&rune, 1});
}

bool is_group_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return c == '_' || is_alphanumeric(char32_t(c)); });
}

class Translator {
 public:
  explicit Translator(std::string_view pattern)
      : whole_(pattern), rest_(pattern), writer_(pattern) {}

  Translated run() {
    while (!rest_.empty()) {
      const auto start = rest_;
      last_repetition_ = step() == Step::repetition ? start : std::string_view{};
    }
    return {writer_.finish(), std::move(names_), has_no_boundary_};
  }

 private:
  enum class Step { other, repetition };

  // Takes one part of the pattern.
  Step step() {
    switch (rest_.front()) {
      case '(':
        open();
        return Step::other;
      case ')':
        close();
        return Step::other;
      case '|':
        rest_.remove_prefix(1);
        writer_.next_alternative();
        return Step::other;
      case '^':
        return assertion(1, flags_.multi_line ? "(?m:^)" : "\\A");
      case '$':
        return assertion(1, flags_.multi_line ? "(?m:$)" : "\\z");
      case '.':
        return assertion(1, flags_.dot_matches_newline ? "(?s:.)" : ".");
      case '[':
        writer_.add(take_class(rest_, fold()).pattern());
        return Step::other;
      case '*':
      case '+':
      case '?':
        return repeat_sign();
      case '{':
        return brace();
      case '\\':
        return backslash();
      default:
        literal(take_rune(rest_));
        return Step::other;
    }
  }

  FoldCase fold() const { return FoldCase{flags_.fold}; }

  void literal(char32_t rune) { writer_.add(literal_pattern(rune, fold()), Shape::Kind::literal); }

  // Takes the bytes that are one, which matches an empty text or a character.
  Step assertion(std::size_t bytes, std::string_view pattern) {
    rest_.remove_prefix(bytes);
    writer_.add(pattern);
    return Step::other;
  }

  void close() {
    if (!writer_.close()) {
      fail("unexpected )", whole_);
    }
    flags_ = outer_flags_.back();
    outer_flags_.pop_back();
    rest_.remove_prefix(1);
  }

  void open() {
    if (rest_.starts_with("(?")) {
      open_extended();
      return;
    }
    rest_.remove_prefix(1);
    open_capture("");
  }

  void open_capture(std::string_view name) {
    writer_.open(Writer::Captures::yes);
    outer_flags_.push_back(flags_);
    names_.emplace_back(name);
  }

  // (?P<name>, (?<name>, (?i:, (?:, (?i)
  void open_extended() {
    if (rest_.size() > 4 && rest_.starts_with("(?P<")) {
      open_named(4);
    } else if (rest_.size() > 3 && rest_.starts_with("(?<")) {
      open_named(3);
    } else {
      change_flags();
    }
  }

  void open_named(std::size_t name_start) {
    const auto end = rest_.find('>');
    if (end == std::string_view::npos) {
      require_utf8(rest_);
      fail("invalid named capture", rest_);
    }
    const auto name = rest_.substr(name_start, end - name_start);
    require_utf8(name);
    if (!is_group_name(name)) {
      fail("invalid named capture", rest_.substr(0, end + 1));
    }
    open_capture(name);
    rest_.remove_prefix(end + 1);
  }

  void change_flags() {
    const auto start = rest_;
    rest_.remove_prefix(2);
    auto flags = flags_;
    bool set = true;
    bool seen = false;
    while (!rest_.empty()) {
      const auto rune = take_rune(rest_);
      const auto found = std::ranges::find(flag_letters, rune, &FlagLetter::letter);
      if (found != std::end(flag_letters)) {
        flags.*found->flag = set;
        seen = true;
      } else if (rune == '-' && set) {
        set = false;
        seen = false;
      } else if ((rune == ':' || rune == ')') && (set || seen)) {
        if (rune == ':') {
          writer_.open(Writer::Captures::no);
          outer_flags_.push_back(flags_);
        }
        flags_ = flags;
        return;
      } else {
        break;
      }
    }
    fail("invalid or unsupported Perl syntax", taken(start, rest_));
  }

  Step repeat_sign() {
    const auto start = rest_;
    rest_.remove_prefix(1);
    repeat(
        start, start.substr(0, 1), {start.front() == '+' ? 1 : 0, start.front() == '?' ? 1 : -1});
    return Step::repetition;
  }

  Step brace() {
    const auto start = rest_;
    const auto counts = take_counts(rest_);
    if (!counts) {
      literal(take_rune(rest_));
      return Step::other;
    }
    const auto [min, max] = *counts;
    const auto text = taken(start, rest_);
    if (min < 0 || min > most_copies || max > most_copies || (max >= 0 && min > max)) {
      fail(invalid_count, text);
    }
    const bool counts_many = min >= 2 || max >= 2;
    const auto most = max == 0 ? 0 : max < 0 ? std::max(min, 1) : max;
    const bool too_many =
        counts_many && writer_.has_last() && most * writer_.copies() > most_copies;
    repeat(start, text, *counts);
    if (too_many) {
      fail(invalid_count, taken(start, rest_));
    }
    return Step::repetition;
  }

  // `start` is where the repetition, already taken from the rest, begins.
  void repeat(std::string_view start, std::string_view text, const Repetition& counts) {
    bool greedy = !flags_.non_greedy;
    if (rest_.starts_with('?')) {
      rest_.remove_prefix(1);
      greedy = !greedy;
    }
    if (!last_repetition_.empty()) {
      fail("invalid nested repetition operator", taken(last_repetition_, rest_));
    }
    if (!writer_.has_last()) {
      fail("missing argument to repetition operator", taken(start, rest_));
    }
    writer_.repeat(std::string(text) + (greedy ? "" : "?"), counts.min, counts.max);
  }

  Step backslash() {
    switch (rest_.size() < 2 ? '\0' : rest_[1]) {
      case 'A':
        return assertion(2, "\\A");
      case 'b':
        return assertion(2, "\\b");
      case 'B':
        has_no_boundary_ = true;
        return assertion(2, "\\B");
      case 'z':
        return assertion(2, "\\z");
      case 'C':
        fail(invalid_escape, rest_.substr(0, 2));
      case 'Q':
        quoted();
        return Step::other;
      default:
        break;
    }
    if (const auto set = take_class_escape(rest_, fold())) {
      writer_.add(set->pattern());
    } else {
      literal(take_escape(rest_));
    }
    return Step::other;
  }

  // \Q…\E, or to the end.
  void quoted() {
    rest_.remove_prefix(2);
    const auto end = rest_.find("\\E");
    auto text = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 2);
    while (!text.empty()) {
      literal(take_rune(text));
    }
  }

  std::string_view whole_;
  std::string_view rest_;
  std::string_view last_repetition_;  // from it on; empty unless it came just before
  Flags flags_;
  std::vector<Flags> outer_flags_;  // of each open group
  std::vector<std::string> names_;
  bool has_no_boundary_ = false;
  Writer writer_;
};

}  // namespace

Translated translate(std::string_view pattern) {
  return Translator(pattern).run();
}

}  // namespace celldrift::regexp
