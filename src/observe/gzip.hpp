// gzip, bounded.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace celldrift::observe {

// Equal text gives equal bytes: no time, no name.
std::string compress(std::string_view text);

struct InflateLimits {
  std::size_t bytes = std::size_t{2} << 30;
  std::size_t ratio = 400;  // counted past the first 64 MiB: real snapshots stay below 100
};

// Gives the text out in pieces. Throws Error(config) for what is no whole gzip file, Error(limit)
// past a limit.
void decompress(std::string_view bytes,
                const InflateLimits& limits,
                const std::function<void(std::string_view)>& on_piece);

// The same as long as `on_piece` says that it wants more: what follows then is not looked at.
void decompress_while(std::string_view bytes,
                      const InflateLimits& limits,
                      const std::function<bool(std::string_view)>& on_piece);

}  // namespace celldrift::observe
