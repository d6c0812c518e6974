// Value: the one tree that passes between stages. An immutable JSON-model value (null, boolean,
// integer, real, string, list, map), cheap to copy because subtrees are shared, safe to read from
// any number of threads. Each Value carries the Mark of the place it came from and a content hash.
//
// Equality and hash look at content only: never at marks, source texts or quoting, nor at the order
// of map entries (which is kept, for output). The integer 1 and the real 1.0 are different values.
#pragma once

#include "celldrift/core/hash.hpp"
#include "celldrift/core/mark.hpp"
#include "celldrift/core/shared_string.hpp"

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift {

// How a scalar was written in YAML; `none` for values that were not read from YAML.
enum class Quoting : std::uint8_t { none, plain, single_quoted, double_quoted, block };

class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, integer, real, string, list, map };
  struct Entry;
  using List = std::vector<Value>;
  using Map = std::vector<Entry>;

  Value() = default;  // null
  Value(const Value& other) noexcept;
  Value(Value&& other) noexcept;
  Value& operator=(Value other) noexcept;
  ~Value() { release(); }

  static Value null() { return {}; }
  static Value boolean(bool value);
  static Value integer(std::int64_t value);
  static Value real(double value);
  static Value string(SharedString text);
  static Value list(List items);
  // Keys must be distinct (checked in debug builds); Builder and `with` see to that.
  static Value map(Map entries);
  // The same, of what is moved out of them.
  static Value list_of(std::span<Value> items);
  static Value map_of(std::span<Entry> entries);

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  bool is_bool() const { return kind_ == Kind::boolean; }
  bool is_int() const { return kind_ == Kind::integer; }
  bool is_real() const { return kind_ == Kind::real; }
  bool is_number() const { return is_int() || is_real(); }
  bool is_string() const { return kind_ == Kind::string; }
  bool is_list() const { return kind_ == Kind::list; }
  bool is_map() const { return kind_ == Kind::map; }
  bool is_scalar() const { return !is_list() && !is_map(); }

  // The content. Calling one for another kind throws Error(internal).
  bool as_bool() const;
  std::int64_t as_int() const;
  double as_double() const;            // also of an integer
  std::string_view as_string() const;  // valid as long as any copy of this value lives
  SharedString as_shared_string() const;
  std::span<const Value> items() const;    // of a list; of anything else: empty
  std::span<const Entry> entries() const;  // of a map; of anything else: empty

  // Number of items or entries; 0 for scalars.
  std::size_t size() const;

  // The entry's value, or nullptr when this is not a map or has no such key. O(log n).
  const Value* find(std::string_view key) const;
  // The same for a key of another map: names are found without a look at their texts.
  template <std::same_as<SharedString> Key>
  const Value* find(const Key& key) const {
    return is_map() ? find_key(key) : nullptr;
  }
  // find() step by step; nullptr as soon as a step is missing.
  const Value* find(std::initializer_list<std::string_view> keys) const;
  // The string at those keys; `fallback` when it is missing or not a string.
  std::string_view string_at(std::initializer_list<std::string_view> keys,
                             std::string_view fallback = "") const;

  // A copy of a map with one entry set (in place, or last) or removed. O(n). A null becomes a map.
  Value with(std::string_view key, Value value) const;
  Value without(std::string_view key) const;

  const Mark& mark() const { return mark_; }
  Value with_mark(const Mark& mark) const&;
  Value with_mark(const Mark& mark) &&;

  // The text that a YAML scalar was written as, where that cannot be told from the content
  // ("0x10", "1.50", "yes"); otherwise nothing.
  std::optional<std::string_view> source_text() const;
  Quoting quoting() const { return quoting_; }
  Value with_source_text(std::string_view text, Quoting quoting) const;
  Value with_quoting(Quoting quoting) const;

  Hash hash() const;  // O(1) but for scalars, where it is O(length) at most once
  friend bool operator==(const Value& a, const Value& b) {
    return a.kind_ == b.kind_ && same_content(a, b);
  }

  // Has the memory of the content on its way, for who will soon look at it: of a list or map as
  // much as most take, since its size is not known before the first of it is there.
  void fetch_ahead() const {
    constexpr std::ptrdiff_t cache_line = 64;
    constexpr std::ptrdiff_t most_maps = 4 * cache_line;
    const auto* memory = reinterpret_cast<const char*>(payload_.node);
    const std::ptrdiff_t size = is_scalar() ? (is_string() ? 1 : 0) : most_maps;
    for (std::ptrdiff_t at = 0; at < size; at += cache_line) {
      __builtin_prefetch(memory + at);
    }
  }

  // True when both are the very same shared node (a quick test before a walk).
  bool same_node(const Value& other) const;

 private:
  // A list or map: its items or entries lie right behind it, in the same allocation.
  struct Node {
    mutable std::atomic<std::uint32_t> references{1};
    std::uint32_t size;
    Hash hash;
    bool all_names = false;      // all keys of a map are names
    bool has_key_order = false;  // behind the entries of a map are their indices in order of key

    template <typename Item>
    const Item* first() const {
      return reinterpret_cast<const Item*>(this + 1);
    }
  };
  union Payload {
    bool boolean;
    std::int64_t integer;
    double real;
    const SharedString::Node* string;
    const Node* node;
  };

  void retain() const noexcept;
  void release() noexcept;
  void destroy_node() noexcept;
  const Value* find_key(const SharedString& key) const;
  const Value* find_in_order(std::string_view key) const;
  static bool same_content(const Value& a, const Value& b);  // of one kind
  Hash hash_of_scalar() const;
  [[noreturn]] void wrong_kind(std::string_view wanted) const;

  Payload payload_{.integer = 0};
  const SharedString::Node* source_text_ = nullptr;
  Mark mark_;
  Kind kind_ = Kind::null;
  Quoting quoting_ = Quoting::none;
};

