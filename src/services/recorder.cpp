#include "celldrift/services/services.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::services {
namespace {

// Equal questions of different sets, side by side.
std::string order_of(const RecordedAnswer& answer) {
  return yaml::canonical_json(Value::list(
      {Value::string(answer.kind), answer.spec, Value::string(answer.application_set)}));
}

std::string question_of(const RecordedAnswer& answer) {
  return yaml::canonical_json(Value::list({Value::string(answer.kind), answer.spec}));
}

}  // namespace

Value Recorder::ask(const fleet::ServiceQuestion& question) {
  const Value answer = behind_.ask(question);
  RecordedAnswer recorded{question.kind, asked_of(question.spec), question.application_set, answer};
  const std::lock_guard lock(mutex_);
  answers_.insert_or_assign(order_of(recorded), recorded);
  return answer;
}

Recording Recorder::recording() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, bool> same_for_all;  // by question
  std::map<std::string, Value> first;
  for (const auto& [order, answer] : answers_) {
    const std::string question = question_of(answer);
    const auto [entry, is_new] = first.emplace(question, answer.answer);
    const bool equal = answer.kind != "plugin" && entry->second == answer.answer;
    same_for_all[question] = equal && (is_new || same_for_all[question]);
  }
  Recording recording;
  std::map<std::string, bool> written;
  for (const auto& [order, answer] : answers_) {
    const std::string question = question_of(answer);
    if (same_for_all[question] && written[question]) {
      continue;
    }
    written[question] = true;
    recording.answers.push_back(answer);
    if (same_for_all[question]) {
      recording.answers.back().application_set.clear();
    }
  }
  return recording;
}

}  // namespace celldrift::services
