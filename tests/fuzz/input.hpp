// What fuzz targets share.
#pragma once

#include "celldrift/core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace celldrift::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// A law that was broken is a crash.
inline void must(bool law) {
  if (!law) {
    std::abort();
  }
}

}  // namespace celldrift::fuzz
