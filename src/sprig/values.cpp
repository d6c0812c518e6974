#include "sprig/values.hpp"

#include "celldrift/gotemplate/capacity.hpp"
#include "celldrift/gotemplate/format.hpp"

namespace celldrift::sprig {

using namespace gotemplate;

std::size_t charge(const Call& call, std::size_t unit, std::size_t count) {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(unit, count, &bytes)) {
    bytes = ~std::size_t{0};
  }
  call.heap.charge(bytes);
  return bytes;
}

void charge_work(const Call& call, std::size_t milliseconds) {
  constexpr std::size_t bytes_per_millisecond = 16 * 1024;
  call.heap.charge(milliseconds * bytes_per_millisecond);
}

std::string text_of(const Any& value) {
  if (value.kind() == Kind::string && value.type()->text == nullptr) {
    return std::string(value.as_string());
  }
  if (value.is(byte_list_type)) {
    std::string bytes;
    for (const Any& byte : value.items()) {
      bytes += char(byte.as_unsigned());
    }
    return bytes;
  }
  return format_value(value);
}

bool is_empty(const Any& value) {
  switch (value.kind()) {
    case Kind::structure:
      return false;
    case Kind::pointer:
    case Kind::function:
      return value.object() == nullptr;
    default:
      return !is_true(value);
  }
}

Any string_list(const Any& value, Heap& heap) {
  if (value.is(string_list_type)) {
    return value;
  }
  std::vector<Any> texts;
  const bool is_list = value.kind() == Kind::slice;
  for (const Any& item : is_list ? value.items() : std::span(&value, 1)) {
    if (!item.is_nil()) {
      texts.push_back(heap.string(text_of(item)));
    }
  }
  return heap.make_list(std::move(texts), string_list_type, is_list ? value.items().size() : 0);
}

Any appended_list(const Call& call, std::vector<Any> items, const Type& type) {
  const std::size_t capacity = appended_capacity(items.size(), *type.item);
  return call.heap.make_list(std::move(items), type, capacity);
}

Any kept_strings(const std::vector<std::string_view>& items, Heap& heap) {
  std::vector<Any> strings;
  strings.reserve(items.size());
  for (const std::string_view item : items) {
    strings.push_back(Any::string(item));
  }
  return heap.make_list(std::move(strings), string_list_type);
}

Any bytes_value(Heap& heap, std::string_view bytes) {
  std::vector<Any> items;
  items.reserve(bytes.size());
  for (const char c : bytes) {
    items.push_back(Any::unsigned_integer(static_cast<unsigned char>(c), uint8_type));
  }
  return heap.make_list(std::move(items), byte_list_type);
}

std::string bytes_of(const Any& value) {
  std::string bytes;
  for (const Any& byte : value.items()) {
    bytes += char(byte.as_unsigned());
  }
  return bytes;
}

}  // namespace celldrift::sprig
