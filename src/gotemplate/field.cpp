// Fields, methods and keys: what comes after a dot.
#include "celldrift/core/error.hpp"
#include "gotemplate/run.hpp"
#include "gotemplate/types.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

Operand Run::fields(const Operand& dot,
                    const Operand& receiver,
                    const Node& node,
                    std::span<const std::string_view> names,
                    const Arguments& arguments) {
  Operand value = receiver;
  for (const std::string_view name : names.first(names.size() - 1)) {
    value = field(dot, value, node, name, {});
  }
  return field(dot, value, node, names.back(), arguments);  // a method gets the arguments
}

namespace {

const Function* find(std::span<const Function> functions, std::string_view name) {
  const auto found = std::ranges::find(functions, name, &Function::name);
  return found == functions.end() ? nullptr : &*found;
}

// Of a pointer also what it points to has.
const Function* find(std::span<const Function> Type::* list,
                     const Type& type,
                     std::string_view name) {
  const Function* found = find(type.*list, name);
  return found == nullptr && type.kind == Kind::pointer && type.item != nullptr
             ? find(type.item->*list, name)
             : found;
}

}  // namespace

Operand Run::field(const Operand& dot,
                   const Operand& receiver,
                   const Node& node,
                   std::string_view name,
                   const Arguments& arguments) {
  step();
  if (!receiver.is_valid()) {
    if (options_.missing_key == MissingKey::error) {
      fail("nil data; no entry for key %q", {name});
    }
    return receiver;
  }
  if (receiver.is_nil_interface()) {
    fail("nil pointer evaluating %s.%s", {receiver.type_name(), name});
  }
  const Any& value = receiver.value;
  const Type& type = *value.type();
  if (const Function* method = find(&Type::methods, type, name)) {
    return call(dot, {*method, name, &value}, node, arguments);
  }
  const bool is_null_pointer = type.kind == Kind::pointer && value.object() == nullptr;
  const Function* member = find(&Type::fields, type, name);
  if (member != nullptr && !is_null_pointer) {
    if (arguments.any()) {
      fail("%s has arguments but cannot be invoked as function", {name});
    }
    return result_of(*member, {&value, 1});
  }
  if (type.kind == Kind::map) {
    if (arguments.any()) {
      fail("%s is not a method but has arguments", {name});
    }
    return map_entry(value, name);
  }
  if (find(&Type::hidden, type, name) != nullptr) {
    fail("%s is an unexported field of struct type %s", {name, receiver.type_name()});
  }
  const bool could_have_it = type.item == nullptr || type.item->kind != Kind::structure;
  if (is_null_pointer && (member != nullptr || could_have_it)) {
    fail("nil pointer evaluating %s.%s", {receiver.type_name(), name});
  }
  fail("can't evaluate field %s in type %s", {name, receiver.type_name()});
}

Operand Run::map_entry(const Any& map, std::string_view key) {
  const Type* item = map.type()->item;
  const Map* node = map.map_node();
  if (const Any* value = node == nullptr ? nullptr : node->find(key)) {
    return Operand::stored(map.is_volatile() ? value->with_volatile() : *value, item);
  }
  switch (options_.missing_key) {
    case MissingKey::error:
      fail("map has no entry for key %q", {key});
    case MissingKey::zero:
      return Operand::stored(zero_of(*item), item);
    default:
      return Operand::none();
  }
}

}  // namespace celldrift::gotemplate
