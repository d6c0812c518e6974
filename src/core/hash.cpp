#include "celldrift/core/hash.hpp"

#include <random>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace celldrift {
namespace {

std::uint64_t draw_seed() {
  std::random_device device;
  return (std::uint64_t(device()) << 32) | device();
}

}  // namespace

Hash hash_bytes(std::string_view bytes, std::uint64_t kind) {
  static const std::uint64_t seed = draw_seed();
  const XXH128_hash_t hash =
      XXH3_128bits_withSeed(bytes.data(), bytes.size(), seed ^ (kind * 0x9E3779B97F4A7C15ull));
  return {hash.low64, hash.high64};
}

}  // namespace celldrift
