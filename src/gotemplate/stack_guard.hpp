// StackGuard: the bound on native recursion. Templates nest as deep as their authors please; frames
// differ from build to build, so what is bounded is the stack they take.
#pragma once

#include "celldrift/core/error.hpp"

#include <cstddef>
#include <cstdint>

namespace celldrift::gotemplate {

class StackGuard {
 public:
  StackGuard() : base_(here()) {}

  // Throws Error(limit) when the stack has grown by more than `budget` since the guard was made.
  void check() const {
    const std::uintptr_t now = here();
    const std::uintptr_t used = now < base_ ? base_ - now : now - base_;
    if (used > budget) {
      throw Error(ErrorCode::limit, "a template is nested too deeply");
    }
  }

 private:
  // Threads have 8 MiB; callers need some of it, and functions that are called the rest.
  static constexpr std::uintptr_t budget = 4u << 20;

  static std::uintptr_t here() {
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  }
  std::uintptr_t base_;
};

}  // namespace celldrift::gotemplate
