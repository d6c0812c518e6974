// UTF-8: checking, mending and converting to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::yaml {

struct Decoded {
  char32_t point = 0;
  std::size_t length = 0;  // 0: not valid UTF-8
};

// The first character. Strict: no overlong forms, no surrogates, nothing past U+10FFFF.
Decoded decode_utf8(std::string_view text);
void append_utf8(std::string& text, char32_t point);

// As Go's encoding/json: each byte that belongs to no character becomes U+FFFD.
std::string replace_invalid_utf8(std::string_view bytes);

// The offset of the first character that may not stand in YAML: not UTF-8, a control character, or
// one of Unicode's own line ends, which YAML 1.1 takes for line ends and YAML 1.2 does not.
std::optional<std::size_t> find_forbidden(std::string_view text);
// What is wrong with the character that `text` begins with.
std::string_view why_forbidden(std::string_view text);

}  // namespace celldrift::yaml
