// Heap: an arena. Nodes are never freed one by one, so handles need no counting and cycles are
// harmless; what bounds a run is the byte limit.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/any.hpp"
#include "gotemplate/types.hpp"

#include <algorithm>
#include <cstring>
#include <deque>

namespace celldrift::gotemplate {

namespace {

constexpr std::size_t block_size = 4096;

}  // namespace

struct Heap::Storage {
  std::size_t limit = 0;
  std::size_t used = 0;
  std::vector<std::unique_ptr<char[]>> blocks;
  char* free = nullptr;  // what is left of the last block
  std::size_t free_size = 0;
  std::deque<Slice> slices;
  std::deque<Map> maps;
  std::deque<std::complex<double>> complexes;
  std::deque<Value> roots;
  std::vector<std::shared_ptr<const void>> objects;

  char* take(std::size_t size);
};

char* Heap::Storage::take(std::size_t size) {
  if (size > free_size) {
    const std::size_t whole = std::max(size, block_size);
    blocks.push_back(std::make_unique_for_overwrite<char[]>(whole));
    if (size >= block_size) {  // has a block of its own; the last one goes on being filled
      return blocks.back().get();
    }
    free = blocks.back().get();
    free_size = whole;
  }
  free_size -= size;
  return std::exchange(free, free + size);
}

Heap::Heap(std::size_t bytes) : storage_(std::make_unique<Storage>()) {
  storage_->limit = bytes;
}

Heap::~Heap() = default;

void Heap::charge(std::size_t bytes) {
  if (bytes > storage_->limit - storage_->used) {
    throw Error(ErrorCode::limit,
                "the values of a template need more than " + std::to_string(storage_->limit >> 20) +
                    " MiB");
  }
  storage_->used += bytes;
}

std::string_view Heap::keep(std::string_view text) {
  if (text.empty()) {
    return "";
  }
  charge(text.size());
  char* bytes = storage_->take(text.size());
  std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

Any Heap::complex(std::complex<double> value) {
  charge(sizeof value);
  return Any::complex(&storage_->complexes.emplace_back(value));
}

Any Heap::make_list(std::vector<Any> items, const Type& type, std::size_t capacity) {
  const std::size_t length = items.size();
  const std::size_t whole = std::max(length, capacity);
  charge(sizeof(Slice) + std::max(items.capacity(), whole) * sizeof(Any));
  items.resize(whole, whole > length ? zero_of(*type.item) : Any());
  Slice& node = storage_->slices.emplace_back();
  node.owned_ = std::move(items);
  node.items_ = std::span(node.owned_).first(length);
  node.reserve_ = whole - length;
  return Any::slice(type, &node);
}

Any Heap::make_slice_of(const Any& slice, std::size_t begin, std::size_t end) {
  if (slice.slice_node() == nullptr) {
    return slice;
  }
  charge(sizeof(Slice));
  Slice& node = storage_->slices.emplace_back();
  const Slice& whole = *slice.slice_node();
  node.items_ = std::span(whole.items().data() + begin, end - begin);
  node.reserve_ = whole.capacity() - end;
  return Any::slice(*slice.type(), &node);
}

Any Heap::make_strings(const std::vector<std::string>& items) {
  std::vector<Any> kept;
  kept.reserve(items.size());
  for (const std::string& item : items) {
    kept.push_back(string(item));
  }
  return make_list(std::move(kept), string_list_type);
}

Any Heap::make_map(const Type& type) {
  charge(sizeof(Map));
  Map& node = storage_->maps.emplace_back();
  node.heap_ = this;
  return Any::map(type, &node);
}

void Heap::keep_object(std::shared_ptr<const void> object) {
  storage_->objects.push_back(std::move(object));
}

Any Heap::from_value(const Value& value, Numbers numbers) {
  charge(sizeof(Value));
  return from_kept(storage_->roots.emplace_back(value), numbers);
}

Any Heap::from_kept(const Value& value, Numbers numbers) {
  switch (value.kind()) {
    case Value::Kind::null:
      return {};
    case Value::Kind::boolean:
      return Any::boolean(value.as_bool());
    case Value::Kind::integer:
      return numbers == Numbers::keep ? Any::integer(value.as_int(), int64_type)
                                      : Any::real(value.as_double());
    case Value::Kind::real:
      return Any::real(value.as_double());
    case Value::Kind::string:
      return Any::string(value.as_string());
    case Value::Kind::list: {
      Any list = make_list({});
      Slice& node = *list.slice_node();
      node.pending_ = &value;
      node.heap_ = this;
      node.whole_numbers_as_float_ = numbers == Numbers::as_float64;
      return list;
    }
    case Value::Kind::map: {
      Any map = make_map();
      map.map_node()->pending_ = &value;
      map.map_node()->whole_numbers_as_float_ = numbers == Numbers::as_float64;
      return map;
    }
  }
  return {};
}

}  // namespace celldrift::gotemplate
