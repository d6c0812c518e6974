// Go's quoted texts (strconv.Quote and its kin) and their reading.
#pragma once

#include "celldrift/core/utf8.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::gotemplate {

enum class Ascii { no, only };  // only: everything past ASCII is escaped

std::string quote_text(std::string_view text, Ascii ascii);
std::string quote_rune(char32_t rune, Ascii ascii);  // 'x'
bool can_backquote(std::string_view text);

// strconv.Unquote: the content of a "text", `text` or 'r'; nothing when it is not well formed.
std::optional<std::string> unquote(std::string_view literal);

// strconv.UnquoteChar, at the start of `text` within quotes of that kind; removes what it read.
struct Unquoted {
  char32_t code = 0;
  bool is_byte = false;  // "\xff" and octals: a byte, not a rune
};
std::optional<Unquoted> unquote_rune(std::string_view& text, char quote);

}  // namespace celldrift::gotemplate
