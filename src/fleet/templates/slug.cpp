#include "fleet/templates/slug.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"
#include "fleet/templates/transliterate.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::fleet {
namespace {

// What a character is replaced by before transliteration, by English use.
std::optional<std::string_view> substitute(char32_t point) {
  struct Substitute {
    char32_t point;
    std::string_view text;
  };
  static constexpr Substitute substitutes[] = {
      {U'"', ""},
      {U'\'', ""},
      {U'\u2019', ""},  // quotes go
      {U'\u2012', "-"},
      {U'\u2013', "-"},
      {U'\u2014', "-"},
      {U'\u2015', "-"},  // all dashes are one
      {U'&', "and"},
      {U'@', "at"},
  };
  const auto found = std::ranges::find(substitutes, point, &Substitute::point);
  return found == std::end(substitutes) ? std::nullopt : std::optional(found->text);
}

std::string substituted(std::string_view text, Underscores underscores) {
  std::string result;
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    text.remove_prefix(rune.length);
    if (rune.point == '_' && underscores == Underscores::to_dashes) {
      result += '-';
    } else if (const auto substitute_text = substitute(rune.point)) {
      result += *substitute_text;
    } else {
      utf8::append(result, rune.point);
    }
  }
  return result;
}

bool is_allowed(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// One "-" for each run of "-" and of what is not allowed in a slug.
std::string dashed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const char kept = is_allowed(c) ? c : '-';
    if (kept != '-' || !result.ends_with('-')) {
      result += kept;
    }
  }
  return result;
}

std::string_view trimmed(std::string_view text, std::string_view set) {
  const std::size_t first = text.find_first_not_of(set);
  const std::size_t last = text.find_last_not_of(set);
  return first == text.npos ? "" : text.substr(first, last - first + 1);
}

void cut_hard(std::string& text, std::int64_t length) {
  if (length < 0) {
    throw Error(ErrorCode::config,
                "runtime error: slice bounds out of range [:" + std::to_string(length) + "]");
  }
  text.resize(std::min(text.size(), std::size_t(length)));
}

// At the last dash within the length, or at the length when there is none.
std::string_view cut_smart(std::string_view text, std::int64_t length) {
  if (length <= 0 || text.size() <= std::size_t(length)) {
    return text;
  }
  const std::size_t dash = text.rfind('-', std::size_t(length));
  return text.substr(0, dash == text.npos ? std::size_t(length) : dash);
}

}  // namespace

std::string slug(std::string_view text, const SlugOptions& options) {
  std::string ascii =
      lower(transliterate(substituted(utf8::trim_space(text), options.underscores)));
  if (options.truncate == Truncate::hard) {
    cut_hard(ascii, options.max_length);
  }
  const std::string with_dashes = dashed(ascii);
  const std::string_view result = trimmed(with_dashes, "-_");
  return std::string(options.truncate == Truncate::smart ? cut_smart(result, options.max_length)
                                                         : result);
}

std::string branch_slug(std::string_view branch) {
  return slug(branch, {.max_length = 50, .underscores = Underscores::to_dashes});
}

}  // namespace celldrift::fleet
