// A page of text: lines that are made safe for a terminal, wrapped at its width, and coloured if
// asked for.
#pragma once

#include "celldrift/report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::report {

enum class Style { plain, bold, dim, red, yellow, green, cyan };

// What turns a style on; "" for plain.
std::string_view escape_of(Style style);

struct Span {
  std::string text;
  Style style = Style::plain;
};

using Line = std::vector<Span>;

class Page {
 public:
  // Narrower than 40 columns counts as 40.
  Page(std::size_t width, Colour colour);

  // One line, wrapped at blanks where it is too long; its further lines are indented by two more.
  void line(std::size_t indent, const Line& line);
  // An empty line, unless there is one already or nothing yet.
  void gap();

  // How many columns a line of that indent has.
  std::size_t room(std::size_t indent) const { return width_ > indent + 20 ? width_ - indent : 20; }

  std::string take() { return std::move(text_); }

 private:
  struct Word {
    std::size_t blanks = 0;  // before it
    Line parts;
  };
  static std::vector<Word> words_of(const Line& line);
  void put(const Span& part);
  void set_style(Style style);
  void put_broken(const Word& word, std::size_t indent);
  void break_line(std::size_t indent);

  std::size_t width_;
  Colour colour_;
  std::string text_;
  std::size_t used_ = 0;        // columns of the line that is being written
  Style style_ = Style::plain;  // that the text so far ends in
};

}  // namespace celldrift::report
