// The members that snapshots are written in: found without unpacking them, read each by itself, and
// known again.
#include "celldrift/core/error.hpp"
#include "celldrift/observe/snapshot.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/gzip.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace celldrift;
using namespace celldrift::observe;

namespace {

LiveObject config(std::size_t number, const std::string& text) {
  const std::string name = "config-" + std::to_string(100'000 + number);
  const Value value = Value::map(
      {{"apiVersion", Value::string("v1")},
       {"data", Value::map({{"text", Value::string(text + std::string(900, 'x') + name)}})},
       {"kind", Value::string("ConfigMap")},
       {"metadata",
        Value::map({{"name", Value::string(name)}, {"namespace", Value::string("web")}})}});
  return {key_of(value), value};
}

// Some runs.
ObjectRun many() {
  ObjectRun objects;
  for (std::size_t i = 0; i < 2'000; ++i) {
    objects.push_back(config(i, "a"));
  }
  return objects;
}

Snapshot snapshot_of(const std::string& cell, ObjectRun objects) {
  Snapshot snapshot;
  snapshot.observation.cell = cell;
  snapshot.observation.server = "https://" + cell;
  snapshot.observation.kubernetes_version = "v1.35.1";
  snapshot.observation.reachable = true;
  snapshot.observation.time = *parse_time("2026-03-01T09:30:00Z");
  snapshot.observation.coverage[{"", "ConfigMap"}] = {KindCoverage::State::complete, {}, ""};
  snapshot.observation.objects = ObjectTable(std::move(objects));
  return snapshot;
}

std::vector<std::string> members(const std::string& bytes) {
  std::vector<std::string> members;
  for (const std::string_view member : members_of(bytes)) {
    members.emplace_back(member);
  }
  return members;
}

std::string joined(const std::vector<std::string>& members) {
  std::string bytes;
  for (const std::string& member : members) {
    bytes += member;
  }
  return bytes;
}

// As gzip itself writes it: without the field that tells the length.
std::string plain(std::string member) {
  member[3] = 0;
  return member.erase(10, 10);
}

std::string text_of(const std::string& bytes) {
  std::string text;
  for (const std::string& member : members(bytes)) {
    text += decompressed(member, {});
  }
  return text;
}

bool reads_as(const std::string& bytes, const std::string& whole) {
  return encode_snapshot(decode_snapshot(bytes, "f")) == whole;
}

std::string refusal(const std::string& bytes) {
  try {
    decode_snapshot(bytes, "f");
    return "";
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::config);
    return error.message();
  }
}

}  // namespace

TEST_CASE("a snapshot is a member for its header, and some for runs of objects") {
  const std::string whole = encode_snapshot(snapshot_of("a", many()));
  const auto parts = members(whole);
  CHECK(parts.size() > 3);
  CHECK(joined(parts) == whole);
  CHECK(std::ranges::count(decompressed(parts[0], {}), '\n') == 1);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t bytes = decompressed(parts[i], {}).size();
    CHECK(bytes <= 1u << 20);
    CHECK((bytes >= 256u << 10 || i + 1 == parts.size()));
  }
  CHECK(reads_as(whole, whole));
}

TEST_CASE("one member without a length, as gzip writes it, is read the same") {
  const std::string whole = encode_snapshot(snapshot_of("a", many()));
  const std::string one = plain(compress(text_of(whole)));
  CHECK(members(one).size() == 1);
  CHECK(reads_as(one, whole));
  CHECK(reads_as(compress(text_of(whole)), whole));
}

TEST_CASE("an object more or less leaves most runs as they were") {
  const auto before = members(encode_snapshot(snapshot_of("a", many())));
  const std::set<std::string> known(before.begin(), before.end());
  ObjectRun less = many();
  less.erase(less.begin() + 3);
  ObjectRun more = many();
  more.insert(more.begin() + 3, config(2, "other"));
  more[3].key.name += "-more";
  more[3].object = more[3].object.with(
      "metadata", more[3].object.find("metadata")->with("name", Value::string(more[3].key.name)));
  for (const ObjectRun& objects : {less, more}) {
    const auto after = members(encode_snapshot(snapshot_of("a", objects)));
    const auto same =
        std::ranges::count_if(after, [&](const auto& each) { return known.contains(each); });
    CHECK(same + 3 >= std::ptrdiff_t(before.size()));  // not the header, and one run or two
    CHECK(same > 1);
  }
}

