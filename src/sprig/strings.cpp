// Strings: cutting, padding, replacing, trimming. Texts are bytes here, as in Go, unless noted.
#include "celldrift/core/utf8.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any trunc(const Call& call) {
  const std::int64_t count = call[0].as_int();
  const std::string_view s = text(call, 1);
  const auto size = std::int64_t(s.size());
  if (count < 0 && size + count > 0) {
    return Any::string(s.substr(std::size_t(size + count)));
  }
  return Any::string(count >= 0 && size > count ? s.substr(0, std::size_t(count)) : s);
}

[[noreturn]] void fail_slice(const std::string& bounds, const std::string& more) {
  fail_at_runtime("slice bounds out of range [" + bounds + "]" + more);
}

// s[start:end]; what Go's run time says when they are out of range.
Any substring(const Call& call) {
  const std::int64_t start = call[0].as_int();
  const std::int64_t end = call[1].as_int();
  const std::string_view s = text(call, 2);
  const auto size = std::int64_t(s.size());
  if (start < 0 && end < 0) {
    fail_slice(":" + std::to_string(end), "");
  }
  if (start < 0 && end > size) {
    fail_slice(":" + std::to_string(end), " with length " + std::to_string(size));
  }
  const std::int64_t from = std::max<std::int64_t>(start, 0);
  const std::int64_t to = end < 0 || end > size ? size : end;
  if (from > to) {
    fail_slice(std::to_string(from) + ":" + std::to_string(to), "");
  }
  return Any::string(s.substr(std::size_t(from), std::size_t(to - from)));
}

std::string repeated(const Call& call, std::int64_t count, std::string_view s) {
  if (count < 0) {
    fail("strings: negative Repeat count");
  }
  std::int64_t size = 0;
  if (__builtin_mul_overflow(std::int64_t(s.size()), count, &size)) {
    fail("strings: Repeat output length overflow");
  }
  std::string result;
  result.reserve(charge(call, std::size_t(size), 1));
  for (std::int64_t i = 0; i < count && !s.empty(); ++i) {
    result += s;
  }
  return result;
}

Any repeat(const Call& call) {
  return call.heap.string(repeated(call, call[0].as_int(), text(call, 1)));
}

std::string indented(const Call& call) {
  const std::string pad = repeated(call, call[0].as_int(), " ");
  const std::string_view s = text(call, 1);
  charge(call, pad.size(), std::size_t(std::ranges::count(s, '\n')));
  std::string result = pad;
  for (const char c : s) {
    result += c;
    if (c == '\n') {
      result += pad;
    }
  }
  return result;
}

Any indent(const Call& call) {
  return call.heap.string(indented(call));
}

Any nindent(const Call& call) {
  return call.heap.string("\n" + indented(call));
}

// Before, between and after code points: where Go's Replace finds an empty text.
std::string with_between(std::string_view s, std::string_view inserted) {
  std::string result(inserted);
  while (!s.empty()) {
    const std::size_t length = utf8::decode(s).length;
    result += s.substr(0, length);
    result += inserted;
    s.remove_prefix(length);
  }
  return result;
}

Any replace(const Call& call) {
  const std::string_view from = text(call, 0);
  const std::string_view to = text(call, 1);
  std::string_view s = text(call, 2);
  if (from.empty()) {
    charge(call, to.size(), s.size() + 1);
    return call.heap.string(with_between(s, to));
  }
  std::string result;
  for (std::size_t at = s.find(from); at != std::string_view::npos; at = s.find(from)) {
    charge(call, at + to.size(), 1);
    result += s.substr(0, at);
    result += to;
    s.remove_prefix(at + from.size());
  }
  return call.heap.string(result.append(s));
}

Any plural(const Call& call) {
  return call[2].as_int() == 1 ? call[0] : call[1];
}

// How many bytes of `s` are, from the front, code points of `set`.
std::size_t span_of(std::string_view s, const std::u32string& set) {
  const std::string_view whole = s;
  for (utf8::Rune rune = utf8::decode(s); rune.length != 0 && set.find(rune.point) != set.npos;
       rune = utf8::decode(s)) {
    s.remove_prefix(rune.length);
  }
  return whole.size() - s.size();
}

std::size_t span_at_end(std::string_view s, const std::u32string& set) {
  const std::string_view whole = s;
  for (utf8::Rune rune = utf8::decode_last(s); rune.length != 0 && set.find(rune.point) != set.npos;
       rune = utf8::decode_last(s)) {
    s.remove_suffix(rune.length);
  }
  return whole.size() - s.size();
}

Any trim_all(const Call& call) {
  const std::u32string set = utf8::points(text(call, 0));
  std::string_view s = text(call, 1);
  s.remove_prefix(span_of(s, set));
  s.remove_suffix(span_at_end(s, set));
  return Any::string(s);
}

Any trim_blanks(const Call& call) {
  return Any::string(utf8::trim_space(text(call, 0)));
}

Any trim_prefix(const Call& call) {
  std::string_view s = text(call, 1);
  s.remove_prefix(s.starts_with(text(call, 0)) ? text(call, 0).size() : 0);
  return Any::string(s);
}

Any trim_suffix(const Call& call) {
  std::string_view s = text(call, 1);
  s.remove_suffix(s.ends_with(text(call, 0)) ? text(call, 0).size() : 0);
  return Any::string(s);
}

// Blanks removed byte by byte, each other byte taken for a code point: goutils.DeleteWhiteSpace
// spoils what is not ASCII when there is a blank.
Any nospace(const Call& call) {
  const std::string_view s = text(call, 0);
  std::string result;
  std::size_t kept = 0;
  for (const char c : s) {
    const char32_t point = std::uint8_t(c);
    if (!utf8::trim_space(utf8::text({&point, 1})).empty()) {
      utf8::append(result, point);
      ++kept;
    }
  }
  return kept == s.size() ? call[0] : call.heap.string(result);
}

Any contains(const Call& call) {
  return Any::boolean(text(call, 1).find(text(call, 0)) != std::string_view::npos);
}

Any has_prefix(const Call& call) {
  return Any::boolean(text(call, 1).starts_with(text(call, 0)));
}

Any has_suffix(const Call& call) {
  return Any::boolean(text(call, 1).ends_with(text(call, 0)));
}

constexpr auto one_text = takes<string_type>;
constexpr auto two_texts = takes<string_type, string_type>;
constexpr auto number_and_text = takes<int_type, string_type>;

constexpr Function table[] = {
    {"contains", two_texts, false, &bool_type, contains},
    {"hasPrefix", two_texts, false, &bool_type, has_prefix},
    {"hasSuffix", two_texts, false, &bool_type, has_suffix},
    {"indent", number_and_text, false, &string_type, indent},
    {"nindent", number_and_text, false, &string_type, nindent},
    {"nospace", one_text, false, &string_type, nospace},
    {"plural", takes<string_type, string_type, int_type>, false, &string_type, plural},
    {"repeat", number_and_text, false, &string_type, repeat},
    {"replace", takes<string_type, string_type, string_type>, false, &string_type, replace},
    {"substr", takes<int_type, int_type, string_type>, false, &string_type, substring},
    {"trim", one_text, false, &string_type, trim_blanks},
    {"trimAll", two_texts, false, &string_type, trim_all},
    {"trimPrefix", two_texts, false, &string_type, trim_prefix},
    {"trimSuffix", two_texts, false, &string_type, trim_suffix},
    {"trimall", two_texts, false, &string_type, trim_all},
    {"trunc", number_and_text, false, &string_type, trunc},
};

}  // namespace

std::span<const Function> strings_functions() {
  return table;
}

}  // namespace celldrift::sprig
