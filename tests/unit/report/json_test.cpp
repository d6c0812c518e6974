#include "celldrift/report/report.hpp"
#include "report/json/writer.hpp"
#include "unit/report/fixture.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

namespace celldrift::report {
namespace {

std::string written(const Value& value) {
  JsonWriter json;
  json.value(value);
  return json.take();
}

TEST_CASE("strings are escaped for JSON and for terminals, and never fail") {
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  const Case cases[] = {
      {"plain", "\"plain\""},
      {"quote\" back\\slash", "\"quote\\\" back\\\\slash\""},
      {"a\nb\tc\rd", "\"a\\nb\\tc\\rd\""},
      {"\x1b[31m", "\"\\u001b[31m\""},
      {"\x7f", "\"\\u007f\""},
      {"\xc2\x9b", "\"\\u009b\""},
      {"\xe2\x80\xae", "\"\\u202e\""},
      {"\xe2\x80\xa8", "\"\\u2028\""},
      {"<a href='x'>&", "\"<a href='x'>&\""},
      {"grün 日本", "\"grün 日本\""},
      // not UTF-8: a lone byte, a cut sequence, an overlong form, a surrogate
      {"\xff", "\"\xEF\xBF\xBD\""},
      {"\xe2\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xc0\xaf", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xed\xa0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
  };
  for (const Case& test : cases) {
    CHECK(json_string(test.text) == test.expected);
  }
}

TEST_CASE("values read back as what they were") {
  const std::string_view texts[] = {
      "null",
      "true",
      "0",
      "-9223372036854775808",
      "9223372036854775807",
      "1.5",
      "1e+300",
      "1.0",
      "\"\"",
      "[]",
      "{}",
      "[1,[2,{\"a\":[]}],null]",
      "{\"b\":1,\"a\":{\"c\":\"x\\ny\"}}",
      "\"\\u0000\"",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    const Value value = yaml::parse_json(text).value;
    CHECK(yaml::parse_json(written(value)).value == value);
  }
}

TEST_CASE("numbers that JSON does not have are told in words") {
  CHECK(written(Value::real(std::nan(""))) == "\"NaN\"\n");
  CHECK(written(Value::real(-std::numeric_limits<double>::infinity())) == "\"-Infinity\"\n");
}

TEST_CASE("lists and maps are indented by two, keys in their order") {
  CHECK(written(yaml::parse_json(R"({"b":[1,{}],"a":[]})").value) ==
        "{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": []\n}\n");
}

// The keys of each object in the report against the schema's, and types as far as the schema uses
// them.
class Schema {
 public:
  explicit Schema(Value schema) : schema_(std::move(schema)) {}

  void check(const Value& value) { check(value, schema_, "report"); }

 private:
  Value resolved(const Value& schema) const {
    const Value* ref = schema.find("$ref");
    return ref != nullptr ? *schema_.find({"$defs", ref->as_string().substr(8)}) : schema;
  }

  static bool is_type(const Value& value, std::string_view type) {
    return describe(value.kind()) == (type == "array" ? "list" : type == "object" ? "map" : type);
  }

  static bool has_type(const Value& value, const Value& type) {
    return type.is_string() ? is_type(value, type.as_string())
                            : std::ranges::any_of(type.items(), [&](const Value& one) {
                                return is_type(value, one.as_string());
                              });
  }

  void check(const Value& value, const Value& unresolved, const std::string& place) {
    if (unresolved.is_bool()) {
      return;
    }
    CAPTURE(place);
    const Value schema = resolved(unresolved);
    if (const Value* type = schema.find("type")) {
      CHECK(has_type(value, *type));
    }
    if (const Value* allowed = schema.find("enum")) {
      CHECK(std::ranges::count(allowed->items(), value) == 1);
    }
    if (const Value* constant = schema.find("const")) {
      CHECK(value == *constant);
    }
    if (value.is_map()) {
      check_keys(value, schema, place);
    }
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      check(value.items()[i], *schema.find("items"), place + "[" + std::to_string(i) + "]");
    }
  }

  void check_keys(const Value& value, const Value& schema, const std::string& place) {
    if (schema.find("properties") == nullptr) {
      return;  // labels, of whatever names
    }
    std::vector<std::string> keys;
    for (const Value::Entry& entry : value.entries()) {
      keys.push_back(entry.key.str());
    }
    std::vector<std::string> properties;
    std::vector<std::string> required;
    for (const Value::Entry& entry : schema.find("properties")->entries()) {
      properties.push_back(entry.key.str());
    }
    for (const Value& name : schema.find("required")->items()) {
      required.push_back(std::string(name.as_string()));
    }
    CHECK(keys == properties);
    CHECK(keys == required);
    for (const Value::Entry& entry : value.entries()) {
      check(entry.value,
            *schema.find({"properties", entry.key.view()}),
            place + "." + entry.key.str());
    }
  }

  Value schema_;
};

Value schema() {
  return yaml::parse_json(
             read_file(std::string(CELLDRIFT_TESTDATA) + "/../docs/report-v1.schema.json"))
      .value;
}

TEST_CASE("reports have the keys of the published schema, all of them and in its order") {
  for (const std::string name : {"clean",
                                 "drifted",
                                 "incomplete",
                                 "hostile-names",
                                 "secrets",
                                 "declared-skew",
                                 "snapshots",
                                 "one-script",
                                 "lost",
                                 "by-right",
                                 "evidence"}) {
    SUBCASE(name.c_str()) {
      Schema(schema()).check(yaml::parse_json(json(audit::judge(fixture::load(name).input))).value);
    }
  }
}

TEST_CASE("the schema's keys are documented, each in its table") {
  const std::string text = read_file(std::string(CELLDRIFT_TESTDATA) + "/../docs/report-v1.md");
  const Value document = schema();
  for (const auto& keys : {document.find("properties"),
                           document.find({"properties", "manifests", "properties"}),
                           document.find({"properties", "summary", "properties"}),
                           document.find({"$defs", "cell", "properties"}),
                           document.find({"$defs", "finding", "properties"}),
                           document.find({"$defs", "problem", "properties"}),
                           document.find({"$defs", "cause", "properties"}),
                           document.find({"$defs", "note", "properties"})}) {
    for (const Value::Entry& key : keys->entries()) {
      CAPTURE(key.key.view());
      CHECK(text.find("| `" + key.key.str() + "` |") != text.npos);
    }
  }
}

audit::Report with_difference(compare::Change change,
                              std::optional<Value> want,
                              std::optional<Value> have) {
  audit::Report report;
  audit::Finding finding;
  finding.change = change;
  finding.want = std::move(want);
  finding.have = std::move(have);
  report.findings.push_back(finding);
  return report;
}

TEST_CASE("want and have are JSON values of their own type; change tells a null from nothing") {
  const auto finding =
      [](compare::Change change, std::optional<Value> want, std::optional<Value> have) {
        const std::string text = json(with_difference(change, std::move(want), std::move(have)));
        return yaml::parse_json(text).value.find("findings")->items()[0];
      };
  const Value modified =
      finding(compare::Change::modified, Value(), yaml::parse("[1, {a: true}]").value);
  CHECK(modified.find("want")->is_null());
  CHECK(*modified.find("have") == yaml::parse("[1, {a: true}]").value);
  CHECK(modified.string_at({"change"}) == "modified");
  const Value added = finding(compare::Change::added, std::nullopt, Value::string("3"));
  CHECK(added.find("want")->is_null());
  CHECK(*added.find("have") == Value::string("3"));
  CHECK(added.string_at({"change"}) == "added");
}

}  // namespace
}  // namespace celldrift::report
