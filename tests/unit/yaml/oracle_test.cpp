// What Kubernetes' own libraries make of hand-written texts, recorded by tests/oracles/yaml/record.
#include "../../oracles/yaml/celldrift/marshal_case.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace celldrift;

namespace {

struct Recorded {
  std::string text;
  std::string answer;    // JSON, or "error"
  bool refused = false;  // celldrift refuses it although Kubernetes reads it
};

// The length of the JSON string that a line begins with.
std::size_t string_length(std::string_view line) {
  std::size_t end = 1;
  while (line[end] != '"') {
    end += line[end] == '\\' ? 2 : 1;
  }
  return end + 1;
}

std::vector<Recorded> recorded(const std::string& name) {
  const std::string text = read_file(std::string(CELLDRIFT_TESTDATA) + "/yaml/" + name);
  std::vector<Recorded> cases;
  for (std::string_view line : split(text, '\n')) {
    if (line.empty() || line[0] == '#') {
      continue;
    }
    const bool refused = line.starts_with("! ");
    line.remove_prefix(refused ? 2 : 0);
    const std::size_t length = string_length(line);
    const Value decoded = yaml::parse_json(line.substr(0, length)).value;
    cases.push_back(
        {std::string(decoded.as_string()), std::string(line.substr(length + 4)), refused});
  }
  return cases;
}

void replay(const std::string& name, const std::function<Value(const std::string&)>& read) {
  for (const Recorded& example : recorded(name)) {
    CAPTURE(example.text);
    if (example.answer == "unstable") {  // Go's answer depends on the random order of its maps
      continue;
    }
    if (example.refused || example.answer == "error") {
      CHECK_THROWS_AS(read(example.text), Error);
      CHECK_MESSAGE((!example.refused || example.answer != "error"), "not marked right");
      continue;
    }
    std::string have;
    try {
      have = yaml::canonical_json(read(example.text));
    } catch (const Error& error) {
      have = error.what();
    }
    CHECK(have == yaml::canonical_json(yaml::parse_json(example.answer).value));
  }
}

struct Marshalled {
  std::string json;
  std::string answer;
};

std::vector<Marshalled> marshalled() {
  const std::string text = read_file(std::string(CELLDRIFT_TESTDATA) + "/yaml/marshal.txt");
  std::vector<Marshalled> cases;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty() && line[0] != '#') {
      // Answers are JSON texts, in which no "=>" is written raw.
      const std::size_t arrow = line.rfind(" => ");
      cases.push_back({std::string(line.substr(0, arrow)), std::string(line.substr(arrow + 4))});
    }
  }
  return cases;
}

// Go's reader ends each line with a line feed, whatever it ended with.
std::string with_line_feeds(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    line.remove_suffix(end != std::string_view::npos && line.ends_with('\r') ? 1 : 0);
    lines += std::string(line) + "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace

TEST_CASE("texts are read as Kubernetes reads them") {
  CHECK(recorded("parse.txt").size() > 800);
  replay("parse.txt", [](const std::string& text) { return yaml::parse(text).value; });
}

TEST_CASE("streams are cut as Kubernetes cuts them") {
  CHECK(recorded("split.txt").size() > 50);
  replay("split.txt", [](const std::string& text) {
    Value::List documents;
    for (const yaml::Piece& piece : yaml::split_documents(text)) {
      if (piece.broken_separator) {
        yaml::parse(piece);
      }
      documents.push_back(Value::string(with_line_feeds(piece.text)));
    }
    return Value::list(std::move(documents));
  });
}

TEST_CASE("values are marshalled as sigs.k8s.io/yaml marshals them, byte for byte") {
  CHECK(marshalled().size() > 700);
  for (const Marshalled& example : marshalled()) {
    CAPTURE(example.json);
    if (example.answer != "\"unstable\"") {
      CHECK(yaml::parse_json(oracle::marshal_case(example.json)).value ==
            yaml::parse_json(example.answer).value);
    }
  }
}

TEST_CASE("what JSON has no number for is refused as Marshal refuses it") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH_AS(yaml::emit_go(Value::real(-infinity)),
                       "error marshaling into JSON: json: unsupported value: -Inf",
                       Error);
  CHECK_THROWS_WITH_AS(yaml::emit_go(Value::list({Value::string("\x7F"), Value::real(NAN)})),
                       "error marshaling into JSON: json: unsupported value: NaN",
                       Error);
}
