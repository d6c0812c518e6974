#include "compare/argo/jq_memory.hpp"

#include "compare/argo/jq_match.hpp"

#include <celldrift_jq.h>

#include <cstdlib>
#include <mutex>

namespace celldrift::compare {

// What stands before each piece of memory: a ring, so that all of it can be found.
struct alignas(std::max_align_t) JqMemory::Block {
  Block* next;
  Block* previous;
  std::size_t size;
};

// libjq's hooks (cmake/jq). Blocks know nothing of their memory, so that one may be let go when the
// thread is at its end.
struct JqHooks {
  static thread_local JqMemory* current;

  static void* allocate(std::size_t size) {
    require(size);
    auto* block = static_cast<JqMemory::Block*>(std::malloc(sizeof(JqMemory::Block) + size));
    if (block == nullptr) {
      throw JqStopped{"there is no memory left"};
    }
    block->size = size;
    current->link(block);
    current->used_ += size;
    return block + 1;
  }

  static void* reallocate(void* memory, std::size_t size) {
    if (memory == nullptr) {
      return allocate(size);
    }
    auto* block = static_cast<JqMemory::Block*>(memory) - 1;
    require(size);
    JqMemory::unlink(block);
    const std::size_t before = block->size;
    auto* moved =
        static_cast<JqMemory::Block*>(std::realloc(block, sizeof(JqMemory::Block) + size));
    if (moved == nullptr) {
      current->link(block);
      throw JqStopped{"there is no memory left"};
    }
    moved->size = size;
    current->link(moved);
    current->used_ += size - before;
    return moved + 1;
  }

  static void release(void* memory) {
    if (memory == nullptr) {
      return;
    }
    auto* block = static_cast<JqMemory::Block*>(memory) - 1;
    JqMemory::unlink(block);
    current->used_ -= block->size;
    std::free(block);
  }

  static void require(std::size_t size) {
    if (size > current->limit_ || current->used_ > current->limit_ - size) {
      throw JqStopped{"it takes too much memory"};
    }
  }

  static void step() {
    if (current->steps_left_ == 0) {
      throw JqStopped{"it takes too long"};
    }
    --current->steps_left_;
  }

  static void fail(const char* what) { throw JqStopped{std::string("jq fails: ") + what}; }

  static void install() {
    static std::once_flag once;
    std::call_once(once, [] {
      celldrift_jq = {.allocate = allocate,
                      .reallocate = reallocate,
                      .release = release,
                      .step = step,
                      .fail = fail,
                      .match = jq_match};
    });
  }
};

thread_local JqMemory* JqHooks::current = nullptr;

JqMemory::JqMemory() : first_(static_cast<Block*>(std::malloc(sizeof(Block)))) {
  first_->next = first_;
  first_->previous = first_;
}

JqMemory::~JqMemory() {
  while (first_->next != first_) {
    Block* block = first_->next;
    unlink(block);
    std::free(block);
  }
  std::free(first_);
}

void JqMemory::use() {
  JqHooks::install();
  JqHooks::current = this;
}

void JqMemory::allow(std::size_t bytes, std::uint64_t steps) {
  limit_ = used_ + bytes;
  steps_left_ = steps;
}

void JqMemory::link(Block* block) {
  block->next = first_->next;
  block->previous = first_;
  first_->next->previous = block;
  first_->next = block;
}

void JqMemory::unlink(Block* block) {
  block->next->previous = block->previous;
  block->previous->next = block->next;
}

}  // namespace celldrift::compare
