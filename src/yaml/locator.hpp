// Offsets of a text to lines and columns, cheap when asked in about the order of the text.
#pragma once

#include "celldrift/core/mark.hpp"

#include <string_view>

namespace celldrift::yaml {

class Locator {
 public:
  // `first_line` is the number of the text's first line.
  Locator(std::string_view text, SourceId source, std::uint32_t first_line = 1);

  Mark at(std::size_t offset);

 private:
  void rewind_to(std::size_t offset);

  std::string_view text_;
  SourceId source_;
  std::size_t offset_ = 0;
  std::uint32_t line_;
  std::uint32_t column_ = 1;
  std::uint32_t first_line_;
};

}  // namespace celldrift::yaml
