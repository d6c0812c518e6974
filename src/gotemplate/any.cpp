#include "celldrift/gotemplate/any.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/capacity.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace celldrift::gotemplate {

namespace {

constexpr std::string_view kind_names[] = {
    "invalid",   "bool",   "int",    "int8",   "int16",   "int32",   "int64",      "uint",
    "uint8",     "uint16", "uint32", "uint64", "float32", "float64", "complex128", "func",
    "interface", "map",    "ptr",    "slice",  "string",  "struct",
};

}  // namespace

std::string_view describe(Kind kind) {
  return kind_names[std::size_t(kind)];
}

Any Any::string(std::string_view kept, const Type& type) {
  if (kept.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::limit, "a text of a template is larger than 4 GiB");
  }
  Any result(&type, Payload{.text = kept.data()});
  result.length_ = std::uint32_t(kept.size());
  return result;
}

bool Any::as_bool() const {
  assert(kind() == Kind::boolean);
  return payload_.boolean;
}

std::int64_t Any::as_int() const {
  assert(is_signed(kind()));
  return payload_.integer;
}

std::uint64_t Any::as_unsigned() const {
  assert(is_unsigned(kind()));
  return payload_.unsigned_integer;
}

double Any::as_real() const {
  assert(is_float(kind()));
  return payload_.real;
}

std::complex<double> Any::as_complex() const {
  assert(kind() == Kind::complex128);
  return *static_cast<const std::complex<double>*>(payload_.object);
}

std::string_view Any::as_string() const {
  assert(kind() == Kind::string);
  return {payload_.text, length_};
}

Slice* Any::slice_node() const {
  assert(kind() == Kind::slice);
  return payload_.slice;
}

Map* Any::map_node() const {
  assert(kind() == Kind::map);
  return payload_.map;
}

std::span<const Any> Any::items() const {
  const Slice* node = slice_node();
  return node == nullptr ? std::span<const Any>{} : node->items();
}

namespace {

bool comes_before(const Map::Entry& entry, std::string_view key) {
  return entry.key < key;
}

template <typename Entries>
auto place_of(Entries& entries, std::string_view key) {
  return std::lower_bound(entries.begin(), entries.end(), key, comes_before);
}

}  // namespace

std::span<Any> Slice::items() const {
  load();
  return items_;
}

void Slice::load() const {
  if (pending_ == nullptr) {
    return;
  }
  const Numbers numbers = whole_numbers_as_float_ ? Numbers::as_float64 : Numbers::keep;
  const std::span<const Value> values = std::exchange(pending_, nullptr)->items();
  const std::size_t capacity = appended_capacity(values.size(), interface_type);
  heap_->charge(capacity * sizeof(Any));
  owned_.reserve(capacity);
  for (const Value& value : values) {
    owned_.push_back(heap_->from_kept(value, numbers));
  }
  owned_.resize(capacity);
  items_ = std::span(owned_).first(values.size());
  reserve_ = owned_.size() - values.size();
}

std::size_t Slice::capacity() const {
  return items().size() + reserve_;
}

void Map::load() const {
  if (pending_ == nullptr) {
    return;
  }
  const Numbers numbers = whole_numbers_as_float_ ? Numbers::as_float64 : Numbers::keep;
  const std::span<const Value::Entry> values = std::exchange(pending_, nullptr)->entries();
  heap_->charge(values.size() * sizeof(Entry));
  entries_.reserve(values.size());
  for (const Value::Entry& entry : values) {
    entries_.push_back({entry.key.view(), heap_->from_kept(entry.value, numbers)});
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.key < b.key;
  });
}

std::size_t Map::size() const {
  load();
  return entries_.size() + fresh_.size();
}

void Map::merge() const {
  if (fresh_.empty()) {
    return;
  }
  const auto middle = std::ptrdiff_t(entries_.size());
  entries_.insert(entries_.end(), fresh_.begin(), fresh_.end());
  fresh_.clear();
  std::inplace_merge(entries_.begin(),
                     entries_.begin() + middle,
                     entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.key < b.key; });
}

Map::Entry* Map::place(std::string_view key) const {
  load();
  for (std::vector<Entry>* entries : {&entries_, &fresh_}) {
    const auto at = place_of(*entries, key);
    if (at != entries->end() && at->key == key) {
      return &*at;
    }
  }
  return nullptr;
}

const Any* Map::find(std::string_view key) const {
  const Entry* entry = place(key);
  return entry == nullptr ? nullptr : &entry->value;
}

void Map::set(std::string_view key, Any value) {
  if (Entry* entry = place(key)) {
    entry->value = value;
    return;
  }
  constexpr std::size_t usual_size = 8;
  if (fresh_.capacity() == 0) {
    fresh_.reserve(usual_size);
  }
  heap_->charge(sizeof(Entry));
  fresh_.insert(place_of(fresh_, key), {key, value});
  if (fresh_.size() > 64 && fresh_.size() * fresh_.size() > entries_.size()) {
    merge();
  }
}

bool Map::erase(std::string_view key) {
  load();
  merge();
  const auto at = place_of(entries_, key);
  if (at == entries_.end() || at->key != key) {
    return false;
  }
  entries_.erase(at);
  return true;
}

std::span<const Map::Entry> Map::entries() const {
  load();
  merge();
  return entries_;
}

}  // namespace celldrift::gotemplate
