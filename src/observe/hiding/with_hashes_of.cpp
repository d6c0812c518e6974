#include "celldrift/observe/scrubber.hpp"

#include <optional>

namespace celldrift::observe {
namespace {

// An item of a list is found by its name, else by its place.
const Value* item_like(const Value& list, const Value& item, std::size_t index) {
  const std::string_view name = item.string_at({"name"});
  if (!name.empty()) {
    for (const Value& each : list.items()) {
      if (each.string_at({"name"}) == name) {
        return &each;
      }
    }
    return nullptr;
  }
  return index < list.size() ? &list.items()[index] : nullptr;
}

class Adopter {
 public:
  Adopter(const SecretKey* key, std::size_t& unknown) : key_(key), unknown_(unknown) {}

  Value adopt(const Value& live, const Value& desired) {
    if (live.is_string() && desired.is_string()) {
      return text(live, desired);
    }
    if (live.is_map() && desired.is_map()) {
      return map(live, desired);
    }
    return live.is_list() && desired.is_list() ? list(live, desired) : desired;
  }

 private:
  Value text(const Value& live, const Value& desired) {
    const std::string_view hash = live.as_string();
    if (hash == desired.as_string() || hash.find(hash_prefix) == hash.npos) {
      return desired;
    }
    if (key_ == nullptr) {
      ++unknown_;
      return Value::string(hash).with_mark(desired.mark());
    }
    const bool comparable = is_secret_hash(hash) && !is_secret_hash(desired.as_string());
    return comparable ? Value::string(key_->hash(desired.as_string())).with_mark(desired.mark())
                      : desired;
  }

  Value map(const Value& live, const Value& desired) {
    Value result = desired;
    for (const Value::Entry& entry : desired.entries()) {
      if (const Value* beside = live.find(entry.key)) {
        const Value adopted = adopt(*beside, entry.value);
        result = adopted.same_node(entry.value) ? result : result.with(entry.key, adopted);
      }
    }
    return result;
  }

  Value list(const Value& live, const Value& desired) {
    Value::List items;
    for (std::size_t i = 0; i < desired.size(); ++i) {
      const Value* beside = item_like(live, desired.items()[i], i);
      items.push_back(beside == nullptr ? desired.items()[i] : adopt(*beside, desired.items()[i]));
    }
    return Value::list(std::move(items)).with_mark(desired.mark());
  }

  const SecretKey* key_;
  std::size_t& unknown_;
};

}  // namespace

Value with_hashes_of(const Value& live,
                     const Value& desired,
                     const SecretKey* key,
                     std::size_t& unknown) {
  return Adopter(key, unknown).adopt(live, desired);
}

}  // namespace celldrift::observe
