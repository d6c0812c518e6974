#include "gotemplate/lexer.hpp"

#include "celldrift/core/utf8.hpp"
#include "gotemplate/quote.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

constexpr std::string_view left_delimiter = "{{";
constexpr std::string_view right_delimiter = "}}";
constexpr std::string_view left_comment = "/*";
constexpr std::string_view right_comment = "*/";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t trim_marker_size = 2;  // "- " or " -"

bool is_blank(char c) {
  return blanks.find(c) != std::string_view::npos;
}

bool has_left_trim_marker(std::string_view text) {
  return text.size() >= trim_marker_size && text[0] == '-' && is_blank(text[1]);
}

bool has_right_trim_marker(std::string_view text) {
  return text.size() >= trim_marker_size && is_blank(text[0]) && text[1] == '-';
}

std::uint32_t count_lines(std::string_view text) {
  return std::uint32_t(std::ranges::count(text, '\n'));
}

std::size_t leading_blanks(std::string_view text) {
  return std::min(text.find_first_not_of(blanks), text.size());
}

std::size_t trailing_blanks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(blanks);
  return last == std::string_view::npos ? text.size() : text.size() - last - 1;
}

std::string_view first_runes(std::string_view text, int count) {
  std::size_t size = 0;
  for (; count > 0 && size < text.size(); --count) {
    size += utf8::decode(text.substr(size)).length;
  }
  return text.substr(0, size);
}

}  // namespace

std::string describe(const Token& token) {
  if (token.kind == TokenKind::end_of_text) {
    return "EOF";
  }
  if (token.kind == TokenKind::error) {
    return std::string(token.text);
  }
  if (token.kind >= TokenKind::block) {
    return '<' + std::string(token.text) + '>';
  }
  if (token.text.size() > 10) {
    return quote_text(first_runes(token.text, 10), Ascii::no) + "...";
  }
  return quote_text(token.text, Ascii::no);
}

std::int32_t Lexer::next_rune() {
  if (position_ >= text_.size()) {
    at_end_ = true;
    return end_of_text;
  }
  const utf8::Rune rune = utf8::decode(rest());
  position_ += rune.length;
  line_ += rune.point == '\n' ? 1 : 0;
  return std::int32_t(rune.point);
}

std::int32_t Lexer::peek_rune() {
  const std::int32_t rune = next_rune();
  back_up();
  return rune;
}

// One rune; nothing once the end was seen.
void Lexer::back_up() {
  if (at_end_ || position_ == 0) {
    return;
  }
  position_ -= utf8::decode_last(text_.substr(0, position_)).length;
  line_ -= text_[position_] == '\n' ? 1 : 0;
}

bool Lexer::accept(std::string_view set) {
  const std::int32_t rune = next_rune();
  if (rune > 0 && rune < 0x80 && set.find(char(rune)) != std::string_view::npos) {
    return true;
  }
  back_up();
  return false;
}

void Lexer::accept_run(std::string_view set) {
  while (accept(set)) {
  }
}

Token Lexer::take(TokenKind kind) {
  const Token token{
      kind, std::uint32_t(start_), start_line_, text_.substr(start_, position_ - start_)};
  start_ = position_;
  start_line_ = line_;
  return token;
}

void Lexer::ignore() {
  line_ += count_lines(text_.substr(start_, position_ - start_));
  start_ = position_;
  start_line_ = line_;
}

Token Lexer::fail(std::string message) {
  message_ = std::move(message);
  const Token token{TokenKind::error, std::uint32_t(start_), start_line_, message_};
  start_ = position_ = 0;
  text_ = {};
  return token;
}

Token Lexer::next() {
  return in_action_ ? read_in_action() : read_text();
}

Token Lexer::read_text() {
  while (true) {
    const std::size_t found = text_.find(left_delimiter, position_);
    if (found == std::string_view::npos) {
      position_ = text_.size();
      line_ += count_lines(text_.substr(start_));
      return take(position_ > start_ ? TokenKind::text : TokenKind::end_of_text);
    }
    if (found > position_) {
      position_ = found;
      const bool trims = has_left_trim_marker(text_.substr(found + left_delimiter.size()));
      const std::size_t trimmed =
          trims ? trailing_blanks(text_.substr(start_, position_ - start_)) : 0;
      position_ -= trimmed;
      line_ += count_lines(text_.substr(start_, position_ - start_));
      const Token token = take(TokenKind::text);
      position_ += trimmed;
      ignore();
      if (!token.text.empty()) {
        return token;
      }
    }
    Token error;
    const std::size_t after = position_ + left_delimiter.size();
    const std::size_t marker = has_left_trim_marker(text_.substr(after)) ? trim_marker_size : 0;
    if (!text_.substr(after + marker).starts_with(left_comment)) {
      return read_left_delimiter();
    }
    position_ = after + marker;
    ignore();
    if (!skip_comment(error)) {
      return error;
    }
  }
}

Token Lexer::read_left_delimiter() {
  position_ += left_delimiter.size();
  const std::size_t marker = has_left_trim_marker(rest()) ? trim_marker_size : 0;
  const Token token = take(TokenKind::left_delimiter);
  in_action_ = true;
  open_parentheses_ = 0;
  position_ += marker;
  ignore();
  return token;
}

bool Lexer::skip_comment(Token& error) {
  const std::size_t end = text_.find(right_comment, position_ + left_comment.size());
  if (end == std::string_view::npos) {
    error = fail("unclosed comment");
    return false;
  }
  position_ = end + right_comment.size();
  bool trims = false;
  if (!at_right_delimiter(trims)) {
    error = fail("comment ends before closing delimiter");
    return false;
  }
  position_ += (trims ? trim_marker_size : 0) + right_delimiter.size();
  position_ += trims ? leading_blanks(rest()) : 0;
  ignore();
  return true;
}

bool Lexer::at_right_delimiter(bool& trims) const {
  trims =
      has_right_trim_marker(rest()) && rest().substr(trim_marker_size).starts_with(right_delimiter);
  return trims || rest_starts_with(right_delimiter);
}

Token Lexer::read_right_delimiter() {
  bool trims = false;
  at_right_delimiter(trims);
  if (trims) {
    position_ += trim_marker_size;
    ignore();
  }
  position_ += right_delimiter.size();
  const Token token = take(TokenKind::right_delimiter);
  if (trims) {
    position_ += leading_blanks(rest());
    ignore();
  }
  in_action_ = false;
  return token;
}

}  // namespace celldrift::gotemplate
