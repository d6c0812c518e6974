#include "yaml/cursor.hpp"
#include "yaml/scalar_text.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::yaml {
namespace {

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

}  // namespace

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

}  // namespace celldrift::yaml
