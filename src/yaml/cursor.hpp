// A place in a YAML text, and how blanks and line ends fold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace celldrift::yaml {

inline constexpr char end_of_text =
    '\0';  // the text itself holds none: control characters are refused before

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_break(char c) {
  return c == '\n';
}
inline bool ends_word(char c) {
  return is_blank(c) || is_break(c) || c == end_of_text;
}

// A position in the text with its column, counted in characters.
class Cursor {
 public:
  // The column is exact from the next line on; before, only whether it is 0 is known, which is all
  // that is asked.
  Cursor(std::string_view text, std::size_t offset)
      : text_(text), offset_(offset), column_(offset == 0 || text[offset - 1] == '\n' ? 0 : 1) {}

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

}  // namespace celldrift::yaml
