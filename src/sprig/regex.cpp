// Regular expressions: each function with a "must" twin, which returns an error where the plain one
// panics (or, for regexMatch, hides it).
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/regexp/regexp.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;
using regexp::Regexp;

constexpr std::size_t most_kept_patterns = 32;

// Templates use few patterns, but often within a range, and compiling one costs far more than a
// match. Kept per thread, so that no lock is needed.
const Regexp& compile(std::string_view pattern) {
  thread_local std::map<std::string, Regexp, std::less<>> kept;
  if (const auto found = kept.find(pattern); found != kept.end()) {
    return found->second;
  }
  Regexp regexp(pattern);
  if (kept.size() >= most_kept_patterns) {
    kept.clear();
  }
  return kept.emplace(pattern, std::move(regexp)).first->second;
}

// strconv.CanBackquote.
bool can_backquote(std::string_view text) {
  while (!text.empty()) {
    const auto rune = utf8::decode(text);
    const bool is_control = (rune.point < ' ' && rune.point != '\t') || rune.point == 0x7F;
    if (rune.is_broken() || is_control || rune.point == '`' || rune.point == 0xFEFF) {
      return false;
    }
    text.remove_prefix(rune.length);
  }
  return true;
}

// The panic of regexp.MustCompile.
const Regexp& must_compile(std::string_view pattern) {
  try {
    return compile(pattern);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::config) {
      throw;
    }
    const auto quoted = can_backquote(pattern) ? "`" + std::string(pattern) + "`" : quote(pattern);
    fail("regexp: Compile(" + quoted + "): " + error.message());
  }
}

using Compile = const Regexp& (*)(std::string_view);

int as_limit(const Any& count) {
  using Limits = std::numeric_limits<int>;
  return int(std::clamp<std::int64_t>(count.as_int(), -1, Limits::max()));
}

// Parts of an argument live as long as it does.
Any make_texts(Heap& heap, const std::vector<std::string_view>& texts) {
  std::vector<Any> items;
  items.reserve(texts.size());
  for (const auto text : texts) {
    items.push_back(Any::string(text));
  }
  return heap.make_list(std::move(items), string_list_type);
}

Any match(const Call& call) {
  try {
    return Any::boolean(compile(call[0].as_string()).matches(call[1].as_string()));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::config) {
      throw;
    }
    return Any::boolean(false);
  }
}

Any must_match(const Call& call) {
  return Any::boolean(compile(call[0].as_string()).matches(call[1].as_string()));
}

template <Compile compile_pattern>
Any find(const Call& call) {
  return Any::string(compile_pattern(call[0].as_string()).find(call[1].as_string()));
}

template <Compile compile_pattern>
Any find_all(const Call& call) {
  const auto& regexp = compile_pattern(call[0].as_string());
  const auto found = regexp.find_all(call[1].as_string(), as_limit(call[2]));
  return found.empty() ? Any::slice(string_list_type, nullptr) : make_texts(call.heap, found);
}

template <Compile compile_pattern>
Any split(const Call& call) {
  const auto& regexp = compile_pattern(call[0].as_string());
  const auto limit = as_limit(call[2]);
  return limit == 0 ? Any::slice(string_list_type, nullptr)
                    : make_texts(call.heap, regexp.split(call[1].as_string(), limit));
}

template <Compile compile_pattern>
Any replace_all(const Call& call) {
  const auto& regexp = compile_pattern(call[0].as_string());
  return call.heap.string(regexp.replace_all(call[1].as_string(), call[2].as_string()));
}

template <Compile compile_pattern>
Any replace_all_literal(const Call& call) {
  const auto& regexp = compile_pattern(call[0].as_string());
  return call.heap.string(regexp.replace_all_literal(call[1].as_string(), call[2].as_string()));
}

Any quote_meta(const Call& call) {
  return call.heap.string(regexp::quote_meta(call[0].as_string()));
}

constexpr auto two_texts = takes<string_type, string_type>;
constexpr auto three_texts = takes<string_type, string_type, string_type>;
constexpr auto texts_and_count = takes<string_type, string_type, int_type>;

constexpr Function functions_of_regex[] = {
    {"mustRegexFind", two_texts, false, &string_type, find<compile>},
    {"mustRegexFindAll", texts_and_count, false, &string_list_type, find_all<compile>},
    {"mustRegexMatch", two_texts, false, &bool_type, must_match},
    {"mustRegexReplaceAll", three_texts, false, &string_type, replace_all<compile>},
    {"mustRegexReplaceAllLiteral", three_texts, false, &string_type, replace_all_literal<compile>},
    {"mustRegexSplit", texts_and_count, false, &string_list_type, split<compile>},
    {"regexFind", two_texts, false, &string_type, find<must_compile>},
    {"regexFindAll", texts_and_count, false, &string_list_type, find_all<must_compile>},
    {"regexMatch", two_texts, false, &bool_type, match},
    {"regexQuoteMeta", takes<string_type>, false, &string_type, quote_meta},
    {"regexReplaceAll", three_texts, false, &string_type, replace_all<must_compile>},
    {"regexReplaceAllLiteral", three_texts, false, &string_type, replace_all_literal<must_compile>},
    {"regexSplit", texts_and_count, false, &string_list_type, split<must_compile>},
};

}  // namespace

std::span<const Function> regex_functions() {
  return functions_of_regex;
}

}  // namespace celldrift::sprig
