#pragma once

#include <string>
#include <string_view>

namespace celldrift::sprig {

// The hash of some bytes, as bytes; `algorithm` as OpenSSL names it: "SHA256".
std::string hash_bytes_with(const char* algorithm, std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace celldrift::sprig
