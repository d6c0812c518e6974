#include "regexp/classes.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace celldrift::embedded {
extern const std::string_view regexp_classes;  // classes.txt, by tools/regexp_classes/record
}

namespace celldrift::regexp {
namespace {

char32_t read_hex(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

// The rest of the line that starts with "<kind> <name> ".
std::optional<std::string_view> find_line(std::string_view kind, std::string_view name) {
  const auto start = "\n" + std::string(kind) + " " + std::string(name) + " ";
  const auto place = embedded::regexp_classes.find(start);
  if (place == std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = embedded::regexp_classes.substr(place + start.size());
  return rest.substr(0, rest.find('\n'));
}

// "41+19 7+19": from 0x41 0x19 more, 7 after its end again 0x19 more.
RuneSet read_ranges(std::string_view line) {
  RuneSet set;
  char32_t end = 0;
  for (const auto part : split(line, ' ')) {
    const auto plus = part.find('+');
    const auto low = end + read_hex(part.substr(0, plus));
    end = plus == std::string_view::npos ? low : low + read_hex(part.substr(plus + 1));
    set.add(low, end);
  }
  return set;
}

// The form in which classes.txt has names: "Oldnorse".
std::string canonical_name(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c != '_' && c != '-' && c != ' ') {
      const bool first = result.empty();
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      result += !letter ? c : first ? char(c & ~0x20) : char(c | 0x20);
    }
  }
  return result;
}

struct AsciiClass {
  std::string_view name;
  std::vector<RuneRange> ranges;
};

const AsciiClass posix_classes[] = {
    {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
    {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
    {"ascii", {{0, 0x7F}}},
    {"blank", {{'\t', '\t'}, {' ', ' '}}},
    {"cntrl", {{0, 0x1F}, {0x7F, 0x7F}}},
    {"digit", {{'0', '9'}}},
    {"graph", {{'!', '~'}}},
    {"lower", {{'a', 'z'}}},
    {"print", {{' ', '~'}}},
    {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
    {"space", {{'\t', '\r'}, {' ', ' '}}},
    {"upper", {{'A', 'Z'}}},
    {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
    {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
};

const AsciiClass perl_classes[] = {
    {"d", {{'0', '9'}}},
    {"s", {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}}},
    {"w", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
};

enum class Negate : bool { no, yes };

std::optional<RuneSet> ascii_class(std::span<const AsciiClass> classes,
                                   std::string_view name,
                                   FoldCase fold,
                                   Negate negate) {
  const auto found = std::ranges::find(classes, name, &AsciiClass::name);
  if (found == classes.end()) {
    return std::nullopt;
  }
  RuneSet set(found->ranges);
  if (fold == FoldCase::yes) {
    set = set.folded();
  }
  return negate == Negate::yes ? set.negated() : set;
}

std::vector<Folding> read_foldings() {
  std::vector<Folding> all;
  for (const auto line : split(embedded::regexp_classes, '\n')) {
    if (!line.starts_with("orbit ")) {
      continue;
    }
    std::vector<char32_t> orbit;
    for (const auto part : split(line.substr(6), ' ')) {
      orbit.push_back(read_hex(part));
    }
    for (const char32_t rune : orbit) {
      Folding folding{rune, orbit};
      std::erase(folding.others, rune);
      all.push_back(std::move(folding));
    }
  }
  std::ranges::sort(all, {}, &Folding::rune);
  return all;
}

}  // namespace

std::optional<RuneSet> unicode_class(std::string_view name, FoldCase fold) {
  auto canonical = canonical_name(name);
  if (canonical.find('\n') != std::string::npos) {
    return std::nullopt;
  }
  if (const auto other = find_line("alias", canonical)) {
    canonical = *other;
  }
  auto line = fold == FoldCase::yes ? find_line("folded", canonical) : std::nullopt;
  if (!line) {
    line = find_line("class", canonical);
  }
  return line ? std::optional(read_ranges(*line)) : std::nullopt;
}

std::optional<RuneSet> posix_class(std::string_view name, FoldCase fold) {
  name.remove_prefix(2);
  name.remove_suffix(2);
  const bool negate = name.starts_with('^');
  return ascii_class(posix_classes, name.substr(negate ? 1 : 0), fold, Negate{negate});
}

std::optional<RuneSet> perl_class(char letter, FoldCase fold) {
  const bool negate = letter >= 'A' && letter <= 'Z';
  const char lower = char(letter | 0x20);
  const bool is_letter = negate || (letter >= 'a' && letter <= 'z');
  return is_letter ? ascii_class(perl_classes, {&lower, 1}, fold, Negate{negate}) : std::nullopt;
}

std::span<const Folding> foldings_between(char32_t low, char32_t high) {
  static const auto all = read_foldings();
  const auto first = std::ranges::lower_bound(all, low, {}, &Folding::rune);
  const auto last = std::ranges::upper_bound(all, high, {}, &Folding::rune);
  return {first, last};
}

}  // namespace celldrift::regexp
