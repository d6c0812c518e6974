#include "celldrift/services/recording.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "services/fields.hpp"

#include <algorithm>

namespace celldrift::services {
namespace {

using From = Fields::From;

constexpr std::string_view kinds[] = {"scmProvider", "pullRequest", "plugin"};
// How a generator is used, not what it asks.
constexpr std::string_view not_asked[] = {"template", "values", "requeueAfterSeconds"};
// Where a token is kept; which token is used does not change the question.
constexpr std::string_view secret_references[] = {
    "tokenRef", "appPasswordRef", "passwordRef", "accessTokenRef", "appSecretName"};

template <std::size_t size>
bool one_of(std::string_view name, const std::string_view (&names)[size]) {
  return std::find(names, names + size, name) != names + size;
}

// A provider's part of a spec, or what is within it.
Value without_secrets(const Value& value) {
  if (!value.is_map()) {
    return value;
  }
  Value::Map kept;
  for (const Value::Entry& entry : value.entries()) {
    if (!one_of(entry.key.view(), secret_references) && !entry.value.is_null()) {
      kept.push_back({entry.key, without_secrets(entry.value)});
    }
  }
  return Value::map(std::move(kept)).with_mark(value.mark());
}

void only(const Fields& fields,
          const std::string& what,
          std::initializer_list<std::string_view> known) {
  for (const Value::Entry& entry : fields.value().entries()) {
    if (std::find(known.begin(), known.end(), entry.key.view()) == known.end()) {
      throw Error(ErrorCode::config,
                  what + " has the unknown field \"" + printable(entry.key.view()) + "\"",
                  entry.value.mark());
    }
  }
}

RecordedAnswer answer_of(const Fields& entry) {
  only(entry, "a recorded answer", {"kind", "applicationSet", "spec", "answer"});
  RecordedAnswer recorded;
  recorded.kind = entry.needed_text("kind");
  if (!one_of(recorded.kind, kinds)) {
    throw Error(
        ErrorCode::config,
        "kind must be scmProvider, pullRequest or plugin, not \"" + printable(recorded.kind) + "\"",
        entry.present("kind")->mark());
  }
  recorded.spec = asked_of(entry.needed_object("spec").value());
  recorded.application_set = entry.text("applicationSet");
  if (!entry.present("answer")) {
    throw Error(ErrorCode::config,
                "a recorded answer has no `answer`; an empty list is []",
                entry.value().mark());
  }
  entry.objects("answer");
  recorded.answer = *entry.present("answer");
  return recorded;
}

Value object_of(const Fields& object) {
  object.needed_text("apiVersion");
  object.needed_text("kind");
  object.needed_object("metadata").needed_text("name");
  return object.value();
}

}  // namespace

Value asked_of(const Value& generator) {
  Value::Map kept;
  for (const Value::Entry& entry : generator.entries()) {
    if (!one_of(entry.key.view(), not_asked) && !entry.value.is_null()) {
      kept.push_back({entry.key, without_secrets(entry.value)});
    }
  }
  return Value::map(std::move(kept)).with_mark(generator.mark());
}

Recording parse_recording(std::string_view text, SourceId source) {
  yaml::Options options;
  options.source = source;
  Value file;
  try {
    file = yaml::parse(yaml::to_utf8(text), options).value;
  } catch (const Error& error) {
    throw Error(ErrorCode::config, error.message(), error.mark());
  }
  const Fields fields(file, From::spec, "the file of generator inputs");
  only(fields, "the file of generator inputs", {"version", "answers", "objects"});
  if (fields.needed_number("version") != 1) {
    throw Error(ErrorCode::config,
                "the file of generator inputs must say `version: 1`",
                fields.present("version")->mark());
  }
  Recording recording;
  for (const Fields& entry : fields.objects("answers")) {
    recording.answers.push_back(answer_of(entry));
  }
  for (const Fields& object : fields.objects("objects")) {
    recording.objects.push_back(object_of(object));
  }
  return recording;
}

std::string emit(const Recording& recording) {
  Value::List answers;
  for (const RecordedAnswer& recorded : recording.answers) {
    Value::Map entry{{"kind", Value::string(recorded.kind)}};
    if (!recorded.application_set.empty()) {
      entry.push_back({"applicationSet", Value::string(recorded.application_set)});
    }
    entry.push_back({"spec", recorded.spec});
    entry.push_back({"answer", recorded.answer});
    answers.push_back(Value::map(std::move(entry)));
  }
  Value file =
      Value::map({{"version", Value::integer(1)}, {"answers", Value::list(std::move(answers))}});
  if (!recording.objects.empty()) {
    file = file.with("objects", Value::list(recording.objects));
  }
  return "# What services answered to generators, for celldrift --generator-inputs.\n" +
         yaml::emit(file);
}

std::vector<Value> objects_of(const Recording& recording) {
  return recording.objects;
}

}  // namespace celldrift::services
