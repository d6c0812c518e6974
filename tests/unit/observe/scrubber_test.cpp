#include "celldrift/observe/scrubber.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>

namespace celldrift::observe {
namespace {

const SecretKey& key() {
  static const SecretKey one = SecretKey::from_bytes(std::string(32, 'k'));
  return one;
}

Value object(const std::string& text) {
  return yaml::parse(text).value;
}

// Values under keys, as a Secret in a cell has them.
KnownSecrets known(const std::string& entries) {
  KnownSecrets set;
  without_secrets(
      object("{apiVersion: v1, kind: Secret, stringData: " + entries + "}"), key(), &set);
  return set;
}

// The same set as a snapshot tells it.
KnownSecrets known_by_hash(const std::string& entries) {
  KnownSecrets set;
  set.add_hashed(without_secrets(
      object("{apiVersion: v1, kind: Secret, stringData: " + entries + "}"), key()));
  return set;
}

std::string scrubbed(const KnownSecrets& set,
                     const std::string& text,
                     const Sensitive& rules = Sensitive::none()) {
  return yaml::emit_json(Scrubber(set, rules, key(), Show::mask).scrub(object(text)));
}

std::string text_in_config_map(const KnownSecrets& set, const std::string& text) {
  const Value map = Value::map({{"kind", Value::string("ConfigMap")},
                                {"data", Value::map({{"text", Value::string(text)}})}});
  return std::string(
      Scrubber(set, Sensitive::none(), key(), Show::mask).scrub(map).string_at({"data", "text"}));
}

TEST_CASE("a value of a Secret is hidden wherever it is written") {
  const std::string entries =
      "{password: x7Kq-2m9Z/pw+1, words: correct-horse-battery, "
      "json: 'a\"b\\c99xyz', ended: \"ends-4n-newline\\n\"}";
  struct Case {
    std::string text;
    std::string hidden;
  };
  const Case cases[] = {
      {"x7Kq-2m9Z/pw+1", "*"},
      {"x7Kq-2m9Z/pw+1\n", "*\n"},
      {"password=x7Kq-2m9Z/pw+1", "password=*"},
      {"--password=a\"b\\c99xyz", "--password=*"},
      {"user: me\n  password:  a\"b\\c99xyz\n", "user: me\n  password:  *\n"},
      {"--password=x7Kq-2m9Z/pw+1 --more", "--password=* --more"},
      {"password: x7Kq-2m9Z/pw+1\nport: 80\n", "password: *\nport: 80\n"},
      {"{\"password\":\"x7Kq-2m9Z/pw+1\"}", "{\"password\":\"*\"}"},
      {"eDdLcS0ybTlaL3B3KzE=", "*"},
      {"eDdLcS0ybTlaL3B3KzE", "*"},
      {"postgres://store:x7Kq-2m9Z%2Fpw%2B1@db:5432/x", "postgres://store:*@db:5432/x"},
      {"x7Kq-2m9Z%2Fpw%2B1", "*"},
      {"correct-horse-battery", "*"},
      {"https://u:correct-horse-battery@host/", "https://u:*@host/"},
      {"{\"a\":\"a\\\"b\\\\c99xyz\"}", "{\"a\":\"*\"}"},
      {R"({"a":"{\"b\":\"x7Kq-2m9Z/pw+1\"}"})", R"({"a":"{\"b\":\"*\"}"})"},
      {R"({"a":"{\"b\":\"a\\\"b\\\\c99xyz\"}"})", R"({"a":"*"})"},
      {"ends-4n-newline", "*"},
      {"ZW5kcy00bi1uZXdsaW5lCg==", "*"},
      {"x7Kq-2m9Z/pw+12", "x7Kq-2m9Z/pw+12"},
      {"other text", "other text"},
      {"", ""},
  };
  for (const KnownSecrets& set : {known(entries), known_by_hash(entries)}) {
    for (const Case& each : cases) {
      CAPTURE(each.text);
      std::string expected = each.hidden;
      if (const std::size_t at = expected.find('*'); at != expected.npos) {
        expected.replace(at, 1, secret_mask);
      }
      CHECK(text_in_config_map(set, each.text) == expected);
    }
  }
}

TEST_CASE("what a Secret says that is no secret is hidden nowhere") {
  const KnownSecrets set = known(
      "{password: production, short: abc12, host: db7x2.example.com, admin_password: admin, "
      "ca.crt: "
      "'-----BEGIN CERTIFICATE-----\\nMIIB', since: '2026-03-01T09:30:00Z', bytes: '10000000', "
      "port_password: '65536'}");
  for (const char* text : {"production",
                           "abc12",
                           "db7x2.example.com",
                           "admin",
                           "2026-03-01T09:30:00Z",
                           "10000000",
                           "65536"}) {
    CAPTURE(text);
    CHECK(text_in_config_map(set, text) == text);
  }
}

TEST_CASE("what is all of a text is hidden whatever its key, and short where that tells") {
  const std::string entries =
      "{username: backend-user, url: 'https://db.backend.svc:5432/store', password: hunter2}";
  struct Case {
    const char* text;
    bool is_hidden;
  };
  const Case cases[] = {
      {"backend-user", true},
      {"backend-user\n", false},
      {"user=backend-user", false},
      {"https://db.backend.svc:5432/store", true},
      {"see https://db.backend.svc:5432/store", false},
      {"hunter2", true},
      {"password=hunter2", false},
      {"hunter3", false},
  };
  for (const KnownSecrets& set : {known(entries), known_by_hash(entries)}) {
    for (const Case& each : cases) {
      CAPTURE(each.text);
      CHECK(text_in_config_map(set, each.text) ==
            (each.is_hidden ? std::string(secret_mask) : each.text));
    }
  }
}

TEST_CASE("secrets within a Secret's value are known by themselves") {
  const KnownSecrets set = known(
      R"({uri: 'amqp://store:rabbit-and-hole@mq:5672/', dsn: 'postgres://a:p%40ss-9x@db/x', )"
      R"(app.properties: "db.password=tea-for-two\nport=8080\nexport API_TOKEN='mind the gap'\n", )"
      R"(config.json: '{"client_secret":"alpha-bravo-charlie","mode":"quick-and-easy"}'})");
  for (const char* text : {"rabbit-and-hole",
                           "p@ss-9x#",
                           "tea-for-two",
                           "mind the gap",
                           "alpha-bravo-charlie",
                           "quick-and-easy",
                           "8080"}) {
    CAPTURE(text);
    const bool is_secret = std::string_view(text) != "p@ss-9x#" &&
                           std::string_view(text) != "8080" &&
                           std::string_view(text) != "quick-and-easy";
    CHECK(text_in_config_map(set, text) == (is_secret ? std::string(secret_mask) : text));
  }
  CHECK(text_in_config_map(set, "p@ss-9x") == secret_mask);
}

TEST_CASE("what an Application states of charts, patches and repositories is hidden by name") {
  struct Case {
    const char* source;
    const char* hidden;  // "*" for the mask
  };
  const Case cases[] = {
      {R"({"helm":{"parameters":[{"name":"auth.adminPassword","value":"x"},{"name":"n","value":"3"}]}})",
       R"({"helm":{"parameters":[{"name":"auth.adminPassword","value":"*"},{"name":"n","value":"3"}]}})"},
      {R"({"helm":{"values":"a: 1 # one\nauth:\n  adminPassword: x\n"}})",
       R"({"helm":{"values":"a: 1\nauth:\n  adminPassword: *\n"}})"},
      {R"({"helm":{"values":"a: 1 # one\n"}})", R"({"helm":{"values":"a: 1 # one\n"}})"},
      {R"({"helm":{"valuesObject":{"auth":{"existingSecret":"y","password":"x"}}}})",
       R"({"helm":{"valuesObject":{"auth":{"existingSecret":"y","password":"*"}}}})"},
      {R"({"helm":{"valuesObject":{"env":[{"name":"A_TOKEN","value":"x"}]}}})",
       R"({"helm":{"valuesObject":{"env":[{"name":"A_TOKEN","value":"*"}]}}})"},
      {R"({"plugin":{"env":[{"name":"DB_PASSWORD","value":"x"}]}})",
       R"({"plugin":{"env":[{"name":"DB_PASSWORD","value":"*"}]}})"},
      {R"({"plugin":{"parameters":[{"name":"api_key","string":"x"}]}})",
       R"({"plugin":{"parameters":[{"name":"api_key","string":"*"}]}})"},
      {R"({"kustomize":{"patches":[{"patch":"env:\n- name: A_TOKEN\n  value: x\n"}]}})",
       R"({"kustomize":{"patches":[{"patch":"env:\n- name: A_TOKEN\n  value: *\n"}]}})"},
      {R"({"repoURL":"https://me:x@git.example.com/a.git"})",
       R"({"repoURL":"https://me:*@git.example.com/a.git"})"},
      {R"({"repoURL":"https://g7Kq2m9Zpw@git.example.com/a.git"})",
       R"({"repoURL":"https://*@git.example.com/a.git"})"},
      {R"({"repoURL":"ssh://git@git.example.com/a.git"})",
       R"({"repoURL":"ssh://git@git.example.com/a.git"})"},
  };
  const std::string head = "{apiVersion: argoproj.io/v1alpha1, kind: Application, spec: {source: ";
  for (const Case& each : cases) {
    CAPTURE(each.source);
    const Value done = Scrubber(KnownSecrets(), Sensitive::builtin(), key(), Show::mask)
                           .scrub(object(head + each.source + "}}"));
    std::string hidden = each.hidden;
    if (const std::size_t at = hidden.find('*'); at != hidden.npos) {
      hidden.replace(at, 1, secret_mask);
    }
    CHECK(yaml::canonical_json(*done.find({"spec", "source"})) == hidden);
  }
  const Value by_hash = Scrubber(KnownSecrets(), Sensitive::builtin(), key())
                            .scrub(object(head + "{helm: {values: 'password: x'}}}}"));
  CHECK(is_secret_hash(by_hash.string_at({"spec", "source", "helm", "values"})));
}

TEST_CASE("parameters of generators are hidden by name, at any depth") {
  const Value done =
      Scrubber(KnownSecrets(), Sensitive::builtin(), key(), Show::mask)
          .scrub_parameters(object("{cell: a, db: {rootPassword: x}, DB_TOKEN: abc}"));
  CHECK(done.string_at({"cell"}) == "a");
  CHECK(done.string_at({"db", "rootPassword"}) == secret_mask);
  CHECK(done.string_at({"DB_TOKEN"}) == secret_mask);
}

TEST_CASE("identity, images and labels made of words are kept") {
  const KnownSecrets set = known("{a: backend-web-store, b: r4nd0m-9x7Kq2}");
  const std::string kept =
      "{\"apiVersion\":\"apps/"
      "v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"r4nd0m-9x7Kq2\","
      "\"labels\":{\"app\":\"backend-web-store\",\"app.kubernetes.io/version\":\"r4nd0m-9x7Kq2\"}},"
      "\"spec\":{\"image\":\"r4nd0m-9x7Kq2\",\"name\":\"backend-web-store\"}}";
  CHECK(scrubbed(set, kept) == kept);
  CHECK(scrubbed(set, "{kind: X, metadata: {labels: {a: r4nd0m-9x7Kq2}}}") ==
        "{\"kind\":\"X\",\"metadata\":{\"labels\":{\"a\":\"(secret value)\"}}}");
}

TEST_CASE(
    "kubectl's copy of an object stays JSON, with what is hidden in the object hidden in it") {
  const KnownSecrets set = known("{password: x7Kq2m9Zpw}");
  const std::string copy =
      "{kind: Deployment, metadata: {annotations: "
      "{kubectl.kubernetes.io/last-applied-configuration: "
      "'{\"spec\":{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"other\"},{\"name\":\"A\","
      "\"value\":"
      "\"x7Kq2m9Zpw\"}]}}'}}}";
  const Value done = Scrubber(set, Sensitive::builtin(), key(), Show::mask).scrub(object(copy));
  CHECK(done.string_at(
            {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"}) ==
        "{\"spec\":{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"(secret value)\"},"
        "{\"name\":\"A\",\"value\":\"(secret value)\"}]}}");
}

TEST_CASE("rules hide environment variables, fields, annotations and paths") {
  const Sensitive rules = Sensitive::none().with(object(
      "[{env: '*_PIN'}, {field: token}, {annotation: 'x.io/*'}, {kind: Store, group: s.io, path: "
      "'spec.users[*].login'}, {kind: Store, path: '**.deep'}, {kind: ConfigMap, group: '', "
      "labels: "
      "{owner: helm}, path: 'data[\"a.b\"]'}]"));
  struct Case {
    const char* text;
    const char* hidden;
  };
  const Case cases[] = {
      {"{kind: P, spec: {env: [{name: A_PIN, value: b}, {name: B, value: c}]}}",
       "{kind: P, spec: {env: [{name: A_PIN, value: (secret value)}, {name: B, value: c}]}}"},
      {"{kind: P, spec: {token: b, x: {token: [c]}}}",
       "{kind: P, spec: {token: (secret value), x: {token: [c]}}}"},
      {"{kind: P, metadata: {annotations: {x.io/a: b, y.io/a: c}}}",
       "{kind: P, metadata: {annotations: {x.io/a: (secret value), y.io/a: c}}}"},
      {"{apiVersion: s.io/v1, kind: Store, spec: {users: [{login: b, id: c}, {login: 5}]}}",
       "{apiVersion: s.io/v1, kind: Store, spec: {users: [{login: (secret value), id: c}, {login: "
       "(secret value)}]}}"},
      {"{apiVersion: t.io/v1, kind: Store, spec: {users: [{login: b}], x: [{deep: {a: b}}]}}",
       "{apiVersion: t.io/v1, kind: Store, spec: {users: [{login: b}], x: [{deep: {a: (secret "
       "value)}}]}}"},
      {"{apiVersion: v1, kind: ConfigMap, metadata: {labels: {owner: helm}}, data: {a.b: c}}",
       "{apiVersion: v1, kind: ConfigMap, metadata: {labels: {owner: helm}}, data: {a.b: (secret "
       "value)}}"},
      {"{apiVersion: v1, kind: ConfigMap, data: {a.b: c}}",
       "{apiVersion: v1, kind: ConfigMap, data: {a.b: c}}"},
      {"{kind: P, spec: {token: $(TOKEN), other: {token: ''}}}",
       "{kind: P, spec: {token: $(TOKEN), other: {token: ''}}}"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(scrubbed({}, each.text, rules) == yaml::emit_json(object(each.hidden)));
  }
}

TEST_CASE("a wrong rule is an error with its line") {
  const std::pair<const char*, const char*> cases[] = {
      {"- {env: A}\n- {envs: B}\n", "2:"},
      {"- {env: A, field: b}\n", "1:"},
      {"- {kind: A}\n", "1:"},
      {"- {path: a..b}\n", "1:"},
      {"- {path: 'a[\"b'}\n", "1:"},
      {"- {path: a, labels: [b]}\n", "1:"},
      {"- {field: 5}\n", "1:"},
      {"- {field: ''}\n", "1:"},
      {"- text\n", "1:"},
      {"env: A\n", ""},
  };
  const SourceId source = intern_source({.path = "celldrift.yaml"});
  for (const auto& [text, line] : cases) {
    CAPTURE(text);
    try {
      Sensitive::none().with(yaml::parse(text, {.source = source}).value);
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::config);
      CHECK(std::string(error.what()).find(std::string("celldrift.yaml:") + line) == 0);
    }
  }
}

TEST_CASE("the built-in rules can be read, and hide Helm's releases") {
  CHECK(scrubbed({},
                 "{apiVersion: v1, kind: ConfigMap, metadata: {labels: {owner: helm}}, data: "
                 "{release: H4sI}}",
                 Sensitive::builtin()) ==
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"labels\":{\"owner\":"
        "\"helm\"}},"
        "\"data\":{\"release\":\"(secret value)\"}}");
}

// Random texts, made of values and what is around values: what was equal stays equal, what was not
// stays so, and twice is once.
TEST_CASE("equal texts stay equal, others stay different, and twice is once") {
  const std::string entries =
      "{password: x7Kq2m9Zpw, b: correct-horse-battery, c: 'a7=b/c:d9@e', d: \"ends-4n-line\\n\"}";
  const KnownSecrets by_value = known(entries);
  const KnownSecrets by_hash = known_by_hash(entries);
  const char* pieces[] = {"x7Kq2m9Zpw",
                          "correct-horse-battery",
                          "a7=b/c:d9@e",
                          "eDdLcTJtOVpwdw==",
                          "ends-4n-line",
                          " ",
                          "=",
                          ":",
                          "@",
                          "/",
                          "\n",
                          "\"",
                          "\\",
                          "https://",
                          "a",
                          ".",
                          ","};
  unsigned state = 7;
  const auto random = [&](unsigned below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 10) % below;
  };
  std::map<std::string, std::string> seen;  // what came out -> what went in
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (unsigned n = 1 + random(8); n-- > 0;) {
      text += pieces[random(std::size(pieces))];
    }
    const Value map = Value::map({{"text", Value::string(text)}});
    const Value done = Scrubber(by_value, Sensitive::none(), key()).scrub(map);
    const Value again = Scrubber(by_value, Sensitive::none(), key()).scrub(done);
    CAPTURE(text);
    REQUIRE(done == Scrubber(by_hash, Sensitive::none(), key()).scrub(map));
    REQUIRE(done == again);
    const auto [place, is_new] = seen.emplace(done.string_at({"text"}), text);
    REQUIRE(place->second == text);
  }
}

TEST_CASE("the password of a URL is hidden once, however often it is looked at") {
  for (const char* user : {"u:secret-word", "x7Kq2m9Zpw", "u"}) {
    const Value application = object(
        "{apiVersion: argoproj.io/v1alpha1, kind: Application, spec: {source: {repoURL: 'https://" +
        std::string(user) + "@h/r.git'}}}");
    CAPTURE(user);
    const Value once = Scrubber({}, Sensitive::none(), key()).scrub(application);
    CHECK(Scrubber({}, Sensitive::none(), key()).scrub(once) == once);
    CHECK((once == application) == (std::string_view(user) == "u"));
  }
}

Value random_tree(std::minstd_rand& random, int depth) {
  const auto draw = [&](unsigned below) { return unsigned(random() % below); };
  constexpr const char* keys[] = {"open",
                                  "metadata",
                                  "labels",
                                  "annotations",
                                  "env",
                                  "name",
                                  "ownerReferences",
                                  "managedFields",
                                  "other"};
  if (depth == 0 || draw(4) == 0) {
    return draw(5) == 0 ? Value::integer(draw(9))
                        : Value::string("text-" + std::to_string(draw(9)));
  }
  if (draw(4) == 0) {
    Value::List items;
    for (unsigned n = draw(3); n-- > 0;) {
      items.push_back(random_tree(random, depth - 1));
    }
    return Value::list(std::move(items));
  }
  Value map = Value::map({});
  for (unsigned n = draw(5); n-- > 0;) {
    map = map.with(keys[draw(std::size(keys))], random_tree(random, depth - 1));
  }
  return map;
}

// A name anywhere is looked for on the way, any glob by itself.
TEST_CASE("a field is found wherever it is") {
  const Sensitive by_name = Sensitive::none().with(object("[{path: '**.open'}]"));
  const Sensitive by_glob = Sensitive::none().with(object("[{path: '**.ope?'}]"));
  std::minstd_rand random(11);
  int hidden = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Value tree = Value::map({{"kind", Value::string("Thing")},
                                   {"metadata", random_tree(random, 4)},
                                   {"spec", random_tree(random, 5)}});
    CAPTURE(yaml::emit_json(tree));
    const Value found = Scrubber({}, by_name, key(), Show::mask).scrub(tree);
    REQUIRE(yaml::emit_json(found) ==
            yaml::emit_json(Scrubber({}, by_glob, key(), Show::mask).scrub(tree)));
    hidden += found == tree ? 0 : 1;
  }
  CHECK(hidden > 5'000);
}

TEST_CASE("what a snapshot's rules hid is hidden in what Git states too") {
  const Value live = object("{a: '" + key().hash("secret") + "', b: {c: [{name: x, v: '" +
                            key().hash("one") + "'}]}, d: text}");
  const Value desired =
      object("{a: secret, b: {c: [{name: other, v: two}, {name: x, v: one}]}, d: other}");
  std::size_t unknown = 0;
  const Value with_key = with_hashes_of(live, desired, &key(), unknown);
  CHECK(unknown == 0);
  CHECK(with_key.string_at({"a"}) == key().hash("secret"));
  CHECK(with_key.find({"b", "c"})->items()[1].string_at({"v"}) == key().hash("one"));
  CHECK(with_key.find({"b", "c"})->items()[0].string_at({"v"}) == "two");
  CHECK(with_key.string_at({"d"}) == "other");
  CHECK(with_hashes_of(live, desired, nullptr, unknown).string_at({"a"}) == key().hash("secret"));
  CHECK(unknown == 2);
}

}  // namespace
}  // namespace celldrift::observe
