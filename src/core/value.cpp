#include "celldrift/core/value.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstring>
#include <new>

namespace celldrift {
namespace {

// Domains of hash_bytes, so that "1" the string and 1 the number never meet.
enum HashKind : std::uint64_t { hash_scalar = 1, hash_text, hash_list, hash_entry, hash_map };

// From this many entries on, a map keeps an index of its keys; below, a scan is faster.
constexpr std::size_t indexed_from = 12;

template <typename Node>
void retain_node(const Node* node) noexcept {
  node->references.fetch_add(1, std::memory_order_relaxed);
}

// True when the last reference went.
template <typename Node>
bool release_node(const Node* node) noexcept {
  return node->references.fetch_sub(1, std::memory_order_acq_rel) == 1;
}

[[noreturn]] void wrong_kind(Value::Kind kind, std::string_view wanted) {
  throw Error(ErrorCode::internal,
              "a " + std::string(describe(kind)) + " was read as a " + std::string(wanted));
}

// As ==, for texts that mostly differ: of most of one length the first byte tells.
bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || a.front() == b.front()) && a == b;
}

}  // namespace

// ---- SharedString
// ---------------------------------------------------------------------------------

// The characters lie right behind the node, in the same allocation.
struct SharedString::Node {
  mutable std::atomic<std::uint32_t> references{1};
  std::uint32_t size;
  Hash hash;

  const char* text() const { return reinterpret_cast<const char*>(this + 1); }
};

SharedString::SharedString(std::string_view text) {
  if (text.empty()) {
    return;
  }
  if (text.size() > UINT32_MAX) {
    throw Error(ErrorCode::limit, "a string is longer than 4 GiB");
  }
  void* memory = ::operator new(sizeof(Node) + text.size());
  auto* node = new (memory) Node{
      .references = 1, .size = std::uint32_t(text.size()), .hash = hash_bytes(text, hash_text)};
  std::memcpy(static_cast<void*>(node + 1), text.data(), text.size());
  node_ = node;
}

SharedString::SharedString(const SharedString& other) noexcept : node_(other.node_) {
  if (node_ != nullptr) {
    retain_node(node_);
  }
}

SharedString::SharedString(SharedString&& other) noexcept
    : node_(std::exchange(other.node_, nullptr)) {}

SharedString& SharedString::operator=(SharedString other) noexcept {
  std::swap(node_, other.node_);
  return *this;
}

SharedString::~SharedString() {
  if (node_ != nullptr && release_node(node_)) {
    node_->~Node();
    ::operator delete(const_cast<Node*>(node_));
  }
}

std::string_view SharedString::view() const {
  return node_ == nullptr ? std::string_view{} : std::string_view{node_->text(), node_->size};
}

Hash SharedString::hash() const {
  return node_ == nullptr ? hash_bytes("", hash_text) : node_->hash;
}

// ---- nodes
// ----------------------------------------------------------------------------------------

struct Value::ListNode {
  mutable std::atomic<std::uint32_t> references{1};
  Hash hash;
  List items;
};

struct Value::MapNode {
  mutable std::atomic<std::uint32_t> references{1};
  Hash hash;
  Map entries;
  std::vector<std::uint32_t> by_key;  // indices of `entries` in order of key; empty for small maps
};

namespace {

Hash hash_of_items(const Value::List& items) {
  std::vector<Hash> hashes;
  hashes.reserve(items.size());
  for (const Value& item : items) {
    hashes.push_back(item.hash());
  }
  return hash_bytes({reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(Hash)},
                    hash_list);
}

// The sum does not depend on the order of entries. Hashes are keyed, so sums cannot be aimed at.
Hash hash_of_entries(const Value::Map& entries) {
  Hash sum{entries.size(), hash_map};
  for (const Value::Entry& entry : entries) {
    const Hash pair[] = {entry.key.hash(), entry.value.hash()};
    const Hash hash = hash_bytes({reinterpret_cast<const char*>(pair), sizeof pair}, hash_entry);
    sum.low += hash.low;
    sum.high += hash.high;
  }
  return hash_bytes({reinterpret_cast<const char*>(&sum), sizeof sum}, hash_map);
}

std::vector<std::uint32_t> index_of(const Value::Map& entries) {
  if (entries.size() < indexed_from) {
    return {};
  }
  std::vector<std::uint32_t> order(entries.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return entries[i].key.view(); });
  return order;
}

}  // namespace

