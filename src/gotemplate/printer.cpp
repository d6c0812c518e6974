#include "gotemplate/printer.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/function.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

constexpr std::size_t longest = 16u << 20;
constexpr int deepest = 500;  // a map that holds itself would never end

bool is_one_of(char32_t verb, std::string_view verbs) {
  return verb < 0x80 && verbs.find(char(verb)) != std::string_view::npos;
}

}  // namespace

void Printer::write(std::string_view part) {
  if (part.size() > longest - std::min(longest, text.size())) {
    throw Error(ErrorCode::limit, "a printed text is longer than 16 MiB");
  }
  text += part;
}

void Printer::write_rune(char32_t rune) {
  utf8::append(text, rune);
}

void Printer::print(const Any& value, char32_t verb) {
  if (value.is_nil()) {
    if (verb == 'T' || verb == 'v') {
      pad("<nil>");
    } else {
      print_bad_verb(value, verb);
    }
    return;
  }
  if (verb == 'T') {
    pad(truncated(value.type()->name));
    return;
  }
  if (verb == 'p') {
    print_address(value, verb);
    return;
  }
  // A []byte of its own is printed as one; within something else only by %s, %q and %x.
  if (value.is(byte_list_type)) {
    return print_bytes(value, verb, "[]byte") ? void() : print_kind(value, verb, 0);
  }
  if (!print_by_method(value, verb)) {
    print_kind(value, verb, 0);
  }
}

void Printer::print_bad_verb(const Any& value, char32_t verb) {
  const bool before = std::exchange(in_error_, true);
  write("%!");
  write_rune(verb);
  write("(");
  if (value.is_nil()) {
    write("<nil>");
  } else {
    write(value.type()->name);
    write("=");
    print(value, 'v');
  }
  write(")");
  in_error_ = before;
}

bool Printer::print_by_method(const Any& value, char32_t verb) {
  if (in_error_ || value.is_nil()) {
    return false;
  }
  if (verb == 'w') {  // for Errorf only
    print_bad_verb(value, verb);
    return true;
  }
  const Type& type = *value.type();
  if (type.text == nullptr || flags.sharp_v || !is_one_of(verb, "vsxXq")) {
    return false;
  }
  if (type.kind == Kind::pointer && value.object() == nullptr) {
    write("<nil>");
  } else {
    print_string(type.text(value), value, verb);
  }
  return true;
}

void Printer::print_within(const Any& value, char32_t verb, int depth) {
  if (depth > deepest) {
    throw Error(ErrorCode::limit, "a printed value is nested deeper than 500 levels");
  }
  if (!value.is_nil()) {
    if (!print_by_method(value, verb)) {
      print_kind(value, verb, depth);
    }
  } else if (verb == 'w' && !in_error_) {
    print_bad_verb(value, verb);
  } else {
    write(flags.sharp_v ? "interface {}(nil)" : "<nil>");
  }
}

void Printer::print_kind(const Any& value, char32_t verb, int depth) {
  const Kind kind = value.kind();
  if (is_signed(kind)) {
    return print_signed(value.as_int(), value, verb);
  }
  if (is_unsigned(kind)) {
    return print_unsigned(value.as_unsigned(), value, verb);
  }
  switch (kind) {
    case Kind::boolean:
      return print_bool(value, verb);
    case Kind::float32:
      return print_real(value.as_real(), 32, value, verb);
    case Kind::float64:
      return print_real(value.as_real(), 64, value, verb);
    case Kind::complex128:
      return print_complex(value, verb);
    case Kind::string:
      return print_string(value.as_string(), value, verb);
    case Kind::slice:
      return print_items(value, verb, depth);
    case Kind::map:
      return print_map(value, verb, depth);
    case Kind::structure:
      return print_structure(value, verb, depth);
    case Kind::pointer:
      return print_pointer(value, verb, depth);
    default:
      return print_address(value, verb);
  }
}

