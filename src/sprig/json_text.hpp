// The text of JSON strings.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::sprig {

bool is_hexadecimal(char c);

// What stands between the quotes of a valid JSON string, with its escapes resolved: surrogates
// without their other half and broken UTF-8 are U+FFFD.
std::string unescaped_json(std::string_view raw);

}  // namespace celldrift::sprig
