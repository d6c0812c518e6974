// Values as they are made and freed. What is read of them is in value_content.cpp.
#include "celldrift/core/value.hpp"

#include "celldrift/core/error.hpp"
#include "core/hash_kinds.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <numeric>

namespace celldrift {
namespace {

// From this many entries on, a map keeps an index of its keys; below, a scan is faster.
constexpr std::size_t indexed_from = 12;

std::string_view bytes_of(std::span<const Hash> hashes) {
  return {reinterpret_cast<const char*>(hashes.data()), hashes.size_bytes()};
}

Hash hash_of_items(std::span<const Value> items) {
  std::vector<Hash> hashes;
  hashes.reserve(items.size());
  for (const Value& item : items) {
    hashes.push_back(item.hash());
  }
  return hash_bytes(bytes_of(hashes), hash_list);
}

// The sum does not depend on the order of entries. Hashes are keyed, so sums cannot be aimed at.
Hash hash_of_entries(std::span<const Value::Entry> entries) {
  Hash sum{entries.size(), hash_map};
  for (const Value::Entry& entry : entries) {
    const Hash pair[] = {entry.key.hash(), entry.value.hash()};
    const Hash hash = hash_bytes(bytes_of(pair), hash_entry);
    sum.low += hash.low;
    sum.high += hash.high;
  }
  return hash_bytes(bytes_of({&sum, 1}), hash_map);
}

// Puts the indices of the entries there in order of their keys.
void put_key_order(std::span<const Value::Entry> entries, std::uint32_t* order) {
  std::iota(order, order + entries.size(), 0u);
  std::sort(order, order + entries.size(), [&](std::uint32_t a, std::uint32_t b) {
    return entries[a].key.view() < entries[b].key.view();
  });
}

void* memory_for(std::size_t count, std::size_t bytes) {
  if (count > UINT32_MAX) {
    throw Error(ErrorCode::limit, "a list or map has more than 4,294,967,295 items");
  }
  return ::operator new(bytes);
}

}  // namespace

Value Value::boolean(bool value) {
  Value result;
  result.kind_ = Kind::boolean;
  result.payload_.boolean = value;
  return result;
}

Value Value::integer(std::int64_t value) {
  Value result;
  result.kind_ = Kind::integer;
  result.payload_.integer = value;
  return result;
}

Value Value::real(double value) {
  Value result;
  result.kind_ = Kind::real;
  result.payload_.real = value;
  return result;
}

Value Value::string(SharedString text) {
  Value result;
  result.kind_ = Kind::string;
  result.payload_.string = std::exchange(text.node_, nullptr);
  return result;
}

Value Value::list(List items) {
  return list_of(items);
}

Value Value::map(Map entries) {
  return map_of(entries);
}

Value Value::list_of(std::span<Value> items) {
  const Hash hash = hash_of_items(items);
  void* memory = memory_for(items.size(), sizeof(Node) + items.size_bytes());
  Node* node = new (memory) Node{.size = std::uint32_t(items.size()), .hash = hash};
  std::ranges::uninitialized_move(items,
                                  std::span(reinterpret_cast<Value*>(node + 1), items.size()));
  Value result;
  result.payload_.node = node;
  result.kind_ = Kind::list;
  return result;
}

Value Value::map_of(std::span<Entry> entries) {
  const Hash hash = hash_of_entries(entries);
  const bool is_indexed = entries.size() >= indexed_from;
  const std::size_t index_bytes = is_indexed ? entries.size() * sizeof(std::uint32_t) : 0;
  void* memory = memory_for(entries.size(), sizeof(Node) + entries.size_bytes() + index_bytes);
  Node* node = new (memory)
      Node{.size = std::uint32_t(entries.size()),
           .hash = hash,
           .all_names = std::ranges::all_of(entries, &SharedString::is_name, &Entry::key),
           .has_key_order = is_indexed};
  const std::span moved(reinterpret_cast<Entry*>(node + 1), entries.size());
  std::ranges::uninitialized_move(entries, moved);
  if (is_indexed) {
    put_key_order(moved, reinterpret_cast<std::uint32_t*>(moved.data() + moved.size()));
  }
  Value result;
  result.payload_.node = node;
  result.kind_ = Kind::map;
  return result;
}

void Value::destroy_node() noexcept {
  if (is_list()) {
    std::ranges::destroy(items());
  } else {
    std::ranges::destroy(entries());
  }
  payload_.node->~Node();
  ::operator delete(const_cast<Node*>(payload_.node));
}

Value Value::with_mark(const Mark& mark) const& {
  Value copy = *this;
  copy.mark_ = mark;
  return copy;
}

Value Value::with_mark(const Mark& mark) && {
  mark_ = mark;
  return std::move(*this);
}

Value Value::with_quoting(Quoting quoting) const {
  Value copy = *this;
  copy.quoting_ = quoting;
  return copy;
}

Value Value::with_source_text(std::string_view text, Quoting quoting) const {
  Value copy = with_quoting(quoting);
  SharedString shared(text);
  std::swap(copy.source_text_, shared.node_);
  return copy;
}

}  // namespace celldrift
