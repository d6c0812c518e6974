// The limits that libjq runs under, and its memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace celldrift::compare {

// Thrown through libjq's frames; its state is of no more use then.
struct JqStopped {
  std::string why;
};

// All the memory that libjq asks for on one thread. What it still holds in the end goes with it.
class JqMemory {
 public:
  JqMemory();
  ~JqMemory();
  JqMemory(const JqMemory&) = delete;
  JqMemory& operator=(const JqMemory&) = delete;

  // Has libjq, on this thread, use this memory from now on.
  void use();
  // A new evaluation may take so much more memory, and so many steps.
  void allow(std::size_t bytes, std::uint64_t steps);

 private:
  friend struct JqHooks;
  struct Block;

  void link(Block* block);
  static void unlink(Block* block);

  Block* first_;
  std::size_t used_ = 0;
  std::size_t limit_ = 0;
  std::uint64_t steps_left_ = 0;
};

}  // namespace celldrift::compare
