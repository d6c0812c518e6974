// Run-time values as a celldrift::Value, by the rules of encoding/json.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/any.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/strconv.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::gotemplate {

namespace {

// Each broken byte replaced, as encoding/json does.
std::string repaired(std::string_view text) {
  return utf8::is_valid(text) ? std::string(text) : utf8::text(utf8::points(text));
}

Value real_value(double value) {
  if (!std::isfinite(value)) {
    throw Error(ErrorCode::config, "json: unsupported value: " + format_float(value));
  }
  // JSON has one kind of number: 5.0 is written 5, and read again as a whole one. Past 2^53 it is
  // written with zeros behind its shortest digits: another whole number than the real one.
  if (value == std::floor(value) && std::abs(value) < 1e21) {
    if (const auto whole = parse_int(format_real(value, 'f'), 10)) {
      return Value::integer(*whole);
    }
  }
  return Value::real(value);
}

Value unsigned_value(std::uint64_t value) {
  return value > std::uint64_t(INT64_MAX) ? Value::real(double(value))
                                          : Value::integer(std::int64_t(value));
}

Value object_value(const Any& object) {
  if (object.type()->json != nullptr) {
    return object.type()->json(object);
  }
  throw Error(ErrorCode::config, "json: unsupported type: " + std::string(object.type()->name));
}

class Conversion {
 public:
  Value convert(const Any& value, int depth) {
    // Lists that hold a list twice, and it another twice, … are small, but their tree is not.
    if (depth > 200 || ++made_ > 5'000'000) {
      throw Error(ErrorCode::limit, "a value is too large, or nested too deeply, for a tree");
    }
    const Kind kind = value.kind();
    if (value.type() != nullptr && value.type()->json != nullptr) {
      return value.type()->json(value);
    }
    if (is_signed(kind)) {
      return Value::integer(value.as_int());
    }
    if (is_unsigned(kind)) {
      return unsigned_value(value.as_unsigned());
    }
    switch (kind) {
      case Kind::invalid:
        return Value::null();
      case Kind::boolean:
        return Value::boolean(value.as_bool());
      case Kind::float32:
      case Kind::float64:
        return real_value(value.as_real());
      case Kind::string:
        return Value::string(repaired(value.as_string()));
      case Kind::slice:
        return slice_value(value, depth);
      case Kind::map:
        return map_value(value, depth);
      case Kind::pointer:
        return value.object() == nullptr ? Value::null() : object_value(value);
      default:
        return object_value(value);
    }
  }

 private:
  Value slice_value(const Any& slice, int depth) {
    if (slice.slice_node() == nullptr) {
      return Value::null();
    }
    if (slice.type()->item->kind == Kind::uint8) {
      std::string bytes;
      for (const Any& item : slice.items()) {
        bytes += char(item.as_unsigned());
      }
      return Value::string(base64_encode(bytes));
    }
    Value::List items;
    items.reserve(slice.items().size());
    for (const Any& item : slice.items()) {
      items.push_back(convert(item, depth + 1));
    }
    return Value::list(std::move(items));
  }

  Value map_value(const Any& map, int depth) {
    if (map.map_node() == nullptr) {
      return Value::null();
    }
    Value::Map entries;
    entries.reserve(map.map_node()->size());
    for (const Map::Entry& entry : map.map_node()->entries()) {
      std::string key = repaired(entry.key);
      Value value = convert(entry.value, depth + 1);
      const bool repeated =
          key != entry.key &&
          std::ranges::any_of(entries, [&](const auto& known) { return known.key.view() == key; });
      if (!repeated) {
        entries.push_back({std::move(key), std::move(value)});
      }
    }
    return Value::map(std::move(entries));
  }

  std::size_t made_ = 0;
};

}  // namespace

Value to_value(const Any& value) {
  // A copy: the value may be one of a map that is looked through for it, and moves its entries.
  return Conversion().convert(Any(value), 0);
}

}  // namespace celldrift::gotemplate
