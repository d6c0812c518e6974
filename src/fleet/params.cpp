#include "fleet/params.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/function.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/shapes/entries.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::fleet {
namespace {

using gotemplate::Any;
using gotemplate::Heap;
using gotemplate::Kind;
using gotemplate::Type;

constexpr int max_depth = 200;

// apiextensions/v1.JSON: a struct whose only field has the bytes of the text.
const Value& json_of(const Any& object) {
  return *static_cast<const Value*>(object.object());
}

Any raw_bytes(const gotemplate::Call& call) {
  std::vector<Any> bytes;
  for (const char c : yaml::canonical_json(json_of(call[0]))) {
    bytes.push_back(Any::unsigned_integer(static_cast<unsigned char>(c), gotemplate::uint8_type));
  }
  return call.heap.make_list(std::move(bytes), gotemplate::byte_list_type);
}

Value json_of_any(const Any& object) {
  return json_of(object);
}

extern const Type json_type;
const Type* const json_parameters[] = {&json_type};
const gotemplate::Function json_fields[] = {
    {"Raw", json_parameters, false, &gotemplate::byte_list_type, raw_bytes}};
const Type json_type{
    .kind = Kind::structure, .name = "v1.JSON", .fields = json_fields, .json = json_of_any};
const Type plugin_parameters_type{Kind::map, "v1alpha1.PluginParameters", &json_type};

Any typed_list(const Value& value, const Type& type, Heap& heap) {
  if (value.is_null()) {
    return Any::slice(type, nullptr);
  }
  std::vector<Any> items;
  items.reserve(value.size());
  for (const Value& item : value.items()) {
    items.push_back(typed(item, *type.item, heap));
  }
  return heap.make_list(std::move(items), type);
}

Any typed_map(const Value& value, const Type& type, Heap& heap) {
  const Any map = heap.make_map(type);
  for (const auto& [key, item] : value.entries()) {
    map.map_node()->set(key.view(), typed(item, *type.item, heap));
  }
  return map;
}

void set_typed_place(const Any& root, const Value& origin, const TypedPlace& place, Heap& heap) {
  Any map = root;
  const Value* value = &origin;
  for (std::size_t i = 0; i < place.path.size(); ++i) {
    value = value->find(place.path[i]);
    if (value == nullptr) {
      return;
    }
    if (i + 1 == place.path.size()) {
      map.map_node()->set(place.path[i], typed(*value, *place.type, heap));
    } else {
      map = *map.map_node()->find(place.path[i]);
    }
  }
}

class Flattener {
 public:
  FlatParams take() { return std::move(flat_); }

  void add_map(const Any& map, const std::string& prefix, int depth) {
    if (map.map_node() == nullptr) {
      return;
    }
    for (const auto& [key, value] : map.map_node()->entries()) {
      add(prefix + std::string(key), value, depth);
    }
  }

 private:
  void add(const std::string& key, const Any& value, int depth) {
    if (depth > max_depth) {
      throw Error(ErrorCode::limit, "parameters are nested deeper than 200 levels");
    }
    if (value.is(gotemplate::map_type) || value.is(gotemplate::string_map_type)) {
      return add_map(value, key + ".", depth + 1);
    }
    if (value.is(gotemplate::list_type)) {
      std::size_t index = 0;
      for (const Any& item : value.items()) {
        add(key + "." + std::to_string(index++), item, depth + 1);
      }
      return;
    }
    flat_[key] = gotemplate::format_value(value);
  }

  FlatParams flat_;
};

bool is_nested(const Any& value) {
  return value.is(gotemplate::map_type) || value.is(gotemplate::string_map_type) ||
         value.is(gotemplate::list_type);
}

// One key of what a Flattener makes. Keys may have dots of their own, so "a.b" is looked for in "a"
// and as "a.b"; of several the last one counts, in the order in which a Flattener comes by them.
class FlatFinder {
 public:
  std::optional<std::string> take() { return std::move(found_); }

  void look_into(const Any& nested, std::string_view key) {
    if (nested.is(gotemplate::list_type)) {
      return look_into_list(nested, key);
    }
    if (nested.map_node() == nullptr) {
      return;
    }
    for (std::size_t end = key.find('.');; end = key.find('.', end + 1)) {
      if (const Any* value = nested.map_node()->find(key.substr(0, end))) {
        take_value(*value, key, end);
      }
      if (end == key.npos) {
        return;
      }
    }
  }