TEST_CASE("cells with equal objects have the same table of them, and others share equal runs") {
  const SnapshotReader reader;
  const auto read = [&](const std::string& cell, const ObjectRun& objects) {
    return reader.decode(encode_snapshot(snapshot_of(cell, objects)), cell).observation;
  };
  ObjectRun other = many();
  other.back() = config(other.size() - 1, "b");
  const Observation a = read("a", many());
  const Observation b = read("b", many());
  const Observation c = read("c", other);
  CHECK(a.objects.is_same(b.objects));
  CHECK(b.cell == "b");
  CHECK(!a.objects.is_same(c.objects));
  CHECK(&a.objects[0] == &c.objects[0]);
  CHECK(c.objects[other.size() - 1].object == other.back().object);
  CHECK(a.objects[other.size() - 1].object == many().back().object);
  // The same in one member.
  const std::string text = text_of(encode_snapshot(snapshot_of("d", other)));
  const Observation d = reader.decode(plain(compress(text)), "d").observation;
  CHECK(d.objects.size() == other.size());
  CHECK(d.objects[0].object.same_node(a.objects[0].object));
}

TEST_CASE("several threads read what one does") {
  const std::string whole = encode_snapshot(snapshot_of("a", many()));
  for (const std::size_t threads : {1u, 2u, 8u, 0u}) {
    CHECK(encode_snapshot(SnapshotReader(threads).decode(whole, "f")) == whole);
  }
}

TEST_CASE("members that are not what was written are refused") {
  const auto parts = members(encode_snapshot(snapshot_of("a", many())));
  const auto with = [&](const auto& change) {
    auto changed = parts;
    change(changed);
    return joined(changed);
  };
  using Parts = std::vector<std::string>;
  const auto length = [](std::string& member, std::size_t bytes) {
    for (std::size_t i = 0; i < 4; ++i) {
      member[16 + i] = static_cast<char>(bytes >> (8 * i));
    }
  };
  struct Case {
    const char* name;
    std::string bytes;
    std::string says;
  };
  const Case cases[] = {
      {"one is missing", with([](Parts& p) { p.erase(p.begin() + 2); }), "cut off"},
      {"the last is missing", with([](Parts& p) { p.pop_back(); }), "cut off"},
      {"the header's is missing", with([](Parts& p) { p.erase(p.begin()); }), "not one line"},
      {"one is there twice", with([](Parts& p) { p[2] = p[1]; }), "is not in order"},
      {"two are in another order", with([](Parts& p) { std::swap(p[1], p[2]); }), "not in order"},
      {"an empty one", with([](Parts& p) { p.push_back(compress("")); }), "cut off"},
      {"a line without an end",
       with([](Parts& p) {
         std::string text = decompressed(p[1], {});
         text.pop_back();
         p[1] = compress(text);
       }),
       "cut off"},
      {"no JSON", with([](Parts& p) { p[1] = compress("s3cr3t\n"); }), "line 2 is not JSON"},
      {"no object", with([](Parts& p) { p.back() = compress("{}\n"); }), "not a Kubernetes object"},
      {"one that tells no length", with([](Parts& p) { p[2] = plain(p[2]); }), "follows its end"},
      {"a length of nothing", with([&](Parts& p) { length(p[1], 0); }), "damaged"},
      {"a length too small",
       with([&](Parts& p) { length(p[1], p[1].size() - 100); }),
       "follows its end"},
      {"a length too large, within the file",
       with([&](Parts& p) { length(p[1], p[1].size() + p[2].size()); }),
       "follows its end"},
      {"a length past the end", with([&](Parts& p) { length(p[1], 0xFFFFFFFF); }), "cut off"},
      {"another checksum",
       with([](Parts& p) { p[1][p[1].size() - 8] ^= 1; }),
       "not a gzip file, or a damaged one"},
      {"another size",
       with([](Parts& p) { p[1][p[1].size() - 4] ^= 1; }),
       "not a gzip file, or a damaged one"},
      {"a bomb",
       with([](Parts& p) { p[1] = compress(std::string(70u << 20, ' ')); }),
       "unpacks to more than"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const std::string message = refusal(each.bytes);
    CHECK_MESSAGE(message.find(each.says) != std::string::npos, message);
    CHECK(message.find("s3cr3t") == std::string::npos);
  }
}

TEST_CASE("many small bombs are one") {
  auto parts = members(encode_snapshot(snapshot_of("a", many())));
  const std::string bomb = compress(std::string(4u << 20, ' ') + "\n");
  parts.insert(parts.end(), 40, bomb);
  CHECK(refusal(joined(parts)).find("times its size") != std::string::npos);
}

TEST_CASE("no beginning of a snapshot is taken for one, and no other bytes for the same") {
  const std::string whole = encode_snapshot(snapshot_of("a", {config(1, "a"), config(2, "b")}));
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    CAPTURE(bytes);
    CHECK(!refusal(whole.substr(0, bytes)).empty());
  }
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    CAPTURE(bit);
    std::string other = whole;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
    const bool is_refused = !refusal(other).empty();
    CHECK((is_refused || reads_as(other, whole)));  // of a bit that says nothing of the content
  }
}
