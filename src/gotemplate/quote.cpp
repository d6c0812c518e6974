#include "gotemplate/quote.hpp"

#include "celldrift/core/unicode.hpp"
#include "celldrift/gotemplate/format.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

struct Escape {
  char letter;
  char32_t code;
};
constexpr Escape escapes[] = {
    {'a', '\a'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'v', '\v'}};

void append_hexadecimal(std::string& text, char32_t value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    text += digits[value >> (4 * i) & 15];
  }
}

void append_escaped(std::string& text, char32_t rune, char quote, Ascii ascii) {
  if (rune == char32_t(quote) || rune == '\\') {
    text += '\\';
    text += char(rune);
    return;
  }
  if ((ascii == Ascii::no || rune < 0x80) && is_printable(rune)) {
    utf8::append(text, rune);
    return;
  }
  text += '\\';
  const auto* known = std::ranges::find(escapes, rune, &Escape::code);
  if (known != std::end(escapes)) {
    text += known->letter;
  } else if (rune < ' ' || rune == 0x7f) {
    text += 'x';
    append_hexadecimal(text, rune, 2);
  } else if (rune < 0x10000) {
    text += 'u';
    append_hexadecimal(text, rune, 4);
  } else {
    text += 'U';
    append_hexadecimal(text, rune, 8);
  }
}

}  // namespace

std::string quote_text(std::string_view text, Ascii ascii) {
  std::string result = "\"";
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    if (rune.is_broken()) {
      result += "\\x";
      append_hexadecimal(result, static_cast<unsigned char>(text[0]), 2);
    } else {
      append_escaped(result, rune.point, '"', ascii);
    }
    text.remove_prefix(rune.length);
  }
  return result + '"';
}

std::string quote(std::string_view text) {
  return quote_text(text, Ascii::no);
}

std::string quote_rune(char32_t rune, Ascii ascii) {
  std::string result = "'";
  const bool valid = rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff);
  append_escaped(result, valid ? rune : utf8::replacement, '\'', ascii);
  return result + '\'';
}

bool can_backquote(std::string_view text) {
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    const bool control = (rune.point < ' ' && rune.point != '\t') || rune.point == 0x7f;
    if (rune.is_broken() || control || rune.point == '`' || rune.point == 0xfeff) {
      return false;
    }
    text.remove_prefix(rune.length);
  }
  return true;
}

}  // namespace celldrift::gotemplate