// ---- Value: life
// ----------------------------------------------------------------------------------

void Value::retain() const noexcept {
  if (source_text_ != nullptr) {
    retain_node(source_text_);
  }
  if (kind_ == Kind::string && payload_.string != nullptr) {
    retain_node(payload_.string);
  } else if (kind_ == Kind::list) {
    retain_node(payload_.list);
  } else if (kind_ == Kind::map) {
    retain_node(payload_.map);
  }
}

void Value::release() noexcept {
  const auto drop_string = [](const SharedString::Node* node) {
    SharedString last;
    last.node_ = node;  // its destructor drops the reference
  };
  if (source_text_ != nullptr) {
    drop_string(source_text_);
  }
  if (kind_ == Kind::string && payload_.string != nullptr) {
    drop_string(payload_.string);
  } else if (kind_ == Kind::list && release_node(payload_.list)) {
    delete payload_.list;
  } else if (kind_ == Kind::map && release_node(payload_.map)) {
    delete payload_.map;
  }
}

Value::Value(const Value& other) noexcept
    : payload_(other.payload_),
      source_text_(other.source_text_),
      mark_(other.mark_),
      kind_(other.kind_),
      quoting_(other.quoting_) {
  retain();
}

Value::Value(Value&& other) noexcept
    : payload_(other.payload_),
      source_text_(std::exchange(other.source_text_, nullptr)),
      mark_(other.mark_),
      kind_(std::exchange(other.kind_, Kind::null)),
      quoting_(other.quoting_) {}

Value& Value::operator=(Value other) noexcept {
  std::swap(payload_, other.payload_);
  std::swap(source_text_, other.source_text_);
  std::swap(mark_, other.mark_);
  std::swap(kind_, other.kind_);
  std::swap(quoting_, other.quoting_);
  return *this;
}

Value::~Value() {
  release();
}

// ---- Value: making
// --------------------------------------------------------------------------------

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
  const Hash hash = hash_of_items(items);
  Value result;
  result.payload_.list = new ListNode{.references = 1, .hash = hash, .items = std::move(items)};
  result.kind_ = Kind::list;
  return result;
}

Value Value::map(Map entries) {
  const Hash hash = hash_of_entries(entries);
  std::vector<std::uint32_t> by_key = index_of(entries);
  Value result;
  result.payload_.map = new MapNode{
      .references = 1, .hash = hash, .entries = std::move(entries), .by_key = std::move(by_key)};
  result.kind_ = Kind::map;
  return result;
}

