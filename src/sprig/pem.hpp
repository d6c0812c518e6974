// PEM as Go's package encoding/pem reads and writes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::sprig {

struct PemBlock {
  std::string type;   // "RSA PRIVATE KEY"
  std::string bytes;  // DER
};

// The first block; nothing when there is none. Headers are skipped.
std::optional<PemBlock> decode_pem(std::string_view text);
std::string encode_pem(const PemBlock& block);

}  // namespace celldrift::sprig
