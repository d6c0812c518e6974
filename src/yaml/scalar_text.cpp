#include "yaml/scalar_text.hpp"

#include "yaml/utf8.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::yaml {
namespace {

constexpr char end_of_text =
    '\0';  // the text itself holds none: control characters are refused before

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_break(char c) {
  return c == '\n';
}
bool ends_word(char c) {
  return is_blank(c) || is_break(c) || c == end_of_text;
}

// A position in the text with its column, counted in characters.
class Cursor {
 public:
  // The column is exact from the next line on; before, only whether it is 0 is known, which is all
  // that is asked.
  Cursor(std::string_view text, std::size_t offset)
      : text_(text),
        offset_(offset),
        column_(offset == 0 || text[offset - 1] == '\n' ? 0 : 1) {}

  char peek(std::size_t ahead = 0) const {
    return offset_ + ahead < text_.size() ? text_[offset_ + ahead] : end_of_text;
  }
  bool at_end() const { return offset_ >= text_.size(); }
  std::size_t offset() const { return offset_; }
  int column() const { return column_; }
  void skip(std::size_t count = 1) {
    for (; count != 0; --count, ++offset_) {
      column_ = peek() == '\n' ? 0 : column_ + 1;
    }
  }
  // "---" or "..." at a line's start: where a document ends, whatever it was in.
  bool at_document_mark() const {
    const std::string_view rest = text_.substr(std::min(offset_, text_.size()));
    return column_ == 0 && (rest.starts_with("---") || rest.starts_with("...")) &&
           ends_word(peek(3));
  }
  std::string_view since(std::size_t start) const { return text_.substr(start, offset_ - start); }

 private:
  std::string_view text_;
  std::size_t offset_;
  int column_ = 0;
};

// Blanks and line ends between two words, and what they fold into.
class Fold {
 public:
  void add_blank(char c) {
    if (!broken_) {
      blanks_ += c;
    }
  }
  void add_break() {
    if (broken_) {
      ++further_;
    } else {
      broken_ = true;
      folds_ = true;
    }
  }
  void add_escaped_break() { broken_ = true; }
  bool broken() const { return broken_; }
  std::string take() {
    std::string text = !broken_                  ? blanks_
                       : folds_ && further_ == 0 ? " "
                                                 : std::string(further_, '\n');
    *this = Fold{};
    return text;
  }

