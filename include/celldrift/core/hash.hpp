// 128-bit content hashes. Keyed by a random number that each process draws at its start, so that no
// input can be made to collide with another on purpose; they are equal within a process only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace celldrift {

struct Hash {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  auto operator<=>(const Hash&) const = default;
};

// The hash of some bytes; `kind` keeps equal bytes of different meaning apart.
Hash hash_bytes(std::string_view bytes, std::uint64_t kind);

}  // namespace celldrift

template <>
struct std::hash<celldrift::Hash> {
  std::size_t operator()(const celldrift::Hash& value) const noexcept { return value.low; }
};
