#include "fleet/shapes/shape.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/zero.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::fleet {

const Shape string_shape{Shape::Kind::string};
const Shape boolean_shape{Shape::Kind::boolean};
const Shape integer_shape{Shape::Kind::integer};
const Shape raw_shape{Shape::Kind::raw};
const Shape string_list_shape{Shape::Kind::list, {}, &string_shape};
const Shape string_map_shape{Shape::Kind::map, {}, &string_shape};

namespace {

std::string_view expectation(Shape::Kind kind) {
  switch (kind) {
    case Shape::Kind::string:
      return "a string (quote it)";
    case Shape::Kind::boolean:
      return "true or false";
    case Shape::Kind::integer:
      return "a whole number";
    case Shape::Kind::int_or_string:
      return "a whole number or a string";
    case Shape::Kind::list:
      return "a list";
    default:
      return "a map";
  }
}

bool is_whole(const Value& value) {
  return value.is_int() || (value.is_real() && std::abs(value.as_double()) < 9.0e18 &&
                            std::trunc(value.as_double()) == value.as_double());
}

bool fits(const Value& value, Shape::Kind kind) {
  switch (kind) {
    case Shape::Kind::string:
      return value.is_string();
    case Shape::Kind::boolean:
      return value.is_bool();
    case Shape::Kind::integer:
      return is_whole(value);
    case Shape::Kind::int_or_string:
      return is_whole(value) || value.is_string();
    case Shape::Kind::list:
      return value.is_list();
    case Shape::Kind::structure:
    case Shape::Kind::map:
      return value.is_map();
    case Shape::Kind::raw:
      return true;
  }
  return false;
}

// Fields come out in the order of the struct, which is the order in which Go visits them.
Value checked_structure(const Value& value, const Shape& shape, const std::string& path) {
  Value::Map entries;
  for (const Field& field : shape.fields) {
    const Value* item = value.find(field.name);
    if (item != nullptr && !item->is_null()) {
      entries.push_back(
          {field.name, checked(*item, *field.shape, path + "." + std::string(field.name))});
    }
  }
  return Value::map(std::move(entries)).with_mark(value.mark());
}

Value checked_map(const Value& value, const Shape& shape, const std::string& path) {
  Value::Map entries;
  for (const auto& [key, item] : value.entries()) {
    // encoding/json decodes a null string as ""; the API server refuses it, and says so
    entries.push_back({key, checked(item, *shape.item, path + "." + key.str())});
  }
  return Value::map(std::move(entries)).with_mark(value.mark());
}

Value checked_list(const Value& value, const Shape& shape, const std::string& path) {
  Value::List items;
  for (const Value& item : value.items()) {
    const std::string place = path + "[" + std::to_string(items.size()) + "]";
    items.push_back(checked(item, *shape.item, place));
  }
  return Value::list(std::move(items)).with_mark(value.mark());
}

Value filled_structure(const Value& value, const Value& base, const Shape& shape) {
  Value::Map entries;
  for (const Field& field : shape.fields) {
    const Value* own = value.find(field.name);
    const Value* other = base.find(field.name);
    if (own == nullptr && other == nullptr) {
      continue;
    }
    if (other == nullptr) {
      entries.push_back({field.name, *own});
    } else if (own != nullptr) {
      entries.push_back({field.name, filled(*own, *other, *field.shape)});
    } else if (field.shape->kind == Shape::Kind::structure) {
      entries.push_back({field.name, filled(Value::map({}), *other, *field.shape)});
    } else if (!other->is_list() || other->size() > 0) {  // mergo takes no empty list over
      entries.push_back({field.name, *other});
    }
  }
  return Value::map(std::move(entries)).with_mark(base.mark());
}

Value filled_map(const Value& value, const Value& base) {
  Value result = value;
  for (const auto& [key, item] : base.entries()) {
    const Value* own = value.find(key.view());
    if (own == nullptr || is_zero(*own)) {
      result = result.with(key.view(), item);
    }
  }
  return result;
}

Value zero_of(const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::string:
      return Value::string("");
    case Shape::Kind::boolean:
      return Value::boolean(false);
    case Shape::Kind::integer:
    case Shape::Kind::int_or_string:
      return Value::integer(0);
    case Shape::Kind::structure:
      return encoded(Value::map({}), shape);
    default:
      return Value::null();
  }
}

// Whether a map has just the entries of another, in its order.
bool has_same_entries(const Value& map, const Value::Map& entries) {
  return map.is_map() &&
         std::ranges::equal(
             map.entries(), entries, [](const Value::Entry& a, const Value::Entry& b) {
               return a.key == b.key && a.value.same_node(b.value);
             });
}

Value encoded_structure(const Value& value, const Shape& shape) {
  Value::Map entries;
  entries.reserve(value.size());
  for (const Field& field : shape.fields) {
    const auto stated = std::ranges::find(
        value.entries(), field.name, [](const Value::Entry& entry) { return entry.key.view(); });
    if (stated == value.entries().end()) {
      if (field.written == Written::always) {
        entries.push_back({field.name, zero_of(*field.shape).with_mark(value.mark())});
      }
      continue;
    }
    Value written = encoded(stated->value, *field.shape);
    if (field.written != Written::unless_zero || !is_zero(written)) {
      entries.push_back({stated->key, std::move(written)});
    }
  }
  // Most of what has been rendered is written as it is.
  return has_same_entries(value, entries) ? value
                                          : Value::map(std::move(entries)).with_mark(value.mark());
}

}  // namespace

Value checked(const Value& value, const Shape& shape, const std::string& path) {
  if (!fits(value, shape.kind)) {
    throw Error(ErrorCode::config,
                path + " must be " + std::string(expectation(shape.kind)) + ", not " +
                    std::string(value.is_null() ? "null" : describe(value.kind())),
                value.mark());
  }
  switch (shape.kind) {
    case Shape::Kind::structure:
      return checked_structure(value, shape, path);
    case Shape::Kind::map:
      return checked_map(value, shape, path);
    case Shape::Kind::list:
      return checked_list(value, shape, path);
    case Shape::Kind::integer:
    case Shape::Kind::int_or_string:
      if (value.is_real()) {
        return Value::integer(static_cast<std::int64_t>(value.as_double())).with_mark(value.mark());
      }
      return value;
    default:
      return value;
  }
}

Value filled(const Value& value, const Value& base, const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::structure:
      return filled_structure(value, base, shape);
    case Shape::Kind::map:
      return filled_map(value, base);
    case Shape::Kind::raw:
      return value;
    default:
      return is_zero(value) && !is_zero(base) ? base : value;
  }
}

Value encoded(const Value& value, const Shape& shape) {
  if (shape.kind == Shape::Kind::structure) {
    return encoded_structure(value, shape);
  }
  if (shape.kind == Shape::Kind::list && shape.item->kind == Shape::Kind::structure) {
    Value::List items;
    for (const Value& item : value.items()) {
      items.push_back(encoded(item, *shape.item));
    }
    const bool is_as_stated =
        value.is_list() &&
        std::ranges::equal(
            value.items(), items, [](const Value& a, const Value& b) { return a.same_node(b); });
    return is_as_stated ? value : Value::list(std::move(items)).with_mark(value.mark());
  }
  return value;
}

}  // namespace celldrift::fleet
