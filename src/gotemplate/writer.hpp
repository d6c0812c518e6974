// Writer: the output of a run, with the origin of each of its lines where that is asked for.
#pragma once

#include "celldrift/gotemplate/template.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

// Where a piece of output comes from.
struct Origin {
  std::uint32_t line = 0;    // of the template's text
  bool is_text = false;      // text of the template: its lines are one after the other
  bool is_volatile = false;  // what is written differs from run to run
};

enum class Trace : bool { no, lines };

class Writer {
 public:
  explicit Writer(Trace trace) : trace_(trace) {}

  void write(std::string_view piece, const Origin& origin) {
    text_ += piece;
    is_volatile_ = is_volatile_ || origin.is_volatile;
    if (trace_ == Trace::lines) {
      trace(piece, origin);
    }
  }
  // The line being written may look different another time.
  void mark_volatile();

  bool is_volatile() const { return is_volatile_; }  // anything of it
  std::size_t size() const { return text_.size(); }
  std::string take_text() { return std::move(text_); }
  // One for each line of the text.
  std::vector<LineOrigin> take_lines();

 private:
  void trace(std::string_view piece, const Origin& origin);
  void trace_part(std::string_view part, std::uint32_t line, bool is_volatile);

  Trace trace_;
  std::string text_;
  std::vector<LineOrigin> lines_;
  LineOrigin current_;
  bool has_content_ = false;  // the current line: more than blanks
  bool has_part_ = false;     // the current line: anything
  bool is_volatile_ = false;
};

}  // namespace celldrift::gotemplate
