// html, js, urlquery.
#include "celldrift/core/unicode.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/builtin.hpp"
#include "gotemplate/run.hpp"

#include <string>
#include <vector>

namespace celldrift::gotemplate {

namespace {

// The arguments as one text, printed as actions print values.
std::string text_of(std::span<const Operand> arguments) {
  std::vector<Any> values;
  for (const Operand& argument : arguments) {
    values.push_back(argument.value.is_nil() ? Any::string("<no value>") : argument.value);
  }
  return sprint(values);
}

void append_html(std::string& text, char c) {
  switch (c) {
    case '\0':
      text += "\uFFFD";
      break;
    case '"':
      text += "&#34;";
      break;
    case '\'':
      text += "&#39;";
      break;
    case '&':
      text += "&amp;";
      break;
    case '<':
      text += "&lt;";
      break;
    case '>':
      text += "&gt;";
      break;
    default:
      text += c;
  }
}

std::string escape_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    append_html(result, c);
  }
  return result;
}

std::string code_unit(char32_t code) {
  const Any argument[] = {Any::integer(std::int64_t(code), int32_type)};
  return sprintf("\\u%04X", argument);
}

void append_js(std::string& text, std::string_view rune_text, const utf8::Rune& rune) {
  switch (rune.point) {
    case '\\':
      text += "\\\\";
      return;
    case '\'':
      text += "\\'";
      return;
    case '"':
      text += "\\\"";
      return;
    case '<':
    case '>':
    case '&':
    case '=':
      text += code_unit(rune.point);
      return;
    default:
      break;
  }
  const bool plain = rune.point < 0x80 ? rune.point >= ' ' : is_printable(rune.point);
  text += plain ? std::string(rune_text) : code_unit(rune.point);
}

std::string escape_js(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    append_js(result, text.substr(0, rune.length), rune);
    text.remove_prefix(rune.length);
  }
  return result;
}

bool is_plain_in_query(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

std::string escape_query(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain_in_query(c)) {
      result += c;
    } else if (c == ' ') {
      result += '+';
    } else {
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return result;
}

Operand string_of(Run& run, const std::string& text) {
  return Operand::concrete(run.heap().string(text));
}

}  // namespace

Operand builtin_html(Run& run, std::span<const Operand> arguments) {
  return string_of(run, escape_html(text_of(arguments)));
}

Operand builtin_js(Run& run, std::span<const Operand> arguments) {
  return string_of(run, escape_js(text_of(arguments)));
}

Operand builtin_urlquery(Run& run, std::span<const Operand> arguments) {
  return string_of(run, escape_query(text_of(arguments)));
}

}  // namespace celldrift::gotemplate
