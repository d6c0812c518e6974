#include "celldrift/core/error.hpp"
#include "celldrift/services/services.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::services {
namespace {

std::string key_of(const std::string& kind, const std::string& set, const Value& asked) {
  return yaml::canonical_json(Value::list({Value::string(kind), Value::string(set), asked}));
}

// The entry that would answer a question, for people to paste: one line, for errors have no more.
std::string entry_for(const fleet::ServiceQuestion& question) {
  return "- " + yaml::emit_json(Value::map({{"kind", Value::string(question.kind)},
                                            {"spec", asked_of(question.spec)},
                                            {"answer", Value::list({})}}));
}

Error nobody_answers(const fleet::ServiceQuestion& question, const std::string& what_to_do) {
  return Error(ErrorCode::config,
               "no recorded answer to this " + question.kind + " generator; " + what_to_do +
                   ". The entry to record under `answers:`, with what the service gives as its "
                   "answer: " +
                   entry_for(question),
               question.spec.mark());
}

}  // namespace

Recorded::Recorded(Recording recording) {
  for (RecordedAnswer& each : recording.answers) {
    const std::string key = key_of(each.kind, each.application_set, each.spec);
    if (!answers_.emplace(key, each.answer).second) {
      throw Error(ErrorCode::config,
                  "the same question is answered twice (kind " + each.kind + ")",
                  each.spec.mark());
    }
  }
}

std::optional<Value> Recorded::find(const fleet::ServiceQuestion& question) const {
  const Value asked = asked_of(question.spec);
  for (const std::string& set : {question.application_set, std::string()}) {
    const auto found = answers_.find(key_of(question.kind, set, asked));
    if (found != answers_.end()) {
      return found->second;
    }
  }
  return std::nullopt;
}

Value Recorded::ask(const fleet::ServiceQuestion& question) {
  if (const std::optional<Value> answer = find(question)) {
    return *answer;
  }
  throw nobody_answers(question, "record it with `celldrift apps --record FILE`");
}

Value Answers::ask(const fleet::ServiceQuestion& question) {
  const std::optional<Value> answer = recorded_ ? recorded_->find(question) : std::nullopt;
  if (answer) {
    return *answer;
  }
  if (live_) {
    return live_->ask(question);
  }
  throw nobody_answers(question,
                       "record it with `celldrift apps --record FILE` and give the file with "
                       "--generator-inputs, or leave --offline out to ask the service itself");
}

}  // namespace celldrift::services
