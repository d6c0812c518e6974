// Digests of what is told by size and hash.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::report {

// SHA-256 in hex, as sha256sum prints it.
std::string sha256_hex(std::string_view bytes);

}  // namespace celldrift::report
