// Maps with string keys. set and unset change the map that they are given. Where Go's order of keys
// is random, ours is that of their bytes.
#include "celldrift/gotemplate/assertion.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

const Any* find(const Any& map, std::string_view key) {
  return map.map_node() == nullptr ? nullptr : map.map_node()->find(key);
}

std::span<const Map::Entry> entries_of(const Any& map) {
  return map.map_node() == nullptr ? std::span<const Map::Entry>() : map.map_node()->entries();
}

Any dict(const Call& call) {
  const Any map = call.heap.make_map();
  for (std::size_t i = 0; i < call.size(); i += 2) {
    const bool paired = i + 1 < call.size();
    map.map_node()->set(call.heap.keep(text_of(call[i])), paired ? call[i + 1] : Any::string(""));
  }
  return map;
}

Any get(const Call& call) {
  const Any* found = find(call[0], text(call, 1));
  return found == nullptr ? Any::string("") : *found;
}

Any set(const Call& call) {
  if (call[0].map_node() == nullptr) {
    fail("assignment to entry in nil map");
  }
  charge(call, sizeof(Map::Entry));
  call[0].map_node()->set(text(call, 1), call[2]);
  return call[0];
}

Any unset(const Call& call) {
  if (call[0].map_node() != nullptr) {
    call[0].map_node()->erase(text(call, 1));
  }
  return call[0];
}

Any has_key(const Call& call) {
  return Any::boolean(find(call[0], text(call, 1)) != nullptr);
}

Any pluck(const Call& call) {
  std::vector<Any> found;
  for (const Any& map : call.arguments.subspan(1)) {
    if (const Any* value = find(map, text(call, 0))) {
      found.push_back(*value);
    }
  }
  return appended_list(call, std::move(found));
}

Any keys(const Call& call) {
  std::vector<Any> found;
  for (const Any& map : call.arguments) {
    for (const Map::Entry& entry : entries_of(map)) {
      found.push_back(Any::string(entry.key));
    }
  }
  return appended_list(call, std::move(found), string_list_type);
}

Any values(const Call& call) {
  std::vector<Any> found;
  for (const Map::Entry& entry : entries_of(call[0])) {
    found.push_back(entry.value);
  }
  return appended_list(call, std::move(found));
}

Any pick(const Call& call) {
  const Any picked = call.heap.make_map();
  for (const Any& key : call.arguments.subspan(1)) {
    if (const Any* value = find(call[0], key.as_string())) {
      picked.map_node()->set(key.as_string(), *value);
    }
  }
  return picked;
}

Any omit(const Call& call) {
  const Any left = call.heap.make_map();
  const auto omitted = call.arguments.subspan(1);
  for (const Map::Entry& entry : entries_of(call[0])) {
    charge(call, sizeof(Map::Entry));
    const bool is_omitted =
        std::ranges::any_of(omitted, [&](const Any& key) { return key.as_string() == entry.key; });
    if (!is_omitted) {
      left.map_node()->set(entry.key, entry.value);
    }
  }
  return left;
}

// `dig "a" "b" default map`: map.a.b, or the default as soon as a key is missing.
Any dig(const Call& call) {
  if (call.size() < 3) {
    fail("dig needs at least three arguments");
  }
  Any step = assert_type(call[call.size() - 1], map_type);
  const auto path = call.arguments.first(call.size() - 2);
  for (const Any& key : path) {
    assert_type(key, string_type);
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Any* found = find(i == 0 ? step : assert_type(step, map_type), path[i].as_string());
    if (found == nullptr) {
      return call[call.size() - 2];
    }
    step = *found;
  }
  return step;
}

constexpr auto map_and_key = takes<map_type, string_type>;

constexpr Function table[] = {
    {"dict", takes<interface_type>, true, &map_type, dict},
    {"dig", takes<interface_type>, true, &interface_type, dig},
    {"get", map_and_key, false, &interface_type, get},
    {"hasKey", map_and_key, false, &bool_type, has_key},
    {"keys", takes<map_type>, true, &string_list_type, keys},
    {"omit", map_and_key, true, &map_type, omit},
    {"pick", map_and_key, true, &map_type, pick},
    {"pluck", takes<string_type, map_type>, true, &list_type, pluck},
    {"set", takes<map_type, string_type, interface_type>, false, &map_type, set},
    {"unset", map_and_key, false, &map_type, unset},
    {"values", takes<map_type>, false, &list_type, values},
};

}  // namespace

std::span<const Function> dicts_functions() {
  return table;
}

}  // namespace celldrift::sprig
