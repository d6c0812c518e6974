#include "yaml/locator.hpp"

#include <algorithm>

namespace celldrift::yaml {

Locator::Locator(std::string_view text, SourceId source, std::uint32_t first_line)
    : text_(text), source_(source), line_(first_line), first_line_(first_line) {}

// A parser that looks ahead asks for earlier places now and then: by a token or two, so a step
// back.
void Locator::rewind_to(std::size_t offset) {
  const auto is_start = [](char c) { return (std::uint8_t(c) & 0xC0) != 0x80; };
  while (offset_ > offset) {
    const char c = text_[--offset_];
    if (c == '\n') {
      --line_;
      const std::size_t before = text_.substr(0, offset_).rfind('\n');
      const std::string_view line = text_.substr(before + 1, offset_ - before - 1);
      column_ = std::uint32_t(std::ranges::count_if(line, is_start)) + 1;
    } else if (is_start(c)) {
      --column_;
    }
  }
}

Mark Locator::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < offset_) {
    rewind_to(offset);
  }
  for (; offset_ < offset; ++offset_) {
    const auto c = std::uint8_t(text_[offset_]);
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else {
      column_ += (c & 0xC0) != 0x80;
    }
  }
  return {source_, line_, column_};
}

}  // namespace celldrift::yaml