 private:
  std::string blanks_;
  std::size_t further_ = 0;  // line ends after the first
  bool broken_ = false;
  bool folds_ = false;  // the first line end was a plain one
};

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

bool ends_plain(const Cursor& at, bool in_flow) {
  const char c = at.peek();
  return (c == ':' && ends_word(at.peek(1))) ||
         (in_flow && std::string_view(",?[]{}").find(c) != std::string_view::npos);
}

ScalarText read_plain(std::string_view text, const Place& place) {
  Cursor at(text, place.offset);
  ScalarText scalar{.content = {}, .end = place.offset};
  Fold fold;
  while (!at.at_document_mark() && at.peek() != '#') {
    const std::size_t start = at.offset();
    while (!ends_word(at.peek()) && !ends_plain(at, place.in_flow)) {
      at.skip();
    }
    if (at.offset() != start) {
      scalar.content += fold.take();
      scalar.content += at.since(start);
      scalar.end = at.offset();
    }
    if (!is_blank(at.peek()) && !is_break(at.peek())) {
      break;
    }
    while (is_blank(at.peek()) || is_break(at.peek())) {
      if (at.peek() == '\t' && fold.broken() && at.column() <= place.indent) {
        return {.content = {}, .problem = "a tab where only blanks may indent"};
      }
      is_break(at.peek()) ? fold.add_break() : fold.add_blank(at.peek());
      at.skip();
    }
    if (!place.in_flow && fold.broken() && at.column() <= place.indent) {
      break;
    }
  }
  scalar.next = at.offset();
  scalar.line_ended = fold.broken();
  return scalar;
}

enum class Chomp { strip, clip, keep };

struct BlockHeader {
  bool literal = true;
  Chomp chomp = Chomp::clip;
  int increment = 0;
};

// The line of the "|" or ">". Nothing when it is wrong.
std::optional<BlockHeader> read_header(Cursor& at) {
  BlockHeader header{.literal = at.peek() == '|'};
  at.skip();
  for (bool chomp_seen = false;; at.skip()) {
    const char c = at.peek();
    if ((c == '+' || c == '-') && !chomp_seen) {
      header.chomp = c == '+' ? Chomp::keep : Chomp::strip;
      chomp_seen = true;
    } else if (c >= '1' && c <= '9' && header.increment == 0) {
      header.increment = c - '0';
    } else {
      break;
    }
  }
  while (is_blank(at.peek())) {
    at.skip();
  }
  if (at.peek() == '#') {
    while (!is_break(at.peek()) && !at.at_end()) {
      at.skip();
    }
  }
  if (!is_break(at.peek()) && !at.at_end()) {
    return std::nullopt;
  }
  if (!at.at_end()) {
    at.skip();
  }
  return header;
}

// Skips indentation and empty lines, counting those; finds the indentation when it is still 0.
bool skip_to_line(Cursor& at, int& indent, int parent, std::size_t& empty_lines, std::size_t& end) {
  end = at.offset();
  int widest = 0;
  while (true) {
    while (at.peek() == ' ' && (indent == 0 || at.column() < indent)) {
      at.skip();
    }
    widest = std::max(widest, at.column());
    if (at.peek() == '\t' && (indent == 0 || at.column() < indent)) {
      return false;
    }
    if (!is_break(at.peek())) {
      break;
    }
    at.skip();
    ++empty_lines;
    end = at.offset();
  }
  if (indent == 0) {
    indent = std::max({widest, parent + 1, 1});
  }
  return true;
}

constexpr std::string_view tab_problem = "a tab where only blanks may indent a block of text";

ScalarText read_block(std::string_view text, const Place& place) {
  Cursor at(text, place.offset);
  const auto header = read_header(at);
  if (!header) {
    return {.content = {},
            .problem = "only indicators and a comment may follow a block's \"|\" or \">\""};
  }
  int indent = header->increment == 0 ? 0 : std::max(place.indent, 0) + header->increment;
  std::size_t empty_lines = 0;
  ScalarText scalar;
  if (!skip_to_line(at, indent, place.indent, empty_lines, scalar.end)) {
    return {.content = {}, .problem = tab_problem};
  }
  bool has_break = false;    // the last line's end is still to be written
  bool after_blank = false;  // the last line began with a blank, which keeps its line end
  while (at.column() == indent && !at.at_end()) {
    const bool begins_blank = is_blank(at.peek());
    if (has_break && !header->literal && !after_blank && !begins_blank) {
      scalar.content += empty_lines == 0 ? " " : "";
    } else if (has_break) {
      scalar.content += '\n';
    }
    scalar.content.append(empty_lines, '\n');
    empty_lines = 0;
    after_blank = begins_blank;
    const std::size_t start = at.offset();
    while (!is_break(at.peek()) && !at.at_end()) {
      at.skip();
    }
    scalar.content += at.since(start);
    has_break = !at.at_end();
    at.skip(has_break ? 1 : 0);
    if (!skip_to_line(at, indent, place.indent, empty_lines, scalar.end)) {
      return {.content = {}, .problem = tab_problem};
    }
  }
  if (header->chomp != Chomp::strip && has_break) {
    scalar.content += '\n';
  }
  if (header->chomp == Chomp::keep) {
    scalar.content.append(empty_lines, '\n');
  }
  scalar.next = scalar.end;
  scalar.line_ended = true;
  return scalar;
}

}  // namespace

ScalarText read_scalar(std::string_view text, const Place& place) {
  switch (place.offset < text.size() ? text[place.offset] : end_of_text) {
    case '"':
    case '\'':
      return read_quoted(text, place.offset);
    case '|':
    case '>':
      return read_block(text, place);
    default:
      return read_plain(text, place);
  }
}

}  // namespace celldrift::yaml