Value Value::with_mark(const Mark& mark) const {
  Value copy = *this;
  copy.mark_ = mark;
  return copy;
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

// ---- Value: reading
// -------------------------------------------------------------------------------

bool Value::as_bool() const {
  if (!is_bool()) {
    wrong_kind(kind_, "boolean");
  }
  return payload_.boolean;
}

std::int64_t Value::as_int() const {
  if (!is_int()) {
    wrong_kind(kind_, "integer");
  }
  return payload_.integer;
}

double Value::as_double() const {
  if (is_int()) {
    return double(payload_.integer);
  }
  if (!is_real()) {
    wrong_kind(kind_, "number");
  }
  return payload_.real;
}

std::string_view Value::as_string() const {
  if (!is_string()) {
    wrong_kind(kind_, "string");
  }
  return payload_.string == nullptr
             ? std::string_view{}
             : std::string_view{payload_.string->text(), payload_.string->size};
}

SharedString Value::as_shared_string() const {
  if (!is_string()) {
    wrong_kind(kind_, "string");
  }
  SharedString text;
  if (payload_.string != nullptr) {
    retain_node(payload_.string);
    text.node_ = payload_.string;
  }
  return text;
}

std::span<const Value> Value::items() const {
  return is_list() ? std::span<const Value>(payload_.list->items) : std::span<const Value>{};
}

std::span<const Value::Entry> Value::entries() const {
  return is_map() ? std::span<const Entry>(payload_.map->entries) : std::span<const Entry>{};
}

std::size_t Value::size() const {
  return is_list() ? items().size() : entries().size();
}

const Value* Value::find(std::string_view key) const {
  if (!is_map()) {
    return nullptr;
  }
  const MapNode& node = *payload_.map;
  if (node.by_key.empty()) {
    const auto entry = std::ranges::find_if(
        node.entries, [&](const Entry& e) { return same_text(e.key.view(), key); });
    return entry == node.entries.end() ? nullptr : &entry->value;
  }
  const auto at = std::ranges::lower_bound(
      node.by_key, key, {}, [&](std::uint32_t i) { return node.entries[i].key.view(); });
  return at != node.by_key.end() && node.entries[*at].key.view() == key ? &node.entries[*at].value
                                                                        : nullptr;
}

const Value* Value::find(std::initializer_list<std::string_view> keys) const {
  const Value* value = this;
  for (const std::string_view key : keys) {
    value = value->find(key);
    if (value == nullptr) {
      return nullptr;
    }
  }
  return value;
}

std::string_view Value::string_at(std::initializer_list<std::string_view> keys,
                                  std::string_view fallback) const {
  const Value* value = find(keys);
  return value != nullptr && value->is_string() ? value->as_string() : fallback;
}

Value Value::with(std::string_view key, Value value) const {
  Map entries(this->entries().begin(), this->entries().end());
  const auto entry = std::ranges::find(entries, key, [](const Entry& e) { return e.key.view(); });
  if (entry != entries.end()) {
    entry->value = std::move(value);
  } else {
    entries.push_back({SharedString(key), std::move(value)});
  }
  return map(std::move(entries)).with_mark(mark_);
}

Value Value::without(std::string_view key) const {
  if (find(key) == nullptr) {
    return *this;
  }
  Map entries;
  std::ranges::copy_if(this->entries(), std::back_inserter(entries), [&](const Entry& entry) {
    return entry.key.view() != key;
  });
  return map(std::move(entries)).with_mark(mark_);
}

std::optional<std::string_view> Value::source_text() const {
  if (source_text_ == nullptr) {
    return std::nullopt;
  }
  return std::string_view{source_text_->text(), source_text_->size};
}

Hash Value::hash() const {
  switch (kind_) {
    case Kind::list:
      return payload_.list->hash;
    case Kind::map:
      return payload_.map->hash;
    case Kind::string:
      return payload_.string == nullptr ? hash_bytes("", hash_text) : payload_.string->hash;
    default:
      break;
  }
  std::uint64_t bits = 0;
  if (is_bool()) {
    bits = payload_.boolean;
  } else if (is_int()) {
    bits = std::uint64_t(payload_.integer);
  } else if (is_real()) {
    bits = std::bit_cast<std::uint64_t>(payload_.real == 0 ? 0.0 : payload_.real);  // -0 is 0
  }
  const std::uint64_t words[] = {std::uint64_t(kind_), bits};
  return hash_bytes({reinterpret_cast<const char*>(words), sizeof words}, hash_scalar);
}

bool Value::same_node(const Value& other) const {
  return kind_ == other.kind_ && payload_.integer == other.payload_.integer;
}

std::string_view describe(Value::Kind kind) {
  static constexpr std::string_view names[] = {
      "null", "boolean", "integer", "number", "string", "list", "map"};
  return names[std::size_t(kind)];
}

}  // namespace celldrift
