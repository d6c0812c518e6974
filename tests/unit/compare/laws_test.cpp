// Laws of comparison, by seeded random changes of what a real API server stored
// (testdata/defaults): nothing differs from itself; putting the differences back gives what Git
// wants; no order of keys or keyed items means anything; an unknown field hides nothing.

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "restore.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

using namespace celldrift;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

struct Pair {
  std::string name;
  Value desired;
  Value live;  // without managedFields: whatever is no default was put there by somebody
};

const std::vector<Pair>& pairs() {
  static const std::vector<Pair> all = [] {
    std::vector<Pair> found;
    for (const auto& entry : std::filesystem::directory_iterator(CELLDRIFT_TESTDATA "/defaults")) {
      if (entry.path().extension() == ".json" &&
          !entry.path().stem().string().starts_with("secret")) {
        const Value recording = yaml::parse_json(read_file(entry.path().string())).value;
        found.push_back(
            {entry.path().stem().string(), *recording.find("stated"), *recording.find("live")});
      }
    }
    std::ranges::sort(found, {}, &Pair::name);
    return found;
  }();
  return all;
}

// ---- random changes

Value changed_scalar(const Value& value, Random& random) {
  switch (value.kind()) {
    case Value::Kind::boolean:
      return Value::boolean(!value.as_bool());
    case Value::Kind::integer:
      return Value::integer(value.as_int() + 1 + std::int64_t(below(random, 5)));
    case Value::Kind::string:
      return Value::string(std::string(value.as_string()) + "x");
    case Value::Kind::real:
    case Value::Kind::null:
    case Value::Kind::list:
    case Value::Kind::map:
      return Value::string("changed");
  }
  return {};
}

// A change somewhere below: a scalar changed, a node removed, or one added.
Value changed(const Value& value, Random& random);

Value changed_map(const Value& map, Random& random) {
  const auto entries = map.entries();
  const std::size_t choice = below(random, 12);
  if (entries.empty() || choice == 0) {
    return map.with("added" + std::to_string(below(random, 3)), Value::string("by hand"));
  }
  const Value::Entry& entry = entries[below(random, entries.size())];
  return choice == 1 ? map.without(entry.key) : map.with(entry.key, changed(entry.value, random));
}

Value changed_list(const Value& list, Random& random) {
  Value::List items(list.items().begin(), list.items().end());
  const std::size_t choice = below(random, 8);
  if (items.empty()) {
    return list;
  }
  const std::size_t at = below(random, items.size());
  if (choice == 0) {
    items.erase(items.begin() + std::ptrdiff_t(at));
  } else {
    items[at] = changed(items[at], random);
  }
  return Value::list(std::move(items));
}

Value changed(const Value& value, Random& random) {
  return value.is_map()    ? changed_map(value, random)
         : value.is_list() ? changed_list(value, random)
                           : changed_scalar(value, random);
}

// Of what makes the object this one nothing is changed.
Value changed_object(const Value& object, Random& random) {
  Value result = object;
  for (const Value::Entry& entry : object.entries()) {
    const bool is_identity = entry.key.view() == "apiVersion" || entry.key.view() == "kind" ||
                             entry.key.view() == "status";
    if (!is_identity && entry.key.view() != "metadata" && below(random, 2) == 0) {
      result = result.with(entry.key, changed(entry.value, random));
    }
  }
  const Value* labels = object.find({"metadata", "labels"});
  if (below(random, 3) == 0) {
    const Value more = (labels == nullptr ? Value() : *labels).with("team", Value::string("web"));
    result = result.with("metadata", result.find("metadata")->with("labels", more));
  }
  return result;
}

// ---- random orders

