#include "celldrift/observe/snapshot.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/kube/openapi.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/gzip.hpp"

#include <doctest/doctest.h>

#include <stdlib.h>

#include <filesystem>
#include <fstream>

using namespace celldrift;
using namespace celldrift::observe;
using State = KindCoverage::State;

namespace {

SecretKey key() {
  return SecretKey::from_bytes(std::string(32, 'k'));
}

LiveObject object(const std::string& text) {
  const Value value = without_secrets(yaml::parse(text).value, key());
  return {key_of(value), value};
}

Snapshot sample() {
  Snapshot snapshot;
  Observation& cell = snapshot.observation;
  cell.cell = "cell-a";
  cell.server = "https://a:6443";
  cell.kubernetes_version = "v1.35.1";
  cell.reachable = true;
  cell.time = *parse_time("2026-03-01T09:30:00Z");
  cell.secret_key_id = key().id();
  cell.scopes.set({"", "Node"}, Scope::cluster);
  cell.scopes.set({"", "Pod"}, Scope::namespaced);
  cell.coverage[{"", "ConfigMap"}] = {State::complete, {}, ""};
  cell.coverage[{"", "Secret"}] = {State::namespaces, {"web", "db"}, "403"};
  cell.coverage[{"apps", "Deployment"}] = {State::unknown, {}, "no \"answer\"\n"};
  cell.coverage[{"x.io", "X"}] = {State::absent, {}, "not served"};
  cell.objects = {
      object("{kind: ConfigMap, apiVersion: v1, metadata: {namespace: web, name: a}, data: {b: "
             "'1', a: \"x\\ny\"}}"),
      object("{kind: Secret, apiVersion: v1, metadata: {namespace: web, name: a}, stringData: {pw: "
             "super-secret}}"),
  };
  snapshot.labels = {{"region", "eu"}};
  snapshot.key = key();
  return snapshot;
}

std::string text_of(std::string_view bytes) {
  std::string text;
  for (const std::string_view member : members_of(bytes)) {
    text += decompressed(member, {});
  }
  return text;
}

// A snapshot whose text had one part replaced.
std::string with(const std::string& from, const std::string& to) {
  std::string text = text_of(encode_snapshot(sample()));
  const std::size_t found = text.find(from);
  REQUIRE(found != std::string::npos);
  return compress(text.replace(found, from.size(), to));
}

}  // namespace

TEST_CASE("a snapshot read again is what was recorded") {
  const Snapshot read = decode_snapshot(encode_snapshot(sample()), "f");
  const Observation& cell = read.observation;
  CHECK(cell.cell == "cell-a");
  CHECK(cell.server == "https://a:6443");
  CHECK(cell.kubernetes_version == "v1.35.1");
  CHECK(cell.reachable);
  CHECK(cell.from_snapshot);
  CHECK(format_time(cell.time) == "2026-03-01T09:30:00Z");
  CHECK(cell.scopes.find({"", "Node"}) == Scope::cluster);
  CHECK(cell.coverage.size() == 4);
  CHECK(cell.coverage.at({"", "Secret"}).namespaces == std::set<std::string>{"db", "web"});
  CHECK(cell.coverage.at({"apps", "Deployment"}).state == State::unknown);
  CHECK(cell.coverage.at({"apps", "Deployment"}).reason == "no \"answer\"\n");
  CHECK(read.labels.at("region") == "eu");
  REQUIRE(read.key);
  CHECK(read.key->id() == key().id());
  REQUIRE(cell.objects.size() == 2);
  CHECK(cell.objects[0].object == sample().observation.objects[0].object);
  CHECK(encode_snapshot(read) == encode_snapshot(sample()));
}

TEST_CASE("equal observations give equal bytes, whatever the order of their fields") {
  Snapshot other = sample();
  const LiveObject first = object(
      "{apiVersion: v1, data: {a: \"x\\ny\", b: '1'}, metadata: {name: a, namespace: web}, kind: "
      "ConfigMap}");
  other.observation.objects = {first, other.observation.objects[1]};
  CHECK(encode_snapshot(other) == encode_snapshot(sample()));
}

TEST_CASE("no Secret value is in the file, and no key when the fleet has one") {
  const std::string text = text_of(encode_snapshot(sample()));
  CHECK(text.find("super-secret") == std::string::npos);
  CHECK(text.find("c3VwZXItc2VjcmV0") == std::string::npos);
  CHECK(text.find("secretKey\":") != std::string::npos);
  Snapshot fleet = sample();
  fleet.key.reset();
  CHECK(text_of(encode_snapshot(fleet)).find("secretKey\":") == std::string::npos);
  CHECK_FALSE(decode_snapshot(encode_snapshot(fleet), "f").key);
}

