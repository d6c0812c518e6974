#include "celldrift/observe/object_table.hpp"

#include "celldrift/observe/known_secrets.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <mutex>

namespace celldrift::observe {
namespace {

using Pointers = ObjectTable::Pointers;
using Runs = std::vector<std::shared_ptr<const ObjectRun>>;

bool is_of_kind(const LiveObject& object, const ObjectKey& key) {
  return object.key.kind == key.kind && object.key.group == key.group;
}

bool comes_before(const LiveObject* object, const GroupKind& kind) {
  const int order = object->key.group.compare(kind.group);
  return order != 0 ? order < 0 : object->key.kind < kind.kind;
}

// Where objects lie in a list of all, by a hash of their keys: the first of each key.
class KeyIndex {
 public:
  explicit KeyIndex(Pointers all) : all_(all), places_(std::bit_ceil(2 * all.size() + 1), none) {
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (i == 0 || all[i]->key != all[i - 1]->key) {
        places_[place_of(all[i]->key)] = i;
      }
    }
  }

  // The objects of that key.
  Pointers find(const ObjectKey& key) const {
    const std::uint32_t begin = places_[place_of(key)];
    if (begin == none) {
      return {};
    }
    std::size_t end = begin + 1;
    while (end < all_.size() && all_[end]->key == key) {
      ++end;
    }
    return all_.subspan(begin, end - begin);
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  // Where the key is, or where it would be. There is always an empty place.
  std::size_t place_of(const ObjectKey& key) const {
    const std::size_t mask = places_.size() - 1;
    std::size_t at = std::hash<ObjectKey>{}(key)&mask;
    while (places_[at] != none && all_[places_[at]]->key != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  Pointers all_;
  std::vector<std::uint32_t> places_;
};

std::vector<const LiveObject*> pointers_to(const Runs& runs) {
  std::vector<const LiveObject*> all;
  std::size_t count = 0;
  for (const auto& run : runs) {
    count += run->size();
  }
  all.reserve(count);
  for (const auto& run : runs) {
    for (const LiveObject& object : *run) {
      all.push_back(&object);
    }
  }
  return all;
}

std::vector<const LiveObject*> first_of_each(Pointers all) {
  std::vector<const LiveObject*> distinct;
  distinct.reserve(all.size());
  for (const LiveObject* object : all) {
    if (distinct.empty() || distinct.back()->key != object->key) {
      distinct.push_back(object);
    }
  }
  return distinct;
}

}  // namespace

struct ObjectTable::Table {
  explicit Table(Runs of)
      : runs(std::move(of)), all(pointers_to(runs)), distinct(first_of_each(all)), by_key(all) {}

  Runs runs;  // what the pointers point to
  std::vector<const LiveObject*> all;
  std::vector<const LiveObject*> distinct;
  KeyIndex by_key;

  // Made when they are asked for.
  mutable std::once_flag distinct_objects_are_made;
  mutable std::vector<std::pair<ObjectKey, Value>> distinct_objects;
  mutable std::once_flag known_is_made;
  mutable KnownSecrets known;
};

ObjectTable::ObjectTable() {
  static const auto none = std::make_shared<const Table>(Runs());
  table_ = none;
}

ObjectTable::ObjectTable(ObjectRun objects)
    : ObjectTable(std::vector{std::make_shared<const ObjectRun>(std::move(objects))}) {}

ObjectTable::ObjectTable(Runs runs) : table_(std::make_shared<const Table>(std::move(runs))) {}

Pointers ObjectTable::all() const {
  return table_->all;
}

Pointers ObjectTable::distinct() const {
  return table_->distinct;
}

const Value* ObjectTable::find(const ObjectKey& key, std::string_view api_version) const {
  const Pointers found = table_->by_key.find(key);
  if (found.empty()) {
    return nullptr;
  }
  const auto exact = std::ranges::find_if(found, [&](const LiveObject* each) {
    return each->object.string_at({"apiVersion"}) == api_version;
  });
  return exact != found.end() ? &(*exact)->object : &found.front()->object;
}

Pointers ObjectTable::of_kind(const GroupKind& kind) const {
  const auto& objects = table_->distinct;
  const auto begin = std::ranges::lower_bound(
      objects, true, {}, [&](const LiveObject* each) { return !comes_before(each, kind); });
  const ObjectKey any{kind.group, kind.kind, "", ""};
  const auto end = std::partition_point(
      begin, objects.end(), [&](const LiveObject* each) { return is_of_kind(*each, any); });
  return {begin, end};
}

const std::vector<std::pair<ObjectKey, Value>>& ObjectTable::distinct_objects() const {
  std::call_once(table_->distinct_objects_are_made, [&] {
    table_->distinct_objects.reserve(table_->distinct.size());
    for (const LiveObject* each : table_->distinct) {
      table_->distinct_objects.emplace_back(each->key, each->object);
    }
  });
  return table_->distinct_objects;
}

const KnownSecrets& ObjectTable::known_by_hash() const {
  std::call_once(table_->known_is_made, [&] {
    for (const LiveObject* each : of_kind({"", "Secret"})) {
      table_->known.add_hashed(each->object);
    }
  });
  return table_->known;
}

ObjectTable ObjectTable::changed(const std::function<Value(const LiveObject&)>& change) const {
  ObjectRun objects;
  for (std::size_t i = 0; i < size(); ++i) {
    const LiveObject& before = (*this)[i];
    Value after = change(before);
    if (objects.empty() && after.same_node(before.object)) {
      continue;  // as all of them were up to here
    }
    if (objects.empty()) {
      objects.reserve(size());
      objects.assign(begin(), Iterator(all().data() + i));
    }
    objects.push_back({before.key, std::move(after)});
  }
  return objects.empty() ? *this : ObjectTable(std::move(objects));
}

ObjectTable ObjectTable::without(const GroupKind& kind) const {
  ObjectRun objects;
  std::ranges::copy_if(*this, std::back_inserter(objects), [&](const LiveObject& each) {
    return each.key.kind != kind.kind || each.key.group != kind.group;
  });
  return ObjectTable(std::move(objects));
}

}  // namespace celldrift::observe
