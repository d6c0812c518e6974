// How a string is to be written in YAML so that every reader, of YAML 1.1 or 1.2, reads that very
// string.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::yaml {

enum class Style { plain, double_quoted, literal };

// Literal (a "|" block) is for texts of several lines, where they can be written so.
Style style_of(std::string_view text);

std::string double_quoted(std::string_view text);

// The indicators after "|": an indentation of two where the text begins with a blank or an empty
// line, and "-" or "+" for its end.
std::string literal_header(std::string_view text);

}  // namespace celldrift::yaml
