#include "gotemplate/quote.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char small = char(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : 99;
}

// Exactly `count` digits of that base at the start of `text`, removed from it.
std::optional<char32_t> read_digits(std::string_view& text, std::size_t count, int base) {
  if (text.size() < count) {
    return {};
  }
  char32_t value = 0;
  for (const char c : text.substr(0, count)) {
    const int digit = digit_of(c);
    if (digit >= base) {
      return {};
    }
    value = value * char32_t(base) + char32_t(digit);
  }
  text.remove_prefix(count);
  return value;
}

bool is_rune(char32_t code) {
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

std::optional<Unquoted> read_code(std::string_view& text, std::size_t count) {
  const auto code = read_digits(text, count, 16);
  return code && is_rune(*code) ? std::optional(Unquoted{*code}) : std::nullopt;
}

std::optional<Unquoted> read_byte(std::string_view& text, std::size_t count, int base) {
  const auto code = read_digits(text, count, base);
  return code && *code <= 0xff ? std::optional(Unquoted{*code, true}) : std::nullopt;
}

// What follows a backslash.
std::optional<Unquoted> read_escape(std::string_view& text, char quote) {
  const char c = text[0];
  if (c >= '0' && c <= '7') {
    return read_byte(text, 3, 8);
  }
  text.remove_prefix(1);
  switch (c) {
    case 'a':
      return Unquoted{'\a'};
    case 'b':
      return Unquoted{'\b'};
    case 'f':
      return Unquoted{'\f'};
    case 'n':
      return Unquoted{'\n'};
    case 'r':
      return Unquoted{'\r'};
    case 't':
      return Unquoted{'\t'};
    case 'v':
      return Unquoted{'\v'};
    case '\\':
      return Unquoted{'\\'};
    case 'x':
      return read_byte(text, 2, 16);
    case 'u':
      return read_code(text, 4);
    case 'U':
      return read_code(text, 8);
    default:
      return c == quote ? std::optional(Unquoted{char32_t(c)}) : std::nullopt;
  }
}

std::optional<std::string> unquote_raw(std::string_view content) {
  std::string text;
  for (const char c : content) {
    if (c == '`') {
      return {};
    }
    if (c != '\r') {  // Go drops carriage returns from raw strings
      text += c;
    }
  }
  return text;
}

}  // namespace

std::optional<Unquoted> unquote_rune(std::string_view& text, char quote) {
  if (text.empty() || text[0] == quote) {
    return {};
  }
  if (text[0] == '\\') {
    text.remove_prefix(1);
    return text.empty() ? std::nullopt : read_escape(text, quote);
  }
  const utf8::Rune rune = utf8::decode(text);
  text.remove_prefix(rune.length);
  return Unquoted{rune.point};
}

std::optional<std::string> unquote(std::string_view literal) {
  if (literal.size() < 2 || literal.front() != literal.back()) {
    return {};
  }
  const char mark = literal.front();
  std::string_view content = literal.substr(1, literal.size() - 2);
  if (mark == '`') {
    return unquote_raw(content);
  }
  if ((mark != '"' && mark != '\'') || content.find('\n') != std::string_view::npos) {
    return {};
  }
  std::string text;
  std::size_t runes = 0;
  for (; !content.empty(); ++runes) {
    const auto rune = unquote_rune(content, mark);
    if (!rune) {
      return {};
    }
    if (rune->is_byte) {
      text += char(rune->code);
    } else {
      utf8::append(text, rune->code);
    }
  }
  return mark == '\'' && runes != 1 ? std::nullopt : std::optional(text);
}

}  // namespace celldrift::gotemplate
