#include "yaml/scalar_text.hpp"

#include "yaml/cursor.hpp"

namespace celldrift::yaml {
namespace {

bool ends_plain(const Cursor& at, bool in_flow) {
  const char c = at.peek();
  return (c == ':' && ends_word(at.peek(1))) ||
         (in_flow && std::string_view(",?[]{}").find(c) != std::string_view::npos);
}

}  // namespace

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