TEST_CASE("what is not a whole snapshot is refused by its name") {
  const std::string whole = encode_snapshot(sample());
  struct Case {
    const char* name;
    std::string bytes;
    std::string says;
  };
  const Case cases[] = {
      {"empty", "", "cut off"},
      {"text", "kind: Secret", "not a gzip file"},
      {"one byte short", whole.substr(0, whole.size() - 1), "cut off"},
      {"half", whole.substr(0, whole.size() / 2), "cut off"},
      {"a flipped bit", std::string(whole).replace(60, 1, 1, static_cast<char>(whole[60] ^ 1)), ""},
      {"something after it", whole + "x", "follows its end"},
      {"no header", compress(""), "cut off"},
      {"no line end", compress("{}"), "cut off"},
      {"no JSON", compress("s3cr3t\n"), "line 1 is not JSON"},
      {"another JSON", compress("{\"kind\":\"Pod\"}\n"), "not a snapshot of celldrift"},
      {"another version", with("snapshot/v3", "snapshot/v9"), "newer celldrift"},
      {"an object less", with("\"objects\":2", "\"objects\":3"), "cut off"},
      {"objects missing from the header", with("\"objects\":2", "\"objectz\":2"), "\"objects\""},
      {"a wrong time", with("2026-03-01", "yesterday!"), "\"time\""},
      {"a wrong state", with("\"state\":\"complete\"", "\"state\":\"maybe\""), "\"state\""},
      {"a wrong flag", with("\"reachable\":true", "\"reachable\":1"), "\"reachable\""},
      {"a wrong key", with("\"secretKeyId\":\"", "\"secretKeyId\":\"0"), "secretKeyId"},
      {"wrong labels", with("{\"region\":\"eu\"}", "[]"), "\"labels\""},
      {"objects out of order",
       with("\"kind\":\"ConfigMap\",\"metadata\"", "\"kind\":\"Zzz\",\"metadata\""),
       "order"},
      {"an object without a name",
       with("\"name\":\"a\"", "\"name\":\"\""),
       "not a Kubernetes object"},
      {"a Secret in clear text", with("\"pw\":\"hmac-sha256:", "\"pw\":\""), "clear text"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    try {
      decode_snapshot(each.bytes, "dir/cell.snapshot");
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::config);
      CHECK_MESSAGE(error.message().find(each.says) != std::string::npos, error.message());
      CHECK(error.message().find("dir/cell.snapshot") != std::string::npos);
      CHECK(error.message().find("s3cr3t") == std::string::npos);
    }
  }
}

TEST_CASE("a gzip bomb is refused before it is large") {
  const std::string bomb = compress(std::string(100u << 20, ' '));
  CHECK(bomb.size() < 1u << 20);
  CHECK_THROWS_WITH_AS(decode_snapshot(bomb, "f"), doctest::Contains("unpacks"), Error);
  const auto ignore = [](std::string_view) {};
  CHECK_THROWS_WITH_AS(decompress(bomb, {}, ignore), doctest::Contains("times its size"), Error);
  CHECK_THROWS_WITH_AS(
      decompress(bomb, {.bytes = 1000}, ignore), doctest::Contains("more than 1000 bytes"), Error);
}

TEST_CASE("a text of any size survives compression") {
  for (const std::size_t size : {0u, 1u, 262'144u, 1'000'003u}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
      text += static_cast<char>((i * 2654435761u) >> 13);
    }
    CHECK(text_of(compress(text)) == text);
  }
}

TEST_CASE("a file is written whole or not at all") {
  std::string folder = "/tmp/celldrift-snapshot-XXXXXX";
  REQUIRE(mkdtemp(folder.data()));
  const std::string path = folder + "/cell-a.snapshot";
  write_snapshot(path, sample());
  write_snapshot(path, sample());  // over the first
  CHECK(encode_snapshot(read_snapshot(path)) == encode_snapshot(sample()));
  const auto count = std::distance(std::filesystem::directory_iterator(folder),
                                   std::filesystem::directory_iterator());
  CHECK(count == 1);
  CHECK_THROWS_WITH_AS(
      write_snapshot(folder + "/none/x", sample()), doctest::Contains("/none/x"), Error);
  CHECK_THROWS_WITH_AS(read_snapshot(folder + "/none"), doctest::Contains("/none"), Error);
  std::filesystem::remove_all(folder);
}

TEST_CASE("a snapshot has what the cell serves, its types, and objects at several versions") {
  Snapshot snapshot = sample();
  Observation& cell = snapshot.observation;
  cell.served.known = true;
  cell.served.kinds[{"acme.com", "Thing"}] = {"v2", "v1"};
  cell.served.failed_groups = {{"metrics.k8s.io", "stale"}};
  cell.schema = kube::Schema::of_cell(
      {kube::parts_of_text("kind acme.com/v1 Thing @1\ntype @1\n a quantity\n")}, "v1.35.1");
  cell.objects = {
      object("{kind: Thing, apiVersion: acme.com/v2, metadata: {namespace: web, name: a}}"),
      object("{kind: Thing, apiVersion: acme.com/v1, metadata: {namespace: web, name: a}}"),
  };
  const Observation read = decode_snapshot(encode_snapshot(snapshot), "f").observation;
  CHECK(read.served.find("acme.com/v1", "Thing").state == kube::Serving::State::served);
  CHECK(read.served.find("acme.com/v3", "Thing").elsewhere == "acme.com/v2");
  CHECK(read.served.find("metrics.k8s.io/v1", "X").state == kube::Serving::State::unknown);
  CHECK(read.served.find("other.io/v1", "X").state == kube::Serving::State::not_served);
  CHECK(read.schema.type_of("acme.com/v1", "Thing").field("a")->scalar_kind ==
        kube::ScalarKind::quantity);
  CHECK(read.find(read.objects[0].key, "acme.com/v1") == &read.objects[1].object);
}

TEST_CASE("a snapshot of the former format is read, with nothing said of what it does not have") {
  const Observation read = decode_snapshot(with("snapshot/v3", "snapshot/v1"), "f").observation;
  CHECK_FALSE(read.served.known);
  CHECK(read.objects.size() == 2);
  CHECK(read.served.find("v1", "ConfigMap").state == kube::Serving::State::unknown);
}
