#include "yaml/cursor.hpp"
#include "yaml/scalar_text.hpp"
#include "yaml/utf8.hpp"

#include <cstdint>
#include <optional>

namespace celldrift::yaml {
namespace {

struct Escape {
  char name;
  std::string_view content;
};

std::optional<std::string_view> find_escape(char name) {
  using namespace std::string_view_literals;
  static constexpr Escape escapes[] = {
      {'0', "\0"sv},
      {'a', "\a"},
      {'b', "\b"},
      {'t', "\t"},
      {'\t', "\t"},
      {'n', "\n"},
      {'v', "\v"},
      {'f', "\f"},
      {'r', "\r"},
      {'e', "\x1B"},
      {' ', " "},
      {'"', "\""},
      {'\'', "'"},
      {'\\', "\\"},
      {'N', "\xC2\x85"},
      {'_', "\xC2\xA0"},
      {'L', "\xE2\x80\xA8"},
      {'P', "\xE2\x80\xA9"},
  };
  for (const Escape& escape : escapes) {
    if (escape.name == name) {
      return escape.content;
    }
  }
  return std::nullopt;
}

int code_length(char name) {
  return name == 'x' ? 2 : name == 'u' ? 4 : name == 'U' ? 8 : 0;
}

int hex_digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// The cursor stands behind "\x", "\u" or "\U". False when no character follows.
bool read_code(Cursor& at, int digits, std::string& content) {
  std::uint64_t point = 0;
  for (int i = 0; i < digits; ++i) {
    const int digit = hex_digit(at.peek());
    if (digit < 0) {
      return false;
    }
    point = point << 4 | std::uint64_t(digit);
    at.skip();
  }
  if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
    return false;
  }
  append_utf8(content, char32_t(point));
  return true;
}

// The cursor stands on a backslash that no line end follows.
bool read_escape(Cursor& at, std::string& content) {
  const char name = at.peek(1);
  at.skip(at.peek(1) == end_of_text ? 1 : 2);
  if (const int digits = code_length(name)) {
    return read_code(at, digits, content);
  }
  const auto escape = find_escape(name);
  content += escape.value_or("");
  return escape.has_value();
}

// One stretch of a quoted scalar without blanks. False when an escape is wrong.
bool read_quoted_word(Cursor& at, char quote, std::string& content, Fold& fold) {
  while (!ends_word(at.peek())) {
    if (at.peek() == quote && quote == '\'' && at.peek(1) == quote) {
      content += quote;
      at.skip(2);
    } else if (at.peek() == quote) {
      return true;
    } else if (quote == '"' && at.peek() == '\\' && is_break(at.peek(1))) {
      at.skip(2);
      fold.add_escaped_break();
      return true;
    } else if (quote == '"' && at.peek() == '\\') {
      if (!read_escape(at, content)) {
        return false;
      }
    } else {
      content += at.peek();
      at.skip();
    }
  }
  return true;
}

}  // namespace

ScalarText read_quoted(std::string_view text, std::size_t offset) {
  Cursor at(text, offset);
  const char quote = at.peek();
  at.skip();
  std::string content;
  while (true) {
    if (at.at_document_mark()) {
      return {.content = {}, .problem = "a document ends inside a quoted text"};
    }
    if (at.at_end()) {
      return {.content = {}, .problem = "a quoted text has no end"};
    }
    Fold fold;
    if (!read_quoted_word(at, quote, content, fold)) {
      return {.content = {}, .problem = "an escape sequence that YAML does not have"};
    }
    if (at.peek() == quote && !fold.broken()) {
      at.skip();
      return {.content = std::move(content), .end = at.offset(), .next = at.offset()};
    }
    while (is_blank(at.peek()) || is_break(at.peek())) {
      is_break(at.peek()) ? fold.add_break() : fold.add_blank(at.peek());
      at.skip();
    }
    content += fold.take();
  }
}

}  // namespace celldrift::yaml
