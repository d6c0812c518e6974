// The state of go-yaml 2's emitter (libyaml's): where it stands on the line, and what that lets
// it leave out. Which line ends and blanks are written follows from it, so the printer keeps the
// same three facts under the same names.
#pragma once

#include "yaml/emit_go_text.hpp"

#include <string>
#include <string_view>

namespace celldrift::yaml {

class GoPrinter {
 public:
  // "-", "?", ":", "[": a blank before it where `spaced` and none stands there yet.
  enum class Spaced { yes, no };
  enum class Indents { yes, no };  // what follows may start right behind it, as after "- "
  void indicator(std::string_view text, Spaced spaced, Indents indents);
  // To `column`, on a new line unless nothing but indentation stands on this one.
  void indent(int column);
  bool at_indentation() const { return indention_; }

  // A scalar whose parts on further lines stand at `column`. Texts of keys are not folded.
  enum class Fold { yes, no };
  void plain(std::string_view text, int column, Fold fold);
  void single_quoted(std::string_view text, int column, Fold fold);
  void double_quoted(std::string_view text, int column, Fold fold);
  void literal(std::string_view text, int column);

  std::string take() { return std::move(out_); }

 private:
  void put(char c) {
    out_ += c;
    ++column_;
  }
  // Writes the character at `at` and moves `at` behind it.
  void copy(std::string_view text, std::size_t& at);
  void copy_break(std::string_view text, std::size_t& at);
  void line_end();
  void escape(std::string_view text, std::size_t& at);
  bool is_wide() const { return column_ > 80; }  // go-yaml's best_width

  std::string out_;
  int column_ = 0;          // in characters
  bool whitespace_ = true;  // a blank was written last
  bool indention_ = true;   // nothing but indentation and indicators so far
};

}  // namespace celldrift::yaml
