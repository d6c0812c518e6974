// Taking texts apart character by character, as Go's path matchers do.
#pragma once

#include "celldrift/core/utf8.hpp"

#include <string_view>

namespace celldrift::fleet {

// Takes the character at the front off; U+FFFD for a byte that is not UTF-8. `text` is not empty.
inline char32_t take_rune(std::string_view& text) {
  const utf8::Rune rune = utf8::decode(text);
  text.remove_prefix(rune.length);
  return rune.point;
}

}  // namespace celldrift::fleet
