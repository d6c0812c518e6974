// Ranges of Unicode, recorded from Go 1.26 by tools/gotemplate/record-unicode.
#pragma once

#include <span>

namespace celldrift::gotemplate::unicode {

struct Range {
  char32_t first, last;
};

// Ascending, without overlaps.
std::span<const Range> letters();     // unicode.IsLetter
std::span<const Range> digits();      // unicode.IsDigit
std::span<const Range> printables();  // strconv.IsPrint

}  // namespace celldrift::gotemplate::unicode
