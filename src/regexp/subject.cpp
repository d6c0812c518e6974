#include "regexp/subject.hpp"

#include "celldrift/core/utf8.hpp"

#include <algorithm>

namespace celldrift::regexp {

Subject::Subject(std::string_view text) : original_(text), searched_(text) {
  if (utf8::is_valid(text)) {
    return;
  }
  while (!text.empty()) {
    const auto rune = utf8::decode(text);
    if (rune.is_broken()) {
      replaced_.push_back(mended_.size());
      utf8::append(mended_, utf8::replacement);
    } else {
      mended_ += text.substr(0, rune.length);
    }
    text.remove_prefix(rune.length);
  }
  searched_ = mended_;
}

// Each byte that was replaced became three.
std::size_t Subject::original_offset(std::size_t offset) const {
  const auto before = std::ranges::lower_bound(replaced_, offset) - replaced_.begin();
  return offset - 2 * std::size_t(before);
}

std::string_view Subject::original(std::size_t low, std::size_t high) const {
  const auto start = original_offset(low);
  return original_.substr(start, original_offset(high) - start);
}

}  // namespace celldrift::regexp