struct Value::Entry {
  SharedString key;
  Value value;
};

// "null", "boolean", "integer", "number", "string", "list", "map".
std::string_view describe(Value::Kind kind);

// ---- What comparisons call for every node, to be inlined.

inline std::string_view Value::as_string() const {
  if (!is_string()) {
    wrong_kind("string");
  }
  return SharedString::view_of(payload_.string);
}

inline std::span<const Value> Value::items() const {
  return is_list() ? std::span(payload_.node->first<Value>(), payload_.node->size)
                   : std::span<const Value>{};
}

inline std::span<const Value::Entry> Value::entries() const {
  return is_map() ? std::span(payload_.node->first<Entry>(), payload_.node->size)
                  : std::span<const Entry>{};
}

inline std::size_t Value::size() const {
  return is_scalar() ? 0 : payload_.node->size;
}

inline Hash Value::hash() const {
  return !is_scalar()  ? payload_.node->hash
         : is_string() ? SharedString::hash_of(payload_.string)
                       : hash_of_scalar();
}

inline bool Value::same_node(const Value& other) const {
  return kind_ == other.kind_ && payload_.integer == other.payload_.integer;
}

inline bool Value::same_content(const Value& a, const Value& b) {
  return a.payload_.integer == b.payload_.integer || (!a.is_int() && a.hash() == b.hash());
}

inline void Value::retain() const noexcept {
  SharedString::retain(source_text_);
  if (is_string()) {
    SharedString::retain(payload_.string);
  } else if (!is_scalar()) {
    payload_.node->references.fetch_add(1, std::memory_order_relaxed);
  }
}

inline void Value::release() noexcept {
  SharedString::release(source_text_);
  if (is_string()) {
    SharedString::release(payload_.string);
  } else if (!is_scalar() &&
             payload_.node->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    destroy_node();
  }
}

inline Value::Value(const Value& other) noexcept
    : payload_(other.payload_),
      source_text_(other.source_text_),
      mark_(other.mark_),
      kind_(other.kind_),
      quoting_(other.quoting_) {
  retain();
}

inline Value::Value(Value&& other) noexcept
    : payload_(other.payload_),
      source_text_(std::exchange(other.source_text_, nullptr)),
      mark_(other.mark_),
      kind_(std::exchange(other.kind_, Kind::null)),
      quoting_(other.quoting_) {}

inline Value& Value::operator=(Value other) noexcept {
  std::swap(payload_, other.payload_);
  std::swap(source_text_, other.source_text_);
  std::swap(mark_, other.mark_);
  std::swap(kind_, other.kind_);
  std::swap(quoting_, other.quoting_);
  return *this;
}

}  // namespace celldrift