 private:
  static constexpr std::size_t max_steps = 100'000;  // maps may hold themselves

  void look_into_list(const Any& list, std::string_view key) {
    const std::size_t end = std::min(key.find('.'), key.size());
    const std::string_view text = key.substr(0, end);
    std::size_t index = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), index);
    if (read.ec == std::errc() && index < list.items().size() && text == std::to_string(index)) {
      take_value(list.items()[index], key, end == key.size() ? key.npos : end);
    }
  }

  // `end`: where the value's own key ends in `key`, npos where it is all of it.
  void take_value(const Any& value, std::string_view key, std::size_t end) {
    if (++steps_ > max_steps) {
      throw Error(ErrorCode::limit, "parameters are nested too deep for a name to be read of them");
    }
    if (end == key.npos && !is_nested(value)) {
      found_ = gotemplate::format_value(value);
    } else if (end != key.npos && is_nested(value)) {
      look_into(value, key.substr(end + 1));
    }
  }

  std::optional<std::string> found_;
  std::size_t steps_ = 0;
};

std::string format_leaf(const Value& value) {
  if (value.is_string()) {
    return std::string(value.as_string());
  }
  if (value.is_null()) {
    return "<nil>";
  }
  return gotemplate::format_value(value.is_bool() ? Any::boolean(value.as_bool())
                                                  : Any::real(value.as_double()));
}

void add_entries(const Value& value, const std::string& key, int depth, Entries& flat) {
  if (depth > max_depth) {
    throw Error(ErrorCode::limit, "a file is nested deeper than 200 levels", value.mark());
  }
  const std::string prefix = depth == 0 ? "" : key + ".";
  if (value.is_map()) {
    for (const auto& [name, item] : value.entries()) {
      add_entries(item, prefix + name.str(), depth + 1, flat);
    }
  } else if (value.is_list()) {
    std::size_t index = 0;
    for (const Value& item : value.items()) {
      add_entries(item, prefix + std::to_string(index++), depth + 1, flat);
    }
  } else {
    flat.set(key,
             value.is_string() ? value : Value::string(format_leaf(value)).with_mark(value.mark()));
  }
}

}  // namespace

const Type plugin_input_type{
    Kind::map, "map[string]v1alpha1.PluginParameters", &plugin_parameters_type};

bool Params::empty() const {
  return values.map_node() == nullptr || values.map_node()->size() == 0;
}

std::optional<std::string_view> Params::text(std::string_view key) const {
  const Any* value = values.map_node() != nullptr ? values.map_node()->find(key) : nullptr;
  return value != nullptr && value->is(gotemplate::string_type) ? std::optional(value->as_string())
                                                                : std::nullopt;
}

Any typed(const Value& value, const Type& type, Heap& heap) {
  switch (type.kind) {
    case Kind::string:
      return Any::string(value.as_string());
    case Kind::slice:
      return typed_list(value, type, heap);
    case Kind::map:
      return typed_map(value, type, heap);
    case Kind::structure:
      return Any::object(type, heap.make<Value>(value));
    case Kind::int_:
    case Kind::int64:
      return Any::integer(value.as_int(), type);
    default:
      return heap.from_value(value);
  }
}

Params made(Value origin, const Mark& mark, Heap& heap, std::span<const TypedPlace> places) {
  Params params{heap.from_value(origin), std::move(origin), {}, mark};
  for (const TypedPlace& place : places) {
    set_typed_place(params.values, params.origin, place, heap);
  }
  return params;
}

void set_param(
    Params& params, std::string_view key, const Value& value, const Type& type, Heap& heap) {
  params.origin = params.origin.with(key, value);
  params.values.map_node()->set(heap.keep(key), typed(value, type, heap));
}

FlatParams flattened(const Any& values) {
  Flattener flattener;
  flattener.add_map(values, "", 0);
  return flattener.take();
}

std::optional<std::string> flattened_at(const Any& values, std::string_view key) {
  FlatFinder finder;
  finder.look_into(values, key);
  return finder.take();
}

Value::Map flattened_entries(const Value& tree) {
  Entries flat;
  add_entries(tree, "", 0, flat);
  return flat.take();
}

}  // namespace celldrift::fleet
