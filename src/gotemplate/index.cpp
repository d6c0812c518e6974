// index, slice, len.
#include "celldrift/core/error.hpp"
#include "gotemplate/builtin.hpp"
#include "gotemplate/run.hpp"
#include "gotemplate/types.hpp"

#include <string>

namespace celldrift::gotemplate {

namespace {

[[noreturn]] void fail(std::string message) {
  throw Error(ErrorCode::config, std::move(message));
}

std::string type_of(const Any& value) {
  return std::string(value.type()->name);
}

bool is_null(const Operand& operand) {
  return operand.is_nil_interface() ||
         (operand.value.kind() == Kind::pointer && operand.value.object() == nullptr);
}

std::size_t index_of(const Any& index, std::size_t most) {
  if (index.is_nil()) {
    fail("cannot index slice/array with nil");
  }
  if (!is_integer(index.kind())) {
    fail("cannot index slice/array with type " + type_of(index));
  }
  const std::int64_t at =
      is_signed(index.kind()) ? index.as_int() : std::int64_t(index.as_unsigned());
  if (at < 0 || std::uint64_t(at) > most) {
    fail("index out of range: " + std::to_string(at));
  }
  return std::size_t(at);
}

Operand byte_at(std::string_view text, const Any& index) {
  const std::size_t at = index_of(index, text.size());
  if (at == text.size()) {
    fail("reflect: string index out of range");
  }
  const auto byte = static_cast<unsigned char>(text[at]);
  return Operand::concrete(Any::unsigned_integer(byte, uint8_type));
}

Operand item_at(const Any& slice, const Any& index) {
  const std::span<const Any> items = slice.items();
  const std::size_t at = index_of(index, items.size());
  if (at == items.size()) {
    fail("reflect: slice index out of range");
  }
  return Operand::stored(items[at], slice.type()->item);
}

Operand entry_at(const Any& map, const Any& index) {
  const std::string_view key = prepared(index, string_type).as_string();
  const Type* item = map.type()->item;
  const Any* value = map.map_node() == nullptr ? nullptr : map.map_node()->find(key);
  return Operand::stored(value == nullptr ? zero_of(*item) : *value, item);
}

std::size_t capacity_of(const Any& slice) {
  return slice.slice_node() == nullptr ? 0 : slice.slice_node()->capacity();
}

Operand step_into(const Operand& operand, const Any& index) {
  if (is_null(operand)) {
    fail("index of nil pointer");
  }
  const Any item = pointee_of(operand.value);
  switch (item.kind()) {
    case Kind::string:
      return byte_at(item.as_string(), index);
    case Kind::slice:
      return item_at(item, index);
    case Kind::map:
      return entry_at(item, index);
    default:
      fail("can't index item of type " + type_of(item));
  }
}

}  // namespace

// index x 1 2 is x[1][2].
Operand builtin_index(Run&, std::span<const Operand> arguments) {
  Operand item = arguments[0].unwrapped();
  if (!item.is_valid()) {
    fail("index of untyped nil");
  }
  for (const Operand& index : arguments.subspan(1)) {
    item = step_into(item, index.value);
  }
  return item;
}

// slice x 1 2 is x[1:2], which may go past the length, up to what Go holds in reserve.
Operand builtin_slice(Run& run, std::span<const Operand> arguments) {
  const Operand operand = arguments[0].unwrapped();
  const std::span<const Operand> indexes = arguments.subspan(1);
  if (!operand.is_valid()) {
    fail("slice of untyped nil");
  }
  if (is_null(operand)) {
    fail("slice of nil pointer");
  }
  if (indexes.size() > 3) {
    fail("too many slice indexes: " + std::to_string(indexes.size()));
  }
  const Any item = pointee_of(operand.value);
  const bool is_string = item.kind() == Kind::string;
  if (is_string && indexes.size() == 3) {
    fail("cannot 3-index slice a string");
  }
  if (!is_string && item.kind() != Kind::slice) {
    fail("can't slice item of type " + type_of(item));
  }
  const std::size_t size = is_string ? item.as_string().size() : item.items().size();
  const std::size_t capacity = is_string ? size : capacity_of(item);
  std::size_t bounds[3] = {0, size, capacity};
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (indexes[i].is_interface()) {  // Go looks into them for index, not for slice
      fail("cannot index slice/array with type interface {}");
    }
    bounds[i] = index_of(indexes[i].value, capacity);
  }
  for (std::size_t i = 0; i < (indexes.size() < 3 ? 1 : 2); ++i) {
    if (bounds[i] > bounds[i + 1]) {
      fail("invalid slice index: " + std::to_string(bounds[i]) + " > " +
           std::to_string(bounds[i + 1]));
    }
  }
  if (is_string) {
    const std::string_view part = item.as_string().substr(bounds[0], bounds[1] - bounds[0]);
    return Operand::concrete(Any::string(part, *item.type()));
  }
  return Operand::concrete(run.heap().make_slice_of(item, bounds[0], bounds[1]));
}

Operand builtin_len(Run&, std::span<const Operand> arguments) {
  if (is_null(arguments[0])) {
    fail("len of nil pointer");
  }
  const Any item = pointee_of(arguments[0].value);
  const auto length = [](std::size_t size) {
    return Operand::concrete(Any::integer(std::int64_t(size)));
  };
  switch (item.kind()) {
    case Kind::invalid:
      fail("reflect: call of reflect.Value.Type on zero Value");
    case Kind::string:
      return length(item.as_string().size());
    case Kind::slice:
      return length(item.items().size());
    case Kind::map:
      return length(item.map_node() == nullptr ? 0 : item.map_node()->size());
    default:
      fail("len of type " + type_of(item));
  }
}

}  // namespace celldrift::gotemplate
