#include "compare/argo/jq_match.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/regexp/regexp.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace celldrift::compare {
namespace {

std::string text_of(jv value) {
  std::string text(jv_string_value(value), std::size_t(jv_string_length_bytes(jv_copy(value))));
  jv_free(value);
  return text;
}

jv error(const std::string& message) {
  return jv_invalid_with_msg(jv_string_sized(message.data(), int(message.size())));
}

jv text(std::string_view value) {
  return jv_string_sized(value.data(), int(value.size()));
}

// Each thread keeps what it compiled: the same few are used for thousands of objects.
const regexp::Regexp& compiled(const std::string& pattern) {
  constexpr std::size_t most = 64;
  static thread_local std::map<std::string, regexp::Regexp> kept;
  if (const auto found = kept.find(pattern); found != kept.end()) {
    return found->second;
  }
  if (kept.size() >= most) {
    kept.clear();
  }
  return kept.emplace(pattern, regexp::Regexp(pattern)).first->second;
}

// gojq: "i" and "m" (Go's "s") stand before the pattern, "g" is for `match` alone.
std::string with_flags(const std::string& pattern, const std::string& flags) {
  std::string result = pattern;
  result = flags.find('i') == flags.npos ? result : "(?i)" + result;
  return flags.find('m') == flags.npos ? result : "(?s)" + result;
}

int characters(std::string_view whole, std::size_t bytes) {
  return int(
      std::ranges::count_if(whole.substr(0, bytes), [](char c) { return (c & 0xC0) != 0x80; }));
}

jv with(jv map, const char* key, jv value) {
  return jv_object_set(map, jv_string(key), value);
}

jv describe(std::string_view whole, const std::optional<std::string_view>& part) {
  jv map = jv_object();
  if (!part) {
    map = with(map, "offset", jv_number(-1));
    map = with(map, "length", jv_number(0));
    return with(map, "string", jv_null());
  }
  map = with(map, "offset", jv_number(characters(whole, std::size_t(part->data() - whole.data()))));
  map = with(map, "length", jv_number(characters(*part, part->size())));
  return with(map, "string", text(*part));
}

jv matches(std::string_view whole, const regexp::Regexp& regexp, int limit) {
  jv all = jv_array();
  const auto& names = regexp.group_names();
  for (const regexp::Regexp::Groups& groups : regexp.find_all_groups(whole, limit)) {
    jv captures = jv_array();
    for (std::size_t i = 1; i < groups.size(); ++i) {
      jv name = names[i - 1].empty() ? jv_null() : text(names[i - 1]);
      captures = jv_array_append(captures, with(describe(whole, groups[i]), "name", name));
    }
    all = jv_array_append(all, with(describe(whole, groups[0]), "captures", captures));
  }
  return all;
}

}  // namespace

jv jq_match(jv subject, jv pattern, jv flags, jv testing) {
  const bool is_test = jv_get_kind(testing) == JV_KIND_TRUE;
  jv_free(testing);
  const bool has_flags = jv_get_kind(flags) != JV_KIND_NULL;
  if (jv_get_kind(subject) != JV_KIND_STRING || jv_get_kind(pattern) != JV_KIND_STRING ||
      (has_flags && jv_get_kind(flags) != JV_KIND_STRING)) {
    jv_free(subject);
    jv_free(pattern);
    jv_free(flags);
    return error("cannot be matched, as it is not a string");
  }
  const std::string whole = text_of(subject);
  const std::string expression = text_of(pattern);
  const std::string letters = has_flags ? text_of(flags) : "";
  if (letters.find_first_not_of("gim") != letters.npos) {
    return error("unsupported regular expression flag: " + letters);
  }
  try {
    const regexp::Regexp& regexp = compiled(with_flags(expression, letters));
    if (is_test) {
      return regexp.matches(whole) ? jv_true() : jv_false();
    }
    return matches(whole, regexp, letters.find('g') == letters.npos ? 1 : -1);
  } catch (const Error& failure) {
    return error(failure.message());
  }
}

}  // namespace celldrift::compare
