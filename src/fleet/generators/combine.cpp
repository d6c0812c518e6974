#include "fleet/generators/combine.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "fleet/shapes/entries.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

using gotemplate::Any;
using gotemplate::Heap;
using gotemplate::Kind;
using gotemplate::Map;
using gotemplate::Type;

constexpr int max_depth = 200;

std::span<const Map::Entry> entries_of(const Any& map) {
  return map.map_node() != nullptr ? map.map_node()->entries() : std::span<const Map::Entry>{};
}

// Go's kinds that mergo calls empty: the zero values, and what has no entries.
bool is_empty(const Any& value) {
  return value.kind() != Kind::structure && !gotemplate::is_true(value);
}

// reflect's SetMapIndex: the value of a map[string]any's entry is an interface, which is no string.
void assign(const Any& dst, const Any& src, const Map::Entry& entry) {
  const Type& wanted = *dst.type()->item;
  const Type& given = *src.type()->item;
  if (wanted.kind != Kind::interface && &wanted != &given) {
    throw Error(ErrorCode::config,
                "reflect.Value.SetMapIndex: value of type " + std::string(given.name) +
                    " is not assignable to type " + std::string(wanted.name) + " (key \"" +
                    std::string(entry.key) + "\")");
  }
  dst.map_node()->set(entry.key, entry.value);
}

void merge_maps(const Any& dst, const Any& src, int depth);

// True when the entry needs nothing more: both are maps, and what was there goes on being used.
bool merge_entry(const Any* own, const Map::Entry& entry, int depth) {
  if (entry.value.kind() != Kind::map || own == nullptr) {
    return false;
  }
  if (own->kind() == Kind::structure) {
    throw Error(ErrorCode::config, "reflect: call of reflect.Value.Field on map Value");
  }
  if (own->kind() != Kind::map) {
    return false;
  }
  if (own->map_node() != nullptr) {
    merge_maps(*own, entry.value, depth + 1);
  }
  return !is_empty(*own);
}

void merge_maps(const Any& dst, const Any& src, int depth) {
  if (depth > max_depth) {
    throw Error(ErrorCode::limit, "parameters are nested deeper than 200 levels");
  }
  // a map that is merged into itself must not be walked while it changes
  const std::vector<Map::Entry> entries(entries_of(src).begin(), entries_of(src).end());
  for (const Map::Entry& entry : entries) {
    const Any* found = dst.map_node()->find(entry.key);
    const std::optional<Any> own = found != nullptr ? std::optional(*found) : std::nullopt;
    if (!merge_entry(own ? &*own : nullptr, entry, depth)) {
      assign(dst, src, entry);
    }
  }
}

// The same for the tree that people see.
Value merged_tree(const Value& tree, const Value& over) {
  if (!tree.is_map() || !over.is_map() || tree.size() == 0) {
    return over;
  }
  Entries entries(tree.entries());
  for (const auto& [key, value] : over.entries()) {
    const Value* own = tree.find(key);
    entries.set(key, own != nullptr ? merged_tree(*own, value) : value);
  }
  return entries.take_map().with_mark(tree.mark());
}

void unite_identities(Params& params, const Params& other) {
  if (params.identity == nullptr || other.identity == nullptr ||
      params.identity == other.identity) {
    params.identity = params.identity == nullptr ? other.identity : params.identity;
    return;
  }
  ParamKeys keys = *params.identity;
  keys.insert(other.identity->begin(), other.identity->end());
  params.identity = std::make_shared<const ParamKeys>(std::move(keys));
}

void ensure_map(Params& params, Heap& heap) {
  if (params.values.map_node() == nullptr) {
    params.values = heap.make_map();
  }
}

// Adds one side's values as texts.
void add_texts(const Params& from, Entries& texts) {
  for (const auto& [key, value] : entries_of(from.values)) {
    const Value* origin = from.origin.find(key);
    texts.set(SharedString(key),
              origin != nullptr && origin->is_string()
                  ? *origin
                  : Value::string(gotemplate::format_value(value))
                        .with_mark(origin != nullptr ? origin->mark() : from.mark));
  }
}

void refuse_different(const Params& a, const Params& b) {
  for (const auto& [key, value] : entries_of(b.values)) {
    const Any* other = a.values.map_node() != nullptr ? a.values.map_node()->find(key) : nullptr;
    if (other == nullptr) {
      continue;
    }
    const std::string first = gotemplate::format_value(*other);
    const std::string second = gotemplate::format_value(value);
    if (first != second) {
      throw Error(ErrorCode::config,
                  "found duplicate key " + std::string(key) + " with different value, a: " + first +
                      " ,b: " + second);
    }
  }
}

}  // namespace

Params combined_texts(const Params& a, const Params& b, Heap& heap) {
  refuse_different(a, b);
  Entries texts;
  add_texts(a, texts);
  add_texts(b, texts);
  Params result = made(texts.take_map(), a.mark, heap);
  unite_identities(result, a);
  unite_identities(result, b);
  return result;
}

void override_deeply(Params& params, const Params& over, Heap& heap) {
  ensure_map(params, heap);
  merge_maps(params.values, over.values, 0);
  params.origin = merged_tree(params.origin, over.origin);
  unite_identities(params, over);
}

void override_flatly(Params& params, const Params& over, Heap&) {
  Entries entries;
  for (const Params* one : {static_cast<const Params*>(&params), &over}) {
    for (const auto& [key, value] : one->origin.entries()) {
      entries.set(key, value);
    }
  }
  for (const auto& [key, value] : entries_of(over.values)) {
    if (params.values.map_node() == nullptr) {
      throw Error(ErrorCode::config, "assignment to entry in nil map");
    }
    params.values.map_node()->set(key, value);
  }
  params.origin = entries.take_map();
  unite_identities(params, over);
}

Params shallow_copy(const Params& params, Heap& heap) {
  Params copy = params;
  copy.values = heap.make_map();
  for (const auto& [key, value] : entries_of(params.values)) {
    copy.values.map_node()->set(key, value);
  }
  return copy;
}

}  // namespace celldrift::fleet
