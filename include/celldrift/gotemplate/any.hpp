// Any: a run-time value of a template, as Go's `any` holds one; and Heap, which owns what Anys
// point to.
//
// Unlike celldrift::Value, maps and slices are shared by reference: `set $d "k" 1` changes what
// every holder of that map sees. A Heap belongs to one thread; an Any is a small handle, free to
// copy, valid as long as its Heap. Cycles are harmless: nothing is counted.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/type.hpp"

#include <complex>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::gotemplate {

class Heap;
class Map;
class Slice;

class Any {
 public:
  Any() = default;  // nil without a type

  static Any boolean(bool value) { return Any(&bool_type, Payload{.boolean = value}); }
  static Any integer(std::int64_t value, const Type& type = int_type) {
    return Any(&type, Payload{.integer = value});
  }
  static Any unsigned_integer(std::uint64_t value, const Type& type = uint64_type) {
    return Any(&type, Payload{.unsigned_integer = value});
  }
  static Any real(double value, const Type& type = float64_type) {
    return Any(&type, Payload{.real = value});
  }
  // The bytes must outlive the Any: a literal, a text of a celldrift::Value that the Heap retains,
  // or what Heap::keep gave.
  static Any string(std::string_view kept, const Type& type = string_type);
  // A nil slice or map of that type has no node.
  static Any slice(const Type& type, Slice* node) { return Any(&type, Payload{.slice = node}); }
  static Any map(const Type& type, Map* node) { return Any(&type, Payload{.map = node}); }
  // A struct, pointer or function; `object` is what the type's functions cast it to.
  static Any object(const Type& type, const void* object) {
    return Any(&type, Payload{.object = object});
  }
  static Any complex(const std::complex<double>* kept) {
    return Any(&complex128_type, Payload{.object = kept});
  }

  // nullptr for an untyped nil.
  const Type* type() const { return type_; }
  Kind kind() const { return type_ == nullptr ? Kind::invalid : type_->kind; }
  bool is_nil() const { return type_ == nullptr; }  // without a type; a nil map is not this nil
  bool is(const Type& type) const { return type_ == &type; }

  // The content. Calling one for another kind is undefined (asserted in debug builds).
  bool as_bool() const;
  std::int64_t as_int() const;        // signed kinds
  std::uint64_t as_unsigned() const;  // unsigned kinds
  double as_real() const;             // float kinds
  std::complex<double> as_complex() const;
  std::string_view as_string() const;  // valid as long as the Heap
  std::span<const Any> items() const;  // of a slice; none of a nil one
  Slice* slice_node() const;           // nullptr of a nil slice
  Map* map_node() const;               // nullptr of a nil map
  const void* object() const { return payload_.object; }

  // Made, at least in part, by a function whose results differ from run to run (now, randAlpha).
  bool is_volatile() const { return volatile_; }
  Any with_volatile() const {
    Any copy = *this;
    copy.volatile_ = true;
    return copy;
  }

 private:
  union Payload {
    bool boolean;
    std::int64_t integer;
    std::uint64_t unsigned_integer;
    double real;
    const char* text;
    Slice* slice;
    Map* map;
    const void* object;
  };
  Any(const Type* type, Payload payload) : type_(type), payload_(payload) {}

  const Type* type_ = nullptr;
  Payload payload_{.integer = 0};
  std::uint32_t length_ = 0;  // of a string, in bytes
  bool volatile_ = false;
};

// What a Go slice points to. Items may be set where the Go function does so too (sortAlpha sorts a
// []string in place); slices of slices share them.
class Slice {
 public:
  std::span<Any> items() const;  // valid as long as the Heap
  // How far a slice of it may go: append, and so Go's JSON decoder, leaves zeros behind the items.
  std::size_t capacity() const;

 private:
  friend class Heap;
  void load() const;  // makes the items of a list that so far is a celldrift::Value

