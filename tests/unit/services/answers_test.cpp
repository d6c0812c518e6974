// Recorded answers: the file, what matches, and what is said when nothing does.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/services/services.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

Value yaml_of(const std::string& text) {
  return yaml::parse(text).value;
}

fleet::ServiceQuestion pulls(const std::string& spec, const std::string& set = "previews") {
  return {.kind = "pullRequest", .spec = yaml_of(spec), .application_set = set};
}

// Answers with how often it was asked, and keeps what it was asked.
class Counting final : public fleet::Services {
 public:
  Value ask(const fleet::ServiceQuestion& question) override {
    asked.push_back(question.application_set);
    return Value::list({Value::map({{"number", Value::integer(static_cast<int>(asked.size()))}})});
  }
  std::vector<std::string> asked;
};

Error failure_of(const std::string& recording) {
  try {
    services::parse_recording(recording, intern_source({"inputs.yaml", "", ""}));
  } catch (const Error& error) {
    return error;
  }
  FAIL("it was read");
  throw std::logic_error("unreachable");
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::string file = R"(
version: 1
answers:
- kind: pullRequest
  spec: {github: {owner: acme, repo: api, tokenRef: {secretName: x, key: y}}, requeueAfterSeconds: 30}
  answer: [{number: 1}]
- kind: pullRequest
  applicationSet: special
  spec: {github: {owner: acme, repo: api}}
  answer: [{number: 2}]
- kind: plugin
  spec: {configMapRef: {name: p}, input: {parameters: {a: 1}}}
  answer: []
objects:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: p}, data: {baseUrl: x}}
)";

}  // namespace

TEST_CASE("a recorded answer serves the same question, however it is used or signed in") {
  services::Recorded recorded(services::parse_recording(file));
  const char* same[] = {
      "{github: {repo: api, owner: acme}}",
      "{github: {owner: acme, repo: api, tokenRef: {secretName: other, key: z}}}",
      "{github: {owner: acme, repo: api, api: null}, values: {a: b}, template: {metadata: {}}}",
  };
  for (const char* spec : same) {
    CAPTURE(spec);
    CHECK(recorded.ask(pulls(spec)) == yaml_of("[{number: 1}]"));
  }
  CHECK(recorded.ask(pulls("{github: {owner: acme, repo: api}}", "special")) ==
        yaml_of("[{number: 2}]"));
}

TEST_CASE("an empty list is an answer") {
  services::Recorded recorded(services::parse_recording(file));
  CHECK(recorded
            .ask({.kind = "plugin",
                  .spec = yaml_of("{configMapRef: {name: p}, input: {parameters: {a: 1}}}")})
            .size() == 0);
}

TEST_CASE("another question has no answer, and the entry to record is shown") {
  services::Recorded recorded(services::parse_recording(file));
  const char* others[] = {
      "{github: {owner: acme, repo: web}}",
      "{github: {owner: acme, repo: api, labels: [x]}}",
      "{github: {owner: acme, repo: api}, filters: [{branchMatch: a}]}",
      "{gitlab: {project: acme/api, tokenRef: {secretName: s3cr3t, key: k}}}",
  };
  for (const char* spec : others) {
    CAPTURE(spec);
    try {
      recorded.ask(pulls(spec));
      FAIL("it was answered");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::config);
      CHECK(has(error.message(), "\"kind\":\"pullRequest\""));
      CHECK(has(error.message(), "--record"));
      CHECK_FALSE(has(error.message(), "s3cr3t"));
      // what is shown can be pasted
      const std::string entry = error.message().substr(error.message().find("- {"));
      const auto pasted = services::parse_recording("version: 1\nanswers:\n" + entry);
      CHECK(services::Recorded(pasted).ask(pulls(spec)).size() == 0);
    }
  }
}

TEST_CASE("what recordings lack is asked live, if it may be") {
  const services::Recorded recorded(services::parse_recording(file));
  Counting live;
  services::Answers both(&recorded, &live);
  CHECK(both.ask(pulls("{github: {owner: acme, repo: api}}")) == yaml_of("[{number: 1}]"));
  CHECK(live.asked.empty());
  CHECK(both.ask(pulls("{github: {owner: acme, repo: web}}")) == yaml_of("[{number: 1}]"));
  services::Answers offline(&recorded, nullptr);
  services::Answers nobody(nullptr, nullptr);
  for (services::Answers* answers : {&offline, &nobody}) {
    try {
      answers->ask(pulls("{github: {owner: acme, repo: web}}"));
      FAIL("it was answered");
    } catch (const Error& error) {
      CHECK(has(error.message(), "--generator-inputs"));
      CHECK(has(error.message(), "--offline"));
    }
  }
}

