// gzip, bounded, in members that can be found and unpacked each by itself.
//
// A gzip file is a sequence of members (RFC 1952). Ours tell their own compressed length in the
// extra field of their headers (subfield "CD": four bytes, little-endian), as those of BGZF do:
// whoever does not know that reads the file as any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::observe {

// One member. Equal text gives equal bytes: no time, no name.
std::string compress(std::string_view text);

// CRC-32, as in gzip.
std::uint32_t checksum(std::string_view bytes);

// The members of a file, which are all there as far as they tell; what is in them is not looked at.
// The whole as one where the first does not tell its length. Throws Error(config).
std::vector<std::string_view> members_of(std::string_view bytes);

struct InflateLimits {
  std::size_t bytes = std::size_t{2} << 30;
  std::size_t ratio = 400;  // counted past the first 64 MiB: real snapshots stay below 100
};

// Throws Error(limit) when `in` bytes may not unpack to `out`.
void check_limits(std::size_t out, std::size_t in, const InflateLimits& limits);

// Gives the text of one member out in pieces. Throws Error(config) for what is no whole gzip file,
// Error(limit) past a limit.
void decompress(std::string_view bytes,
                const InflateLimits& limits,
                const std::function<void(std::string_view)>& on_piece);

// The same as long as `on_piece` says that it wants more: what follows then is not looked at.
void decompress_while(std::string_view bytes,
                      const InflateLimits& limits,
                      const std::function<bool(std::string_view)>& on_piece);

// As decompress(), at once.
std::string decompressed(std::string_view bytes, const InflateLimits& limits);

}  // namespace celldrift::observe
