// What is read of Values, and maps with other entries.
#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"
#include "core/hash_kinds.hpp"

#include <algorithm>
#include <bit>

namespace celldrift {
namespace {

// As ==, for texts that mostly differ: of most of one length the first byte tells.
bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || a.front() == b.front()) && a == b;
}

}  // namespace

void Value::wrong_kind(std::string_view wanted) const {
  throw Error(ErrorCode::internal,
              "a " + std::string(describe(kind_)) + " was read as a " + std::string(wanted));
}

bool Value::as_bool() const {
  if (!is_bool()) {
    wrong_kind("boolean");
  }
  return payload_.boolean;
}

std::int64_t Value::as_int() const {
  if (!is_int()) {
    wrong_kind("integer");
  }
  return payload_.integer;
}

double Value::as_double() const {
  if (is_int()) {
    return double(payload_.integer);
  }
  if (!is_real()) {
    wrong_kind("number");
  }
  return payload_.real;
}

SharedString Value::as_shared_string() const {
  if (!is_string()) {
    wrong_kind("string");
  }
  SharedString text;
  SharedString::retain(payload_.string);
  text.node_ = payload_.string;
  return text;
}

const Value* Value::find(std::string_view key) const {
  if (!is_map()) {
    return nullptr;
  }
  if (payload_.node->has_key_order) {
    return find_in_order(key);
  }
  for (const Entry& entry : entries()) {
    if (same_text(entry.key.view(), key)) {
      return &entry.value;
    }
  }
  return nullptr;
}

const Value* Value::find_in_order(std::string_view key) const {
  const auto entries = this->entries();
  const std::span order(reinterpret_cast<const std::uint32_t*>(entries.data() + entries.size()),
                        entries.size());
  const auto at = std::ranges::lower_bound(
      order, key, {}, [&](std::uint32_t i) { return entries[i].key.view(); });
  return at != order.end() && entries[*at].key.view() == key ? &entries[*at].value : nullptr;
}

const Value* Value::find_key(const SharedString& key) const {
  constexpr std::size_t longest_scan = 64;
  if (size() > longest_scan) {
    return find(key.view());
  }
  for (const Entry& entry : entries()) {
    if (entry.key.same_node(key)) {
      return &entry.value;
    }
  }
  const bool tells = payload_.node->all_names && key.is_name();
  return tells ? nullptr : find(key.view());
}

const Value* Value::find(std::initializer_list<std::string_view> keys) const {
  const Value* value = this;
  for (const std::string_view key : keys) {
    value = value->find(key);
    if (value == nullptr) {
      return nullptr;
    }
  }
  return value;
}

std::string_view Value::string_at(std::initializer_list<std::string_view> keys,
                                  std::string_view fallback) const {
  const Value* value = find(keys);
  return value != nullptr && value->is_string() ? value->as_string() : fallback;
}

Value Value::with(std::string_view key, Value value) const {
  Map entries(this->entries().begin(), this->entries().end());
  const auto entry = std::ranges::find(entries, key, [](const Entry& e) { return e.key.view(); });
  if (entry != entries.end()) {
    entry->value = std::move(value);
  } else {
    entries.push_back({SharedString(key), std::move(value)});
  }
  return map(std::move(entries)).with_mark(mark_);
}

Value Value::without(std::string_view key) const {
  if (find(key) == nullptr) {
    return *this;
  }
  Map entries;
  std::ranges::copy_if(this->entries(), std::back_inserter(entries), [&](const Entry& entry) {
    return entry.key.view() != key;
  });
  return map(std::move(entries)).with_mark(mark_);
}

std::optional<std::string_view> Value::source_text() const {
  if (source_text_ == nullptr) {
    return std::nullopt;
  }
  return std::string_view{source_text_->text(), source_text_->size};
}

Hash Value::hash_of_scalar() const {
  std::uint64_t bits = 0;
  if (is_bool()) {
    bits = payload_.boolean;
  } else if (is_int()) {
    bits = std::uint64_t(payload_.integer);
  } else if (is_real()) {
    bits = std::bit_cast<std::uint64_t>(payload_.real == 0 ? 0.0 : payload_.real);  // -0 is 0
  }
  const std::uint64_t words[] = {std::uint64_t(kind_), bits};
  return hash_bytes({reinterpret_cast<const char*>(words), sizeof words}, hash_scalar);
}

std::string_view describe(Value::Kind kind) {
  static constexpr std::string_view names[] = {
      "null", "boolean", "integer", "number", "string", "list", "map"};
  return names[std::size_t(kind)];
}

}  // namespace celldrift