TEST_CASE("what was recorded is answered again") {
  Counting live;
  services::Recorder recorder(live);
  const fleet::ServiceQuestion plugin{
      .kind = "plugin", .spec = yaml_of("{configMapRef: {name: p}}"), .application_set = "one"};
  const Value first = recorder.ask(pulls("{github: {owner: a, repo: b}, values: {x: y}}"));
  const Value second = recorder.ask(plugin);
  services::Recording recording = recorder.recording();
  recording.objects = {yaml_of("{apiVersion: v1, kind: ConfigMap, metadata: {name: p}}")};
  const services::Recording again = services::parse_recording(services::emit(recording));
  CHECK(services::objects_of(again) == recording.objects);
  services::Recorded recorded(again);
  CHECK(recorded.ask(pulls("{github: {owner: a, repo: b}}", "any")) == first);
  CHECK(recorded.ask(plugin) == second);
  CHECK_THROWS_AS(
      recorded.ask({.kind = plugin.kind, .spec = plugin.spec, .application_set = "two"}), Error);
}

TEST_CASE("sets that got different answers keep their own") {
  Counting live;
  services::Recorder recorder(live);
  const std::string spec = "{github: {owner: a, repo: b}}";
  const Value one = recorder.ask(pulls(spec, "one"));
  const Value two = recorder.ask(pulls(spec, "two"));
  services::Recorded recorded(recorder.recording());
  CHECK(recorded.ask(pulls(spec, "one")) == one);
  CHECK(recorded.ask(pulls(spec, "two")) == two);
}

TEST_CASE("a file that is none says where and why") {
  struct Case {
    const char* text;
    const char* line;
    const char* why;
  };
  const Case cases[] = {
      {"[", "inputs.yaml:", ""},
      {"[]", "inputs.yaml:1", "must be a map"},
      {"answers: []", "inputs.yaml:1", "version is missing"},
      {"version: 2", "inputs.yaml:1", "version: 1"},
      {"version: 1\nanswer: []", "inputs.yaml:2", "unknown field \"answer\""},
      {"version: 1\nanswers: {}", "inputs.yaml:2", "must be a list"},
      {"version: 1\nanswers:\n- kind: git\n  spec: {}\n  answer: []", "inputs.yaml:3", "\"git\""},
      {"version: 1\nanswers:\n- kind: plugin\n  answer: []", "inputs.yaml:3", "spec is missing"},
      {"version: 1\nanswers:\n- kind: plugin\n  spec: {}", "inputs.yaml:3", "no `answer`"},
      {"version: 1\nanswers:\n- kind: plugin\n  spec: {}\n  answer: {}", "inputs.yaml:5", "list"},
      {"version: 1\nanswers:\n- kind: plugin\n  spec: {}\n  answer: [1]", "inputs.yaml:5", "map"},
      {"version: 1\nanswers:\n- {kind: plugin, spec: {}, answer: [], x: 1}",
       "inputs.yaml:3",
       "\"x\""},
      {"version: 1\nobjects: [{kind: ConfigMap}]", "inputs.yaml:2", "apiVersion is missing"},
      {"version: 1\nobjects: [{apiVersion: v1, kind: A, metadata: {}}]", "inputs.yaml:2", "name"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    const Error error = failure_of(each.text);
    CHECK(error.code() == ErrorCode::config);
    CHECK(has(error.what(), each.line));
    CHECK(has(error.what(), each.why));
  }
}

TEST_CASE("one question with two answers is refused") {
  services::Recording twice = services::parse_recording(file);
  twice.answers.push_back(twice.answers.front());
  CHECK_THROWS_AS(services::Recorded{twice}, Error);
}

TEST_CASE("the documented example is read") {
  const std::string page = read_file(CELLDRIFT_TESTDATA "/../docs/generator-inputs.md");
  const std::size_t begin = page.find("```yaml\n") + 8;
  const std::string example = page.substr(begin, page.find("```", begin) - begin);
  const services::Recording recording = services::parse_recording(example);
  CHECK(recording.answers.size() == 3);
  CHECK(recording.objects.size() == 1);
}
