#include "celldrift/core/shared_string.hpp"

#include "celldrift/core/error.hpp"
#include "core/hash_kinds.hpp"

#include <array>
#include <cstring>
#include <mutex>
#include <new>

namespace celldrift {

SharedString::SharedString(std::string_view text) {
  if (!text.empty()) {
    node_ = made(text, hash_bytes(text, hash_text));
  }
}

const SharedString::Node* SharedString::made(std::string_view text, const Hash& hash) {
  if (text.size() > UINT32_MAX) {
    throw Error(ErrorCode::limit, "a string is longer than 4 GiB");
  }
  void* memory = ::operator new(sizeof(Node) + text.size());
  auto* node = new (memory) Node{.references = 1, .size = std::uint32_t(text.size()), .hash = hash};
  std::memcpy(static_cast<void*>(node + 1), text.data(), text.size());
  return node;
}

void SharedString::destroy(const Node* node) noexcept {
  node->~Node();
  ::operator delete(const_cast<Node*>(node));
}

Hash SharedString::hash_of_nothing() {
  static const Hash hash = hash_bytes("", hash_text);
  return hash;
}

// ---- names

// All names: an open-addressing table, which only ever gets more. It is read without a lock.
class SharedString::Names {
 public:
  // nullptr when there is no place for it.
  const Node* find_or_add(std::string_view text) {
    const Hash hash = hash_bytes(text, hash_text);
    // Before the look: what is missing when it was full already stays missing.
    const bool was_full = count_.load(std::memory_order_acquire) == most;
    const Node* node = find(text, hash).node;
    return node != nullptr || was_full ? node : add(text, hash);
  }

 private:
  static constexpr std::size_t size = std::size_t{1} << 15;
  static constexpr std::size_t most = size / 2;

  struct Found {
    std::size_t slot;
    const Node* node;  // nullptr: it is not there, and the slot is where it would be
  };

  // Half of the slots are free always.
  Found find(std::string_view text, const Hash& hash) const {
    for (std::size_t slot = hash.low % size;; slot = (slot + 1) % size) {
      const Node* node = slots_[slot].load(std::memory_order_acquire);
      if (node == nullptr || (node->hash == hash && view_of(node) == text)) {
        return {slot, node};
      }
    }
  }

  const Node* add(std::string_view text, const Hash& hash) {
    const std::lock_guard lock(adding_);
    auto [slot, node] = find(text, hash);
    if (node == nullptr && count_.load(std::memory_order_relaxed) < most) {
      node = made(text, hash);
      node->references.store(kept, std::memory_order_relaxed);
      slots_[slot].store(node, std::memory_order_release);
      count_.fetch_add(1, std::memory_order_release);
    }
    return node;
  }

  std::array<std::atomic<const Node*>, size> slots_{};
  std::atomic<std::size_t> count_ = 0;
  std::mutex adding_;
};

std::optional<SharedString> SharedString::name(std::string_view text) {
  constexpr std::size_t longest = 64;  // no field's name is longer; labels and file names may be
  static Names& names = *new Names;    // never freed, since names are used until the very end
  SharedString result;
  if (text.empty()) {
    return result;
  }
  result.node_ = text.size() <= longest ? names.find_or_add(text) : nullptr;
  return result.node_ == nullptr ? std::nullopt : std::optional(std::move(result));
}

}  // namespace celldrift
