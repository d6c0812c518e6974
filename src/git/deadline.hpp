// The time that a fetch may take, waiting for others included.
#pragma once

#include "celldrift/core/error.hpp"

#include <chrono>
#include <string>

namespace celldrift::git {

struct Deadline {
  explicit Deadline(std::chrono::seconds length)
      : limit(length), end(std::chrono::steady_clock::now() + length) {}

  bool is_over() const { return std::chrono::steady_clock::now() >= end; }
  std::chrono::milliseconds left() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(end -
                                                                 std::chrono::steady_clock::now());
  }

  // Of who runs into it.
  Error error(const std::string& doing) const {
    return Error(ErrorCode::network,
                 doing + ": no complete answer within " + std::to_string(limit.count()) +
                     " s; check the network, or raise --timeout");
  }

  std::chrono::seconds limit;
  std::chrono::steady_clock::time_point end;
};

}  // namespace celldrift::git
