// The inside of actions: identifiers, constants, punctuation.
#include "celldrift/core/unicode.hpp"
#include "celldrift/gotemplate/any.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/lexer.hpp"
#include "gotemplate/quote.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

constexpr std::string_view right_delimiter = "}}";

struct Word {
  std::string_view text;
  TokenKind kind;
};
constexpr Word words[] = {
    {"block", TokenKind::block},
    {"break", TokenKind::break_},
    {"continue", TokenKind::continue_},
    {"define", TokenKind::define},
    {"else", TokenKind::else_},
    {"end", TokenKind::end},
    {"false", TokenKind::boolean},
    {"if", TokenKind::if_},
    {"nil", TokenKind::nil},
    {"range", TokenKind::range},
    {"template", TokenKind::template_},
    {"true", TokenKind::boolean},
    {"with", TokenKind::with},
};

bool is_digit(std::int32_t rune) {
  return rune >= '0' && rune <= '9';
}

bool is_alphanumeric(std::int32_t rune) {
  return rune == '_' ||
         (rune > 0 && (is_letter(char32_t(rune)) || celldrift::is_digit(char32_t(rune))));
}

bool is_space(std::int32_t rune) {
  return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
}

}  // namespace

// "bad character U+0026 '&'"
Token Lexer::fail_at(std::string_view what, std::int32_t rune) {
  const Any argument[] = {Any::integer(rune, int32_type)};
  return fail(std::string(what) + sprintf("%#U", argument));
}

Token Lexer::read_in_action() {
  bool trims = false;
  if (at_right_delimiter(trims)) {
    return open_parentheses_ == 0 ? read_right_delimiter() : fail("unclosed left paren");
  }
  return read_rune_of_action();
}

Token Lexer::read_rune_of_action() {
  const std::int32_t rune = next_rune();
  if (rune == end_of_text) {
    return fail("unclosed action");
  }
  if (is_space(rune)) {
    back_up();
    return read_space();
  }
  switch (rune) {
    case '=':
      return take(TokenKind::assign);
    case ':':
      return next_rune() == '=' ? take(TokenKind::declare) : fail("expected :=");
    case '|':
      return take(TokenKind::pipe);
    case '"':
      return read_quoted('"', TokenKind::string, "quoted string");
    case '`':
      return read_raw_string();
    case '\'':
      return read_quoted('\'', TokenKind::character_constant, "character constant");
    case '$':
      return read_field_or_variable(TokenKind::variable);
    case '(':
      ++open_parentheses_;
      return take(TokenKind::left_parenthesis);
    case ')':
      return --open_parentheses_ < 0 ? fail("unexpected right paren")
                                     : take(TokenKind::right_parenthesis);
    default:
      break;
  }
  const bool starts_number = rune == '.' && position_ < text_.size() && is_digit(text_[position_]);
  if (rune == '.' && position_ < text_.size() && !starts_number) {
    return read_field_or_variable(TokenKind::field);
  }
  if (rune == '.' || rune == '+' || rune == '-' || is_digit(rune)) {
    back_up();
    return read_number();
  }
  if (is_alphanumeric(rune)) {
    back_up();
    return read_identifier();
  }
  const bool printable = rune < 0x80 && is_printable(char32_t(rune));
  return printable ? take(TokenKind::character)
                   : fail_at("unrecognized character in action: ", rune);
}

// A run of blanks, but not the one that belongs to the trim marker of " -}}".
Token Lexer::read_space() {
  int count = 0;
  for (; is_space(peek_rune()); ++count) {
    next_rune();
  }
  --position_;  // the last blank may begin the marker
  bool trims = false;
  at_right_delimiter(trims);
  ++position_;
  if (trims) {
    back_up();
    if (count == 1) {
      return read_right_delimiter();
    }
  }
  return take(TokenKind::space);
}

Token Lexer::read_identifier() {
  std::int32_t rune = next_rune();
  while (is_alphanumeric(rune)) {
    rune = next_rune();
  }
  back_up();
  if (!at_terminator()) {
    return fail_at("bad character ", rune);
  }
  const std::string_view text = text_.substr(start_, position_ - start_);
  const auto* word = std::ranges::find(words, text, &Word::text);
  if (word == std::end(words) || (word->kind == TokenKind::break_ && !break_is_keyword) ||
      (word->kind == TokenKind::continue_ && !continue_is_keyword)) {
    return take(TokenKind::identifier);
  }
  return take(word->kind);
}

// After the "." or "$".
Token Lexer::read_field_or_variable(TokenKind kind) {
  if (at_terminator()) {
    return take(kind == TokenKind::variable ? kind : TokenKind::dot);
  }
  std::int32_t rune = next_rune();
  while (is_alphanumeric(rune)) {
    rune = next_rune();
  }
  back_up();
  return at_terminator() ? take(kind) : fail_at("bad character ", rune);
}

// Whether what may follow an identifier follows. Breaks .X.Y into two pieces.
bool Lexer::at_terminator() {
  const std::int32_t rune = peek_rune();
  if (rune == end_of_text || is_space(rune)) {
    return true;
  }
  return (rune < 0x80 && std::string_view(".,|:)(").find(char(rune)) != std::string_view::npos) ||
         rest_starts_with(right_delimiter);
}

// Not a perfect scanner: "0x0.2" and "089" pass; reading the number's value finds them out.
Token Lexer::read_number() {
  const auto bad = [this] {
    return fail("bad number syntax: " +
                quote_text(text_.substr(start_, position_ - start_), Ascii::no));
  };
  if (!scan_number()) {
    return bad();
  }
  const std::int32_t sign = peek_rune();
  if (sign != '+' && sign != '-') {
    return take(TokenKind::number);
  }
  return scan_number() && text_[position_ - 1] == 'i' ? take(TokenKind::complex) : bad();
}

bool Lexer::scan_number() {
  accept("+-");
  std::string_view digits = "0123456789_";
  bool decimal = true;
  bool hexadecimal = false;
  if (accept("0")) {
    if (accept("xX")) {
      digits = "0123456789abcdefABCDEF_";
      decimal = false;
      hexadecimal = true;
    } else if (accept("oO")) {
      digits = "01234567_";
      decimal = false;
    } else if (accept("bB")) {
      digits = "01_";
      decimal = false;
    }
  }
  accept_run(digits);
  if (accept(".")) {
    accept_run(digits);
  }
  if ((decimal && accept("eE")) || (hexadecimal && accept("pP"))) {
    accept("+-");
    accept_run("0123456789_");
  }
  accept("i");
  if (is_alphanumeric(peek_rune())) {
    next_rune();
    return false;
  }
  return true;
}

// After the opening quote. What is inside is checked by whoever unquotes it.
Token Lexer::read_quoted(char quote, TokenKind kind, std::string_view name) {
  while (true) {
    std::int32_t rune = next_rune();
    if (rune == '\\') {
      rune = next_rune();
      if (rune != end_of_text && rune != '\n') {
        continue;
      }
    }
    if (rune == end_of_text || rune == '\n') {
      return fail("unterminated " + std::string(name));
    }
    if (rune == quote) {
      return take(kind);
    }
  }
}

Token Lexer::read_raw_string() {
  std::int32_t rune = next_rune();
  while (rune != '`' && rune != end_of_text) {
    rune = next_rune();
  }
  return rune == '`' ? take(TokenKind::raw_string) : fail("unterminated raw quoted string");
}

}  // namespace celldrift::gotemplate
