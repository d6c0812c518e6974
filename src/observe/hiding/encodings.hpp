// How values are written where they are not written as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace celldrift::observe {

// How many bytes the text stands for, if it is base64.
std::size_t base64_length(std::string_view text);
// Standard or URL-safe, with or without padding. False for anything else, and for fewer than 8
// bytes.
bool from_base64(std::string_view text, std::string& bytes);
// As in URLs. False for a text without such escapes.
bool from_percents(std::string_view text, std::string& bytes);

}  // namespace celldrift::observe