void Printer::write_separator() {
  write(flags.sharp_v ? ", " : " ");
}

void Printer::print_items(const Any& slice, char32_t verb, int depth) {
  const Type& type = *slice.type();
  if (type.item->kind == Kind::uint8 && is_one_of(verb, "sqxX") &&
      print_bytes(slice, verb, type.name)) {
    return;
  }
  write(flags.sharp_v ? type.name : "");
  if (flags.sharp_v && slice.slice_node() == nullptr) {
    return write("(nil)");
  }
  write(flags.sharp_v ? "{" : "[");
  bool first = true;
  for (const Any& item : slice.items()) {
    if (!std::exchange(first, false)) {
      write_separator();
    }
    print_within(item, verb, depth + 1);
  }
  write(flags.sharp_v ? "}" : "]");
}

void Printer::print_map(const Any& map, char32_t verb, int depth) {
  const Type& type = *map.type();
  write(flags.sharp_v ? type.name : "map");
  if (flags.sharp_v && map.map_node() == nullptr) {
    return write("(nil)");
  }
  write(flags.sharp_v ? "{" : "[");
  const auto entries =
      map.map_node() == nullptr ? std::span<const Map::Entry>{} : map.map_node()->entries();
  bool first = true;
  for (const Map::Entry& entry : entries) {
    if (!std::exchange(first, false)) {
      write_separator();
    }
    print_within(Any::string(entry.key), verb, depth + 1);
    write(":");
    print_within(entry.value, verb, depth + 1);
  }
  write(flags.sharp_v ? "}" : "]");
}

void Printer::print_structure(const Any& object, char32_t verb, int depth) {
  Heap heap;
  const Environment environment;
  std::uint64_t random_state = 0;
  write(flags.sharp_v ? object.type()->name : "");
  write("{");
  bool first = true;
  for (const std::span<const Function> fields : {object.type()->fields, object.type()->hidden}) {
    for (const Function& field : fields) {
      if (!std::exchange(first, false)) {
        write_separator();
      }
      if (flags.plus_v || flags.sharp_v) {
        write(field.name);
        write(":");
      }
      const Any arguments[] = {object};
      print_within(field.call({arguments, heap, environment, random_state}), verb, depth + 1);
    }
  }
  write("}");
}

void Printer::print_pointer(const Any& value, char32_t verb, int depth) {
  const Type* pointee = value.type()->item;
  if (depth == 0 && value.object() != nullptr && pointee != nullptr &&
      pointee->kind == Kind::structure) {
    write("&");
    print_within(Any::object(*pointee, value.object()), verb, 1);
    return;
  }
  print_address(value, verb);
}

namespace {

bool is_null(const Any& value) {
  switch (value.kind()) {
    case Kind::map:
      return value.map_node() == nullptr;
    case Kind::slice:
      return value.slice_node() == nullptr;
    default:
      return value.object() == nullptr;
  }
}

}  // namespace

// Addresses differ from run to run in Go; ours is always the same.
void Printer::print_address(const Any& value, char32_t verb) {
  const Kind kind = value.kind();
  if (kind != Kind::map && kind != Kind::slice && kind != Kind::pointer && kind != Kind::function) {
    return print_bad_verb(value, verb);
  }
  const std::uint64_t address = is_null(value) ? 0 : 0xc000012345;
  if (verb == 'p') {
    return lay_out_0x(address, !flags.sharp);
  }
  if (verb != 'v') {
    return is_one_of(verb, "bodxX") ? print_unsigned(address, value, verb)
                                    : print_bad_verb(value, verb);
  }
  if (flags.sharp_v) {
    write("(");
    write(value.type()->name);
    write(")(");
    address == 0 ? write("nil") : lay_out_0x(address, true);
    return write(")");
  }
  address == 0 ? pad("<nil>") : lay_out_0x(address, !flags.sharp);
}

}  // namespace celldrift::gotemplate
