// SharedString: an immutable, shared string, one pointer wide. Map keys are of this type, so that
// what thousands of objects repeat ("metadata", "name") is stored once.
//
// A *name* is a SharedString of which the process keeps one for good: two names are equal just when
// they are the same node. The keys that parsers read are names, so that keys of two documents can
// be compared without their texts being looked at. How many names there can be is limited, since
// they come from untrusted texts: those that come too late are plain SharedStrings.
#pragma once

#include "celldrift/core/hash.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace celldrift {

class SharedString {
 public:
  SharedString() = default;             // the empty string, which is a name
  SharedString(std::string_view text);  // NOLINT: strings are map keys wherever a name is written
  SharedString(const char* text) : SharedString(std::string_view(text)) {}
  SharedString(const std::string& text) : SharedString(std::string_view(text)) {}
  SharedString(const SharedString& other) noexcept : node_(other.node_) { retain(node_); }
  SharedString(SharedString&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  SharedString& operator=(SharedString other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~SharedString() { release(node_); }

  // The name of that text; nothing when it is too long for one or there are too many already, and
  // then forever. Thread-safe; O(length).
  static std::optional<SharedString> name(std::string_view text);
  bool is_name() const { return node_ == nullptr || is_kept(*node_); }

  std::string_view view() const { return view_of(node_); }
  std::string str() const { return std::string(view()); }
  operator std::string_view() const { return view(); }
  Hash hash() const { return hash_of(node_); }

  bool operator==(const SharedString& other) const {
    return same_node(other) || (!(is_name() && other.is_name()) && view() == other.view());
  }
  bool same_node(const SharedString& other) const { return node_ == other.node_; }

 private:
  friend class Value;

  // The characters lie right behind the node, in the same allocation.
  struct Node {
    mutable std::atomic<std::uint32_t> references{1};
    std::uint32_t size;
    Hash hash;

    const char* text() const { return reinterpret_cast<const char*>(this + 1); }
  };

  // Not counted: a name, which is never freed. (Threads that count each use of "metadata" would
  // spend their time in passing its counter around.)
  static constexpr std::uint32_t kept = std::uint32_t{1} << 31;
  static bool is_kept(const Node& node) {
    return (node.references.load(std::memory_order_relaxed) & kept) != 0;
  }

  // Of a node or nullptr.
  static void retain(const Node* node) noexcept {
    if (node != nullptr && !is_kept(*node)) {
      node->references.fetch_add(1, std::memory_order_relaxed);
    }
  }
  static void release(const Node* node) noexcept {
    if (node != nullptr && !is_kept(*node) &&
        node->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      destroy(node);
    }
  }
  static std::string_view view_of(const Node* node) {
    return node == nullptr ? std::string_view{} : std::string_view{node->text(), node->size};
  }
  static Hash hash_of(const Node* node) { return node == nullptr ? hash_of_nothing() : node->hash; }

  static void destroy(const Node* node) noexcept;
  static Hash hash_of_nothing();
  static const Node* made(std::string_view text, const Hash& hash);
  class Names;

  const Node* node_ = nullptr;
};

}  // namespace celldrift
