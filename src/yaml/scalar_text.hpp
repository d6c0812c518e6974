// The content of a scalar, read from the text by the rules of YAML 1.1 as libyaml and so go-yaml 2
// have them.
//
// yaml-cpp says where scalars are; what they hold is read again here, because yaml-cpp 0.7 folds
// lines differently, decodes "\N" to bytes that are no UTF-8, takes a quoted scalar without its end
// for a whole one, and loses the style.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace celldrift::yaml {

struct ScalarText {
  std::string content;
  std::size_t end = 0;      // offset of what follows the scalar
  std::size_t next = 0;     // past the blanks and empty lines that were read looking for more of it
  bool line_ended = false;  // a line end is among those
  std::string_view problem{};  // why it is none; then the rest does not count
};

// Where a scalar stands.
struct Place {
  std::size_t offset = 0;
  int indent = -1;  // column (from 0) of the block list or map around it; -1: there is none
  bool in_flow = false;
};

// Line ends in `text` must be line feeds. The character at the place tells the style.
ScalarText read_scalar(std::string_view text, const Place& place);

// read_scalar() for each style.
ScalarText read_quoted(std::string_view text, std::size_t offset);
ScalarText read_plain(std::string_view text, const Place& place);
ScalarText read_block(std::string_view text, const Place& place);

}  // namespace celldrift::yaml
