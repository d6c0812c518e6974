// Random numbers from a run's seed: equal seeds give equal output.
#pragma once

#include "celldrift/gotemplate/function.hpp"

#include <cstdint>

namespace celldrift::sprig {

class RandomSource {
 public:
  explicit RandomSource(std::uint64_t& state) : state_(state) {}

  std::uint64_t next() {  // splitmix64
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  // From 0 to `bound` - 1, evenly; `bound` is not 0.
  std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t uneven = (0 - bound) % bound;
    std::uint64_t number = next();
    while (number < uneven) {
      number = next();
    }
    return number % bound;
  }

  std::string bytes(std::size_t count) {
    std::string result(count, '\0');
    for (auto& byte : result) {
      byte = static_cast<char>(next() >> 56);
    }
    return result;
  }

 private:
  std::uint64_t& state_;
};

}  // namespace celldrift::sprig
