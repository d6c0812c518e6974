#include "celldrift/observe/secrets.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <fstream>

using namespace celldrift;
using observe::SecretKey;
using observe::without_secrets;

namespace {

SecretKey key() {
  return SecretKey::from_bytes(std::string(32, 'k'));
}

Value secret(const std::string& fields) {
  return yaml::parse("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n" + fields).value;
}

std::string json(const Value& value) {
  return yaml::canonical_json(value);
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

}  // namespace

TEST_CASE("a hash is HMAC-SHA256 under the key, cut to 128 bits") {
  // printf %s backend | openssl dgst -sha256 -mac HMAC -macopt hexkey:6b6b…6b
  CHECK(key().hash("backend") == "hmac-sha256:0cd319e9ae73c4bd6252d513c910539b");
  CHECK(SecretKey::from_bytes(std::string(32, 'x')).hash("backend") != key().hash("backend"));
  CHECK(observe::is_secret_hash(key().hash("")));
  CHECK_FALSE(observe::is_secret_hash("hmac-sha256:short"));
}

TEST_CASE("keys have ids that do not give them away") {
  CHECK(key().id().size() == 16);
  CHECK(key().id() == key().id());
  CHECK(SecretKey::random().id() != SecretKey::random().id());
  CHECK_THROWS_AS(SecretKey::from_bytes("short"), Error);
}

TEST_CASE("a key file is any content of 16 bytes or more") {
  const std::string path = "/tmp/celldrift-key-" + std::to_string(::getpid());
  std::ofstream(path) << "fifteen bytes..";
  CHECK_THROWS_AS(SecretKey::from_file(path), Error);
  std::ofstream(path) << "sixteen bytes...";
  CHECK(SecretKey::from_file(path).bytes().size() == 32);
  CHECK(SecretKey::from_file(path).id() == SecretKey::from_file(path).id());
  ::unlink(path.c_str());
  CHECK_THROWS_WITH_AS(SecretKey::from_file(path), doctest::Contains(path.c_str()), Error);
}

TEST_CASE("data is hashed by its decoded bytes, and stringData is moved into it and wins") {
  struct Case {
    const char* name;
    std::string fields;
    std::string same_as;
  };
  const Case cases[] = {
      {"stringData is data", "stringData: {a: hello}", "data: {a: aGVsbG8=}"},
      {"stringData wins",
       "data: {a: b2xk, b: Yg==}\nstringData: {a: new}",
       "data: {a: bmV3, b: Yg==}"},
      {"null stays null in stringData", "stringData: {a: null}", "data: {a: null}"},
      {"what is folded to nothing is empty", "data: {a: \"\\n\"}", "data: {a: ''}"},
      {"line ends do not count", "data: {a: \"aGVs\\nbG8=\\n\"}", "data: {a: aGVsbG8=}"},
      {"empty stringData is none", "data: {a: Yg==}\nstringData: {}", "data: {a: Yg==}"},
      {"null data is none", "data: null\nstringData: {a: b}", "data: {a: Yg==}"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(json(without_secrets(secret(each.fields), key())) ==
          json(without_secrets(secret(each.same_as), key())));
  }
  CHECK(json(*without_secrets(secret("stringData: {a: hello}"), key()).find("data")) ==
        "{\"a\":" + quoted(key().hash("hello")) + "}");
}

TEST_CASE("what the API server would refuse never equals a real value") {
  const std::string wrong[] = {"data: {a: 'hello!'}",
                               "data: {a: 5}",
                               "data: {a: [hello]}",
                               "data: hello",
                               "stringData: {a: 5}",
                               "data: [5]"};
  for (const std::string& fields : wrong) {
    CAPTURE(fields);
    const Value hashed = without_secrets(secret(fields), key());
    CHECK(json(hashed).find("hello") == std::string::npos);
    CHECK(json(hashed).find("5]") == std::string::npos);
    for (const char* real : {"hello!", "5", "hello", ".nan"}) {
      CHECK(json(hashed).find(key().hash(real)) == std::string::npos);
    }
  }
}

TEST_CASE("doing it twice changes nothing") {
  const std::string cases[] = {
      "data: {a: aGVsbG8=, b: 'no base64', c: 5, d: null}",
      "stringData: {a: hello}",
      "data: no map",
      "immutable: true",
      "data: {pw: c2VjcmV0LXZhbHVl}\nmetadata: {name: s, annotations: {copy: 'has secret-value in "
      "it', "
      "kubectl.kubernetes.io/last-applied-configuration: "
      "'{\"stringData\":{\"pw\":\"secret-value\"}}', "
      "objectset.rio.cattle.io/applied: H4sI}}",
  };
  for (const std::string& fields : cases) {
    CAPTURE(fields);
    const Value once = without_secrets(secret(fields), key());
    CHECK(json(without_secrets(once, key())) == json(once));
  }
}

TEST_CASE("copies in annotations are replaced, and other annotations stay") {
  const std::string last_applied =
      R"({"apiVersion":"v1","data":{"pw":"c2VjcmV0LXZhbHVl"},"kind":"Secret","metadata":{"annotations":{},"name":"s"},)"
      R"("stringData":{"pw2":"other-secret"}})";
  const Value live = yaml::parse(
                         "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n"
                         "    kubectl.kubernetes.io/last-applied-configuration: '" +
                         last_applied +
                         "'\n"
                         "    objectset.rio.cattle.io/applied: H4sIxxxx\n"
                         "    acme.com/note: 'the value is secret-value'\n"
                         "    acme.com/encoded: 'c2VjcmV0LXZhbHVl'\n"
                         "    acme.com/owner: team-a\n"
                         "data: {pw: c2VjcmV0LXZhbHVl, short: YQ==}\n")
                         .value;
  const Value safe = without_secrets(live, key());
  const std::string text = json(safe);
  for (const char* leak : {"secret-value", "c2VjcmV0LXZhbHVl", "other-secret", "H4sI", "YQ=="}) {
    CAPTURE(leak);
    CHECK(text.find(leak) == std::string::npos);
  }
  CHECK(safe.string_at({"metadata", "annotations", "acme.com/owner"}) == "team-a");
  const Value copy =
      yaml::parse_json(
          safe.string_at(
              {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"}))
          .value;
  CHECK(copy.string_at({"data", "pw"}) == key().hash("secret-value"));
  CHECK(copy.string_at({"data", "pw2"}) == key().hash("other-secret"));
  CHECK(copy.string_at({"metadata", "name"}) == "s");
}

TEST_CASE("a last-applied that is no JSON, or has others in it, keeps nothing") {
  std::string nested = R"({"data":{"pw":"c2VjcmV0LXZhbHVl"}})";
  for (int i = 0; i < 10; ++i) {
    const Value inner =
        Value::map({{"metadata",
                     Value::map({{"annotations",
                                  Value::map({{"kubectl.kubernetes.io/last-applied-configuration",
                                               Value::string(nested)}})}})}});
    nested = yaml::emit_json(inner);
    for (const std::string& text : {nested, std::string("{broken c2VjcmV0LXZhbHVl")}) {
      const Value live =
          Value::map({{"apiVersion", Value::string("v1")},
                      {"kind", Value::string("Secret")},
                      {"metadata",
                       Value::map({{"annotations",
                                    Value::map({{"kubectl.kubernetes.io/last-applied-configuration",
                                                 Value::string(text)}})}})}});
      CHECK(json(without_secrets(live, key())).find("c2VjcmV0") == std::string::npos);
    }
  }
}

TEST_CASE("marks stay, so that a difference can name its line") {
  const Value safe = without_secrets(secret("data:\n  a: aGVsbG8=\nstringData:\n  b: x\n"), key());
  CHECK(safe.find({"data", "a"})->mark().line == 5);
  CHECK(safe.find({"data", "b"})->mark().line == 7);
}

TEST_CASE("Secrets in lists are found, other kinds come back as they are") {
  const Value list = yaml::parse(
                         "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, "
                         "data: {a: aGVsbG8=}}\n"
                         "- {apiVersion: v1, kind: ConfigMap, data: {a: aGVsbG8=}}\n")
                         .value;
  const Value safe = without_secrets(list, key());
  CHECK(safe.find("items")->items()[0].string_at({"data", "a"}) == key().hash("hello"));
  CHECK(safe.find("items")->items()[1].string_at({"data", "a"}) == "aGVsbG8=");
  const Value bare =
      yaml::parse("apiVersion: v1\nkind: SecretList\nitems:\n- {data: {a: aGVsbG8=}}\n").value;
  CHECK(without_secrets(bare, key()).find("items")->items()[0].string_at({"data", "a"}) ==
        key().hash("hello"));
  const Value other = yaml::parse("apiVersion: acme.com/v1\nkind: Secret\ndata: {a: b}\n").value;
  CHECK(without_secrets(other, key()).same_node(other));
}
