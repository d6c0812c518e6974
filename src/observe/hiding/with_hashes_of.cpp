#include "celldrift/observe/scrubber.hpp"
#include "observe/hiding/changed.hpp"

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
    if (live == desired) {
      return desired;
    }
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
    if (hash.find(hash_prefix) == hash.npos) {
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
    return with_changed(desired, [&](const Value::Entry& entry) {
      const Value* beside = live.find(entry.key);
      return beside == nullptr ? entry.value : adopt(*beside, entry.value);
    });
  }

  Value list(const Value& live, const Value& desired) {
    std::size_t index = 0;
    return with_changed_items(desired, [&](const Value& item) {
      const Value* beside = item_like(live, item, index++);
      return beside == nullptr ? item : adopt(*beside, item);
    });
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
