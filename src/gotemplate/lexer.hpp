// Lexer: a template's text to tokens, as text/template/parse/lex.go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::gotemplate {

enum class TokenKind : std::uint8_t {
  error,  // the token's text is the message
  boolean,
  character,  // a printable ASCII character, such as a comma
  character_constant,
  complex,  // 1+2i; an imaginary number alone is a number
  assign,   // =
  declare,  // :=
  end_of_text,
  field,  // .name
  identifier,
  left_delimiter,
  left_parenthesis,
  number,
  pipe,
  raw_string,  // with its quotes
  right_delimiter,
  right_parenthesis,
  space,
  string,  // with its quotes
  text,
  variable,  // $ or $name
  // Keywords.
  block,
  break_,
  continue_,
  dot,
  define,
  else_,
  end,
  if_,
  nil,
  range,
  template_,
  with,
};

struct Token {
  TokenKind kind = TokenKind::error;
  std::uint32_t position = 0;  // of its first byte in the text
  std::uint32_t line = 0;      // counted from 1
  std::string_view text;       // valid as long as the lexer and its text
};

// The token as error messages name it: "EOF", <if>, "abc", "0123456789"....
std::string describe(const Token& token);

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // After an error or the end, always the end.
  Token next();

  // Go lets a function named "break" or "continue" take the keyword's place.
  bool break_is_keyword = true;
  bool continue_is_keyword = true;

 private:
  static constexpr std::int32_t end_of_text = -1;

  std::int32_t next_rune();
  std::int32_t peek_rune();
  void back_up();
  bool accept(std::string_view set);
  void accept_run(std::string_view set);
  std::string_view rest() const { return text_.substr(position_); }
  bool rest_starts_with(std::string_view part) const { return rest().starts_with(part); }

  Token take(TokenKind kind);  // what lies between start_ and position_
  void ignore();               // what lies there; counts its lines
  Token fail(std::string message);
  Token fail_at(std::string_view what, std::int32_t rune);

  // Text and delimiters (lexer.cpp).
  Token read_text();
  Token read_left_delimiter();
  bool skip_comment(Token& error);
  Token read_right_delimiter();
  bool at_right_delimiter(bool& trims) const;

  // What is inside an action (lexer_action.cpp).
  Token read_in_action();
  Token read_rune_of_action();
  Token read_space();
  Token read_identifier();
  Token read_field_or_variable(TokenKind kind);
  Token read_number();
  Token read_quoted(char quote, TokenKind kind, std::string_view name);
  Token read_raw_string();
  bool scan_number();
  bool at_terminator();

  std::string_view text_;
  std::string message_;  // of the last error
  std::size_t position_ = 0;
  std::size_t start_ = 0;  // of the token being read
  std::uint32_t line_ = 1;
  std::uint32_t start_line_ = 1;
  int open_parentheses_ = 0;
  bool in_action_ = false;
  bool at_end_ = false;
};

}  // namespace celldrift::gotemplate
