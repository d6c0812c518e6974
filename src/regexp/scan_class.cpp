#include "regexp/scan.hpp"

#include <string>

namespace celldrift::regexp {
namespace {

constexpr std::string_view invalid_range = "invalid character class range";

struct ClassName {
  std::string_view whole;  // "\p{^Greek}"
  std::string_view name;   // "^Greek"
};

// `rest` starts with "\p" or "\P".
ClassName take_class_name(std::string_view& rest) {
  const auto start = rest;
  rest.remove_prefix(2);
  if (take_rune(rest) != '{') {
    const auto whole = taken(start, rest);
    return {whole, whole.substr(2)};
  }
  const auto end = start.find('}');
  if (end == std::string_view::npos) {
    require_utf8(start);
    fail(invalid_range, start);
  }
  rest = start.substr(end + 1);
  const auto name = start.substr(3, end - 3);
  require_utf8(name);
  return {taken(start, rest), name};
}

RuneSet take_unicode_class(std::string_view& rest, FoldCase fold) {
  bool negate = rest[1] == 'P';
  auto [whole, name] = take_class_name(rest);
  if (name.starts_with('^')) {
    negate = !negate;
    name.remove_prefix(1);
  }
  const auto set = unicode_class(name, fold);
  if (!set) {
    fail(invalid_range, whole);
  }
  return negate ? set->negated() : *set;
}

// [:alpha:] within a class.
std::optional<RuneSet> take_posix_class(std::string_view& rest, FoldCase fold) {
  if (!rest.starts_with("[:")) {
    return std::nullopt;
  }
  const auto end = rest.find(":]", 2);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const auto name = rest.substr(0, end + 2);
  const auto set = posix_class(name, fold);
  if (!set) {
    fail(invalid_range, name);
  }
  rest.remove_prefix(name.size());
  return set;
}

char32_t take_class_rune(std::string_view& rest, std::string_view whole) {
  if (rest.empty()) {
    fail("missing closing ]", whole);
  }
  return rest.front() == '\\' ? take_escape(rest) : take_rune(rest);
}

RuneRange take_range(std::string_view& rest, std::string_view whole) {
  const auto start = rest;
  const auto low = take_class_rune(rest, whole);
  if (rest.size() < 2 || rest[0] != '-' || rest[1] == ']') {
    return {low, low};
  }
  rest.remove_prefix(1);
  const auto high = take_class_rune(rest, whole);
  if (high < low) {
    fail(invalid_range, taken(start, rest));
  }
  return {low, high};
}

RuneSet take_class_item(std::string_view& rest, std::string_view whole, FoldCase fold) {
  if (const auto set = take_posix_class(rest, fold)) {
    return *set;
  }
  if (const auto set = take_class_escape(rest, fold)) {
    return *set;
  }
  const RuneSet range({take_range(rest, whole)});
  return fold == FoldCase::yes ? range.folded() : range;
}

}  // namespace

std::optional<RuneSet> take_class_escape(std::string_view& rest, FoldCase fold) {
  if (rest.size() < 2 || rest[0] != '\\') {
    return std::nullopt;
  }
  if (rest[1] == 'p' || rest[1] == 'P') {
    return take_unicode_class(rest, fold);
  }
  auto set = perl_class(rest[1], fold);
  if (set) {
    rest.remove_prefix(2);
  }
  return set;
}

RuneSet take_class(std::string_view& rest, FoldCase fold) {
  const auto whole = rest;
  rest.remove_prefix(1);
  const bool negate = rest.starts_with('^');
  if (negate) {
    rest.remove_prefix(1);
  }
  RuneSet set;
  for (bool first = true; first || !rest.starts_with(']'); first = false) {
    set.add(take_class_item(rest, whole, fold));
  }
  rest.remove_prefix(1);
  return negate ? set.negated() : set;
}

}  // namespace celldrift::regexp