Value shuffled(const Value& value, const kube::Type& type, std::string_view field, Random& random) {
  if (value.is_map()) {
    Value::Map entries;
    for (const Value::Entry& entry : value.entries()) {
      entries.push_back(
          {entry.key, shuffled(entry.value, *type.field(entry.key), entry.key, random)});
    }
    std::ranges::shuffle(entries, random);
    return Value::map(std::move(entries));
  }
  if (value.is_list()) {
    Value::List items;
    for (const Value& item : value.items()) {
      items.push_back(shuffled(item, *type.item(), "", random));
    }
    const bool means_nothing = type.kind == kube::Type::Kind::list &&
                               type.list_kind != kube::ListKind::atomic &&
                               field != "initContainers";
    if (means_nothing) {
      std::ranges::shuffle(items, random);
    }
    return Value::list(std::move(items));
  }
  return value;
}

Value shuffled(const Value& object, Random& random) {
  return shuffled(
      object,
      kube::Schema::builtin().type_of(object.string_at({"apiVersion"}), object.string_at({"kind"})),
      "",
      random);
}

// ---- what is compared

std::set<std::string> texts(const std::vector<compare::Difference>& differences) {
  std::set<std::string> all;
  for (const compare::Difference& difference : differences) {
    all.insert(std::string(compare::describe(difference.change)) + " " + difference.path.text() +
               " want " + (difference.want ? yaml::canonical_json(*difference.want) : "-") +
               " have " + (difference.have ? yaml::canonical_json(*difference.have) : "-"));
  }
  return all;
}

std::set<std::string> paths(const std::vector<compare::Difference>& differences) {
  std::set<std::string> all;
  for (const compare::Difference& difference : differences) {
    all.insert(std::string(compare::describe(difference.change)) + " " + difference.path.text());
  }
  return all;
}

}  // namespace

TEST_CASE("nothing differs from itself") {
  for (const Pair& pair : pairs()) {
    CAPTURE(pair.name);
    CHECK(texts(compare::diff(pair.live, pair.live)).empty());
    CHECK(texts(compare::diff(pair.desired, pair.desired)).empty());
  }
}

TEST_CASE("putting the differences back gives what Git wants") {
  std::size_t differing = 0;
  for (const Pair& pair : pairs()) {
    Random random(1);
    for (int round = 0; round < 20; ++round) {
      const Value live = changed_object(pair.live, random);
      const auto differences = compare::diff(pair.desired, live);
      const Value restored = restored_by(differences, live, Empty::goes);
      const Value with_empty = restored_by(differences, live, Empty::stays);
      CAPTURE(pair.name);
      CAPTURE(yaml::emit_json(live));
      CAPTURE(yaml::emit_json(restored));
      CHECK((compare::diff(pair.desired, restored).empty() ||
             compare::diff(pair.desired, with_empty).empty()));
      differing += differences.empty() ? 0 : 1;
    }
  }
  CHECK(differing > 1000);
}

TEST_CASE("no order of map keys or keyed items means anything") {
  for (const Pair& pair : pairs()) {
    Random random(2);
    for (int round = 0; round < 5; ++round) {
      const Value live = changed_object(pair.live, random);
      const auto expected = paths(compare::diff(pair.desired, live));
      CAPTURE(pair.name);
      CAPTURE(yaml::emit_json(live));
      CHECK(paths(compare::diff(shuffled(pair.desired, random), shuffled(live, random))) ==
            expected);
    }
  }
}

TEST_CASE("an unknown field hides nothing") {
  for (const Pair& pair : pairs()) {
    Random random(3);
    for (int round = 0; round < 5; ++round) {
      const Value live = changed_object(pair.live, random);
      const auto expected = paths(compare::diff(pair.desired, live));
      const Value* spec = live.find("spec");
      const bool in_spec = spec != nullptr && spec->is_map() && spec->size() != 0;
      const Value unknown = in_spec ? live.with("spec", spec->with("unknown", Value::integer(1)))
                                    : live.with("unknown", Value::integer(1));
      CAPTURE(pair.name);
      CHECK(std::ranges::includes(paths(compare::diff(pair.desired, unknown)), expected));
    }
  }
}
