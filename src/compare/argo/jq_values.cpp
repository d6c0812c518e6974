#include "compare/argo/jq_values.hpp"

#include "compare/argo/jq_memory.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace celldrift::compare {
namespace {

constexpr int max_depth = 1000;

jv text_to_jv(std::string_view text) {
  return jv_string_sized(text.data(), int(text.size()));
}

jv list_to_jv(const Value& value) {
  jv list = jv_array_sized(int(value.size()));
  for (const Value& item : value.items()) {
    list = jv_array_append(list, to_jv(item));
  }
  return list;
}

jv map_to_jv(const Value& value) {
  std::vector<const Value::Entry*> entries;
  for (const Value::Entry& entry : value.entries()) {
    entries.push_back(&entry);
  }
  std::ranges::sort(entries, {}, [](const Value::Entry* entry) { return entry->key.view(); });
  jv map = jv_object();
  for (const Value::Entry* entry : entries) {
    map = jv_object_set(map, text_to_jv(entry->key.view()), to_jv(entry->value));
  }
  return map;
}

Value read(jv value, const Value* like, int depth);

Value number_of(double number, const Value* like) {
  if (like != nullptr && like->is_number() && like->as_double() == number) {
    return *like;
  }
  constexpr double most_exact = 9007199254740992.0;
  const bool is_whole = std::trunc(number) == number && std::abs(number) <= most_exact;
  return is_whole ? Value::integer(std::int64_t(number)) : Value::real(number);
}

Value text_of(jv value, const Value* like) {
  const std::string_view text(jv_string_value(value),
                              std::size_t(jv_string_length_bytes(jv_copy(value))));
  Value result = like != nullptr && like->is_string() && like->as_string() == text
                     ? *like
                     : Value::string(SharedString(text));
  jv_free(value);
  return result;
}

// Items keep their order when some are deleted: each is looked for among those of `like` that can
// still be it, and where it is none of them it is the next one, changed.
Value list_of(jv value, const Value* like, int depth) {
  const auto before = like == nullptr ? std::span<const Value>{} : like->items();
  const auto count = std::size_t(jv_array_length(jv_copy(value)));
  Value::List items;
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    jv item = jv_array_get(jv_copy(value), int(i));
    const std::size_t left = count - i;
    const std::size_t end = before.size() < left ? next : before.size() - left + 1;
    if (end <= next) {
      items.push_back(read(item, nullptr, depth + 1));
      continue;
    }
    std::size_t match = next;
    if (end > next + 1) {
      const Value plain = read(jv_copy(item), nullptr, depth + 1);
      const auto found = std::find(
          before.begin() + std::ptrdiff_t(next), before.begin() + std::ptrdiff_t(end), plain);
      match = found == before.begin() + std::ptrdiff_t(end) ? next
                                                            : std::size_t(found - before.begin());
    }
    items.push_back(read(item, &before[match], depth + 1));
    next = match + 1;
  }
  jv_free(value);
  return Value::list(std::move(items));
}

Value map_of(jv value, const Value* like, int depth) {
  Value::Map entries;
  const auto before = like == nullptr ? std::span<const Value::Entry>{} : like->entries();
  for (const Value::Entry& entry : before) {
    jv key = text_to_jv(entry.key.view());
    if (jv_object_has(jv_copy(value), jv_copy(key))) {
      entries.push_back(
          {entry.key, read(jv_object_get(jv_copy(value), key), &entry.value, depth + 1)});
    } else {
      jv_free(key);
    }
  }
  for (int i = jv_object_iter(value); jv_object_iter_valid(value, i);
       i = jv_object_iter_next(value, i)) {
    const Value key = text_of(jv_object_iter_key(value, i), nullptr);
    if (like == nullptr || like->find(key.as_string()) == nullptr) {
      entries.push_back(
          {key.as_shared_string(), read(jv_object_iter_value(value, i), nullptr, depth + 1)});
    }
  }
  jv_free(value);
  return Value::map(std::move(entries));
}

Value read(jv value, const Value* like, int depth) {
  if (depth > max_depth) {
    throw JqStopped{"its result is nested too deep"};
  }
  Value result;
  switch (jv_get_kind(value)) {
    case JV_KIND_TRUE:
    case JV_KIND_FALSE:
      result = Value::boolean(jv_get_kind(value) == JV_KIND_TRUE);
      break;
    case JV_KIND_NUMBER: {
      const double number = jv_number_value(value);
      jv_free(value);
      return number_of(number, like);
    }
    case JV_KIND_STRING:
      return text_of(value, like);
    case JV_KIND_ARRAY:
      result = list_of(value, like, depth);
      break;
    case JV_KIND_OBJECT:
      result = map_of(value, like, depth);
      break;
    case JV_KIND_NULL:
    case JV_KIND_INVALID:
      break;
  }
  if (like == nullptr) {
    return result;
  }
  return *like == result ? *like : result.with_mark(like->mark());
}

}  // namespace

jv to_jv(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return jv_null();
    case Value::Kind::boolean:
      return value.as_bool() ? jv_true() : jv_false();
    case Value::Kind::integer:
    case Value::Kind::real:
      return jv_number(value.as_double());
    case Value::Kind::string:
      return text_to_jv(value.as_string());
    case Value::Kind::list:
      return list_to_jv(value);
    case Value::Kind::map:
      return map_to_jv(value);
  }
  return jv_null();
}

Value from_jv(jv value, const Value& like) {
  return read(value, &like, 0);
}

}  // namespace celldrift::compare
