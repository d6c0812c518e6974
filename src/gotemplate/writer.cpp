#include "gotemplate/writer.hpp"

namespace celldrift::gotemplate {

void Writer::trace(std::string_view piece, const Origin& origin) {
  std::uint32_t line = origin.line;
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    trace_part(piece.substr(0, end), line, origin.is_volatile);
    if (end == std::string_view::npos) {
      return;
    }
    lines_.push_back(current_);
    current_ = {};
    has_content_ = has_part_ = false;
    piece.remove_prefix(end + 1);
    line += origin.is_text ? 1 : 0;
  }
}

void Writer::trace_part(std::string_view part, std::uint32_t line, bool is_volatile) {
  const bool blank = part.find_first_not_of(" \t\r") == std::string_view::npos;
  if (!has_part_ || (!has_content_ && !blank)) {
    current_.line = line;
  }
  has_part_ = true;
  has_content_ = has_content_ || !blank;
  current_.is_volatile = current_.is_volatile || is_volatile;
}

void Writer::mark_volatile() {
  is_volatile_ = true;
  current_.is_volatile = true;
}

std::vector<LineOrigin> Writer::take_lines() {
  if (has_part_ && !text_.ends_with('\n')) {
    lines_.push_back(current_);
  }
  return std::move(lines_);
}

}  // namespace celldrift::gotemplate
