#pragma once

#include <string>
#include <string_view>

namespace celldrift::sprig {

// base64.StdEncoding.DecodeString. Throws Error(config) with its message: "illegal base64 data at
// input byte 3".
std::string decode_base64(std::string_view text);

}  // namespace celldrift::sprig
