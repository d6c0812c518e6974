#include "celldrift/observe/clean_parts.hpp"

#include "celldrift/observe/scrubber.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <string>

namespace celldrift::observe {
namespace {

SecretKey key(char c = 'k') {
  return SecretKey::from_bytes(std::string(32, c));
}

Value secret(const std::string& entries) {
  return yaml::parse("{apiVersion: v1, kind: Secret, stringData: " + entries + "}").value;
}

KnownSecrets in_clear(const std::string& entries) {
  KnownSecrets set;
  without_secrets(secret(entries), key(), &set);
  return set;
}

KnownSecrets by_hash(const std::string& entries) {
  KnownSecrets set;
  set.add_hashed(without_secrets(secret(entries), key()));
  return set;
}

TEST_CASE("what the one side knows by its hash and the other in clear text is known in clear") {
  const std::string both = "{password: x7Kq2m9Zpw}";
  const KnownSecrets told = by_hash(both).told_by(in_clear(both));
  CHECK_FALSE(told.needs_key());
  CHECK(told.identity() == in_clear(both).identity());
  CHECK(told.find("x7Kq2m9Zpw", key('?')) == KnownSecrets::Tells::password);

  const KnownSecrets other = by_hash("{password: c0rrect-h0rse}").told_by(in_clear(both));
  CHECK(other.needs_key());
  CHECK_FALSE(other.find("x7Kq2m9Zpw", key()));
  CHECK(other.find("c0rrect-h0rse", key()) == KnownSecrets::Tells::password);

  KnownSecrets joined = by_hash(both);
  joined.add(in_clear(both));
  CHECK_FALSE(joined.needs_key());
  CHECK(joined.size() == 1);
  KnownSecrets the_other_way = in_clear(both);
  the_other_way.add(by_hash(both));
  CHECK(the_other_way.identity() == joined.identity());
}

TEST_CASE("of what both know, the key counts that says most") {
  KnownSecrets set = in_clear("{username: backend-user}");
  set.add(by_hash("{password: backend-user}"));
  CHECK_FALSE(set.needs_key());
  CHECK(set.find("backend-user", key()) == KnownSecrets::Tells::password);
}

TEST_CASE("sets are told apart by their values, and by the key where it takes one") {
  CleanPartsBySecrets parts;
  const KnownSecrets clear = in_clear("{password: x7Kq2m9Zpw}");
  const KnownSecrets hashes = by_hash("{password: x7Kq2m9Zpw}");
  CHECK(parts.of(clear, key()) == parts.of(clear, key('?')));
  CHECK(parts.of(hashes, key()) != parts.of(hashes, key('?')));
  CHECK(parts.of(hashes, key()) != parts.of(clear, key()));
  CHECK(parts.of(clear, key()) != parts.of(in_clear("{password: c0rrect-h0rse}"), key()));
}

TEST_CASE("what is clean in one place need not be in another") {
  const KnownSecrets set = in_clear("{data: correct-horse-battery}");
  const auto clean = std::make_shared<CleanParts>();
  Scrubber one(set, Sensitive::builtin(), key(), Show::mask, clean);
  Scrubber two(set, Sensitive::builtin(), key(), Show::mask, clean);
  const auto object = [](const std::string& text) { return yaml::parse(text).value; };
  // A label that is made of words stays; an argument does not.
  const Value label = object("{kind: A, spec: {selector: {x: correct-horse-battery, y: b}}}");
  const Value field = object("{kind: A, spec: {args: {x: correct-horse-battery, y: b}}}");
  CHECK(one.scrub(label) == label);
  CHECK(two.scrub(field).string_at({"spec", "args", "x"}) == secret_mask);
  // A rule may be about one kind only.
  const Value release = object(
      "{apiVersion: v1, kind: Service, metadata: {labels: {owner: helm}}, data: {release: H4sI}}");
  const Value same = object(
      "{apiVersion: v1, kind: ConfigMap, metadata: {labels: {owner: helm}}, data: {release: "
      "H4sI}}");
  CHECK(one.scrub(release) == release);
  CHECK(two.scrub(same).string_at({"data", "release"}) == secret_mask);
  CHECK(one.scrub(same).string_at({"data", "release"}) == secret_mask);
}

}  // namespace
}  // namespace celldrift::observe
