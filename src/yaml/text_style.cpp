#include "yaml/text_style.hpp"

#include "yaml/scalars.hpp"
#include "yaml/utf8.hpp"

#include <algorithm>

namespace celldrift::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Characters that must be escaped: controls, what YAML takes for a line break or a byte-order mark,
// and what an editor would hide.
bool needs_escape(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0xA0) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
         point == 0xFEFF || (point >= 0xFFFE && point <= 0xFFFF);
}

// True when every character may stand as it is; tabs and line feeds are told apart by the caller.
bool is_clean(std::string_view text, std::string_view also_allowed) {
  while (!text.empty()) {
    const Decoded next = decode_utf8(text);
    if (next.length == 0 ||
        (needs_escape(next.point) && also_allowed.find(text[0]) == std::string_view::npos)) {
      return false;
    }
    text.remove_prefix(next.length);
  }
  return true;
}

// "--flag" may be plain, "- x", "-1" and "---" may not.
bool may_begin(std::string_view text) {
  constexpr std::string_view indicators = "?:,[]{}#&*!|>'\"%@`=<~^ \t";
  if (text[0] == '-') {
    return text.size() > 1 && text[1] != ' ' && text[1] != '\t' && !text.starts_with("---");
  }
  return indicators.find(text[0]) == std::string_view::npos && !text.starts_with("...");
}

// Dates, times and base-60 numbers, which readers of full YAML 1.1 turn into something else.
bool looks_like_time(std::string_view text) {
  const std::size_t first = text[0] == '+' || text[0] == '-' ? 1 : 0;
  return first < text.size() && is_digit(text[first]) &&
         std::ranges::all_of(
             text.substr(first),
             [](char c) {
               return is_digit(c) ||
                      std::string_view("-:.,+_ TtZz").find(c) != std::string_view::npos;
             });
}

bool may_be_plain(std::string_view text) {
  return !text.empty() && may_begin(text) && text.back() != ' ' && text.back() != ':' &&
         text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos &&
         !looks_like_time(text) && !is_ambiguous(text) && is_clean(text, "");
}

bool may_be_literal(std::string_view text) {
  return text.find('\n') != std::string_view::npos &&
         text.find_first_not_of(" \t\n") != std::string_view::npos && is_clean(text, "\n\t");
}

std::string hexadecimal(char32_t point, int digits) {
  static constexpr char names[] = "0123456789abcdef";
  std::string text;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    text += names[(point >> shift) & 15];
  }
  return text;
}

std::string escape(char32_t point) {
  switch (point) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return point < 0x100 ? "\\x" + hexadecimal(point, 2) : "\\u" + hexadecimal(point, 4);
  }
}

}  // namespace

Style style_of(std::string_view text) {
  if (may_be_plain(text)) {
    return Style::plain;
  }
  return may_be_literal(text) ? Style::literal : Style::double_quoted;
}

std::string double_quoted(std::string_view text) {
  std::string result = "\"";
  while (!text.empty()) {
    const Decoded next = decode_utf8(text);
    if (next.length == 0) {
      result += "\\ufffd";
    } else if (next.point == '"' || next.point == '\\' || needs_escape(next.point)) {
      result += escape(next.point);
    } else {
      result += text.substr(0, next.length);
    }
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
  return result + "\"";
}

std::string literal_header(std::string_view text) {
  std::string header = "|";
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n') {
    header += "2";
  }
  if (!text.ends_with('\n')) {
    header += "-";
  } else if (text.ends_with("\n\n")) {
    header += "+";
  }
  return header;
}

}  // namespace celldrift::yaml
