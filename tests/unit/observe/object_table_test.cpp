#include "celldrift/observe/object_table.hpp"

#include "celldrift/observe/known_secrets.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace celldrift;
using namespace celldrift::observe;

namespace {

LiveObject object(const std::string& api_version,
                  const std::string& kind,
                  const std::string& ns,
                  const std::string& name) {
  const Value value =
      Value::map({{"apiVersion", Value::string(api_version)},
                  {"kind", Value::string(kind)},
                  {"metadata",
                   Value::map({{"name", Value::string(name)}, {"namespace", Value::string(ns)}})}});
  return {key_of(value), value};
}

ObjectRun sample() {
  return {object("v1", "ConfigMap", "a", "x"),
          object("v1", "ConfigMap", "b", "x"),
          object("v1", "Secret", "a", "x"),
          object("acme.com/v2", "Thing", "a", "x"),
          object("acme.com/v1", "Thing", "a", "x"),
          object("acme.com/v2", "Thing", "a", "y"),
          object("apps/v1", "Deployment", "a", "x")};
}

std::vector<std::string> names(ObjectTable::Pointers objects) {
  std::vector<std::string> names;
  for (const LiveObject* each : objects) {
    names.push_back(std::string(each->object.string_at({"apiVersion"})) + " " + each->key.ns + "/" +
                    each->key.name);
  }
  return names;
}

}  // namespace

TEST_CASE("objects are found by identity, at the version that is asked for or the preferred one") {
  const ObjectTable table(sample());
  const ObjectKey thing{"acme.com", "Thing", "a", "x"};
  CHECK(table.find(thing) == &table[3].object);
  CHECK(table.find(thing, "acme.com/v1") == &table[4].object);
  CHECK(table.find(thing, "acme.com/v9") == &table[3].object);
  CHECK(table.find({"acme.com", "Thing", "a", "z"}) == nullptr);
  CHECK(table.find({"", "Thing", "a", "x"}) == nullptr);
  CHECK(ObjectTable().find(thing) == nullptr);
  for (const LiveObject& each : table) {
    CHECK(table.find(each.key, each.object.string_at({"apiVersion"})) == &each.object);
  }
}

TEST_CASE("objects of a kind are there once, in order") {
  const ObjectTable table(sample());
  using Names = std::vector<std::string>;
  CHECK(names(table.of_kind({"acme.com", "Thing"})) == Names{"acme.com/v2 a/x", "acme.com/v2 a/y"});
  CHECK(names(table.of_kind({"", "ConfigMap"})) == Names{"v1 a/x", "v1 b/x"});
  CHECK(names(table.of_kind({"apps", "Deployment"})) == Names{"apps/v1 a/x"});
  CHECK(table.of_kind({"", "Config"}).empty());
  CHECK(table.of_kind({"zzz", "Z"}).empty());
  CHECK(table.distinct().size() == 6);
  CHECK(table.distinct_objects().size() == 6);
  CHECK(&table.distinct_objects() == &ObjectTable(table).distinct_objects());
}

TEST_CASE("a table of runs has their objects, wherever these end") {
  const ObjectRun whole = sample();
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    const auto at = whole.begin() + std::ptrdiff_t(cut);
    const ObjectTable table({std::make_shared<const ObjectRun>(whole.begin(), at),
                             std::make_shared<const ObjectRun>(at, whole.end())});
    CHECK(std::ranges::equal(table, whole, [](const LiveObject& a, const LiveObject& b) {
      return a.key == b.key && a.object == b.object;
    }));
    CHECK(table.distinct().size() == 6);
    CHECK(table.find({"acme.com", "Thing", "a", "x"}, "acme.com/v1") == &table[4].object);
  }
}

TEST_CASE("a change makes another table only where it changes something") {
  const ObjectTable table(sample());
  CHECK(table.changed([](const LiveObject& each) { return each.object; }).is_same(table));
  for (std::size_t changed = 0; changed < table.size(); ++changed) {
    const ObjectTable other = table.changed([&](const LiveObject& each) {
      return &each == &table[changed] ? each.object.with("spec", Value::integer(1)) : each.object;
    });
    CHECK(!other.is_same(table));
    REQUIRE(other.size() == table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      CHECK(other[i].key == table[i].key);
      CHECK((other[i].object.find("spec") != nullptr) == (i == changed));
    }
  }
}

TEST_CASE("without a kind, others are as they were") {
  const ObjectTable table = ObjectTable(sample()).without({"acme.com", "Thing"});
  CHECK(table.size() == 4);
  CHECK(table.of_kind({"acme.com", "Thing"}).empty());
  CHECK(table.find({"apps", "Deployment", "a", "x"}) != nullptr);
}

TEST_CASE("what hashes of Secrets tell is known of a table once") {
  const Value secret = yaml::parse(
                           "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: "
                           "{password: 'hmac-sha256:0123456789abcdef0123456789abcdef'}}")
                           .value;
  const ObjectTable table{{key_of(secret), secret}};
  CHECK(table.known_by_hash().size() == 1);
  CHECK(&table.known_by_hash() == &ObjectTable(table).known_by_hash());
  CHECK(ObjectTable(sample()).known_by_hash().empty());
}
