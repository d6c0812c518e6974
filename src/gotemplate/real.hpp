// strconv.FormatFloat.
#pragma once

#include <string>

namespace celldrift::gotemplate {

// `format` is one of e E f g G b x X; a precision of -1 gives the shortest text that reads back as
// the same number; `bits` is 32 or 64.
std::string format_real(double value, char format, int precision, int bits);

}  // namespace celldrift::gotemplate