  mutable std::vector<Any> owned_;
  mutable std::span<Any> items_;
  mutable std::size_t reserve_ = 0;  // items behind items_ that are not part of it
  mutable const Value* pending_ = nullptr;
  mutable Heap* heap_ = nullptr;
  bool whole_numbers_as_float_ = true;
};

// A Go map with string keys. Entries are kept in byte order of their keys, which is the order in
// which templates range over them; where Go's own order is random, that is ours.
class Map {
 public:
  struct Entry {
    std::string_view key;  // lives as long as the Heap
    Any value;
  };

  std::size_t size() const;
  // nullptr when there is no such key. O(log n). Valid until the map changes or its entries are
  // asked for.
  const Any* find(std::string_view key) const;
  // `key` must be kept, as in Any::string. O(√n) for a new key.
  void set(std::string_view key, Any value);
  bool erase(std::string_view key);
  std::span<const Entry> entries() const;

 private:
  friend class Heap;
  void load() const;   // makes the entries of a map that so far is a celldrift::Value
  void merge() const;  // moves the fresh entries to the others
  Entry* place(std::string_view key) const;

  // Both in order. New keys go to the few fresh ones, which are merged when they have become many:
  // a hostile template may set a hundred thousand.
  mutable std::vector<Entry> entries_;
  mutable std::vector<Entry> fresh_;
  mutable const Value* pending_ = nullptr;
  mutable Heap* heap_ = nullptr;
  bool whole_numbers_as_float_ = true;
};

// Whether whole numbers of a celldrift::Value become float64, as encoding/json reads them into
// `any` (ApplicationSet parameters, fromJson), or int64 (Helm's --set).
enum class Numbers { as_float64, keep };

class Heap {
 public:
  // Error(limit) is thrown when more than `bytes` were asked for.
  explicit Heap(std::size_t bytes = 256u << 20);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // A copy of the bytes that lives as long as the Heap.
  std::string_view keep(std::string_view text);
  Any string(std::string_view text) { return Any::string(keep(text)); }
  Any complex(std::complex<double> value);

  // `capacity` is how far slices of it may go, as in Go; never less than the items.
  Any make_list(std::vector<Any> items, const Type& type = list_type, std::size_t capacity = 0);
  // slice[begin:end], which shares the items. `end` may go up to the capacity.
  Any make_slice_of(const Any& slice, std::size_t begin, std::size_t end);
  Any make_strings(const std::vector<std::string>& items);  // []string
  Any make_map(const Type& type = map_type);                // empty, not nil
  // An object of a struct or pointer type, destroyed with the Heap.
  template <typename T>
  const T* make(T object);

  // The run-time value of a tree: maps are map[string]interface {}, lists []interface {}. Lazy: a
  // map's or list's entries are made when they are first touched. The tree is kept alive. O(1).
  Any from_value(const Value& value, Numbers numbers = Numbers::as_float64);

  // Counts towards the limit what is stored outside (a vector's growth). Throws Error(limit).
  void charge(std::size_t bytes);

 private:
  friend class Map;
  friend class Slice;
  struct Storage;
  void keep_object(std::shared_ptr<const void> object);
  Any from_kept(const Value& value, Numbers numbers);

  std::unique_ptr<Storage> storage_;
};

template <typename T>
const T* Heap::make(T object) {
  auto owned = std::make_shared<const T>(std::move(object));
  const T* pointer = owned.get();
  charge(sizeof(T));
  keep_object(std::move(owned));
  return pointer;
}

// The tree of a run-time value, as encoding/json would write and read it again: []uint8 is base64,
// a nil slice or map is null, structs by their type's `json`. Error(limit) for cycles (deeper than
// 200 levels) and for trees of more than five million values, Error(config) for what JSON cannot
// hold (NaN, functions).
Value to_value(const Any& value);

// Go's truth: false, 0, "", nil, empty slices and maps are false; structs are true.
bool is_true(const Any& value);

// reflect.DeepEqual. Error(limit) past 200 levels or ten million comparisons.
bool deep_equal(const Any& a, const Any& b);

}  // namespace celldrift::gotemplate
