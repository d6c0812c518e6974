// Value: the one tree that passes between stages. An immutable JSON-model value (null, boolean,
// integer, real, string, list, map), cheap to copy because subtrees are shared, safe to read from
// any number of threads. Each Value carries the Mark of the place it came from and a content hash.
//
// Equality and hash look at content only: never at marks, source texts or quoting, nor at the order
// of map entries (which is kept, for output). The integer 1 and the real 1.0 are different values.
#pragma once

#include "celldrift/core/hash.hpp"
#include "celldrift/core/mark.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift {

// An immutable, shared string, one pointer wide. Map keys are of this type, so that the names that
// thousands of objects repeat ("metadata", "name") can be stored once.
class SharedString {
 public:
  SharedString() = default;             // the empty string
  SharedString(std::string_view text);  // NOLINT: strings are map keys wherever a name is written
  SharedString(const char* text) : SharedString(std::string_view(text)) {}
  SharedString(const std::string& text) : SharedString(std::string_view(text)) {}
  SharedString(const SharedString& other) noexcept;
  SharedString(SharedString&& other) noexcept;
  SharedString& operator=(SharedString other) noexcept;
  ~SharedString();

  std::string_view view() const;
  std::string str() const { return std::string(view()); }
  operator std::string_view() const { return view(); }
  Hash hash() const;
  bool operator==(const SharedString& other) const { return view() == other.view(); }

 private:
  friend class Value;
  struct Node;
  const Node* node_ = nullptr;
};

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
  ~Value();

  static Value null() { return {}; }
  static Value boolean(bool value);
  static Value integer(std::int64_t value);
  static Value real(double value);
  static Value string(SharedString text);
  static Value list(List items);
  // Keys must be distinct (checked in debug builds); Builder and `with` see to that.
  static Value map(Map entries);

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
  // find() step by step; nullptr as soon as a step is missing.
  const Value* find(std::initializer_list<std::string_view> keys) const;
  // The string at those keys; `fallback` when it is missing or not a string.
  std::string_view string_at(std::initializer_list<std::string_view> keys,
                             std::string_view fallback = "") const;

  // A copy of a map with one entry set (in place, or last) or removed. O(n). A null becomes a map.
  Value with(std::string_view key, Value value) const;
  Value without(std::string_view key) const;

  const Mark& mark() const { return mark_; }
  Value with_mark(const Mark& mark) const;

  // The text that a YAML scalar was written as, where that cannot be told from the content
  // ("0x10", "1.50", "yes"); otherwise nothing.
  std::optional<std::string_view> source_text() const;
  Quoting quoting() const { return quoting_; }
  Value with_source_text(std::string_view text, Quoting quoting) const;
  Value with_quoting(Quoting quoting) const;

  Hash hash() const;  // O(1) but for scalars, where it is O(length) at most once
  friend bool operator==(const Value& a, const Value& b) {
    return a.kind_ == b.kind_ && a.hash() == b.hash();
  }

  // True when both are the very same shared node (a quick test before a walk).
  bool same_node(const Value& other) const;

 private:
  struct ListNode;
  struct MapNode;
  struct TextNode;  // a scalar with the text it was written as
  union Payload {
    bool boolean;
    std::int64_t integer;
    double real;
    const SharedString::Node* string;
    const ListNode* list;
    const MapNode* map;
  };

  void retain() const noexcept;
  void release() noexcept;

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

}  // namespace celldrift
