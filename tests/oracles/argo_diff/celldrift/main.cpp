// Answers the oracle's questions (../main.go) as celldrift does, one line each.

#include "celldrift/yaml/yaml.hpp"
#include "compare/argo/rules.hpp"

#include <iostream>

using namespace celldrift;

namespace {

struct Answer {
  Value value;
  std::string error;
};

Answer normalised(const Value& object, const std::vector<compare::IgnoreRule>& rules) {
  Answer answer{object, ""};
  for (const compare::Eraser& eraser : compare::erasers(rules, key_of(object))) {
    compare::Erased erased = compare::erase(eraser, answer.value);
    if (erased.undecided) {
      return {object, *erased.undecided};
    }
    answer.value = std::move(erased.value);
  }
  return answer;
}

std::string answer(const Value& question) {
  const Value spec = Value::map({{"ignoreDifferences", Value::list({*question.find("rule")})}});
  const auto rules = compare::ignore_rules(spec);
  const Answer live = normalised(*question.find("live"), rules);
  const Answer target = normalised(*question.find("target"), rules);
  if (!live.error.empty() || !target.error.empty()) {
    const std::string& error = live.error.empty() ? target.error : live.error;
    return yaml::canonical_json(Value::map({{"error", Value::string(error)}}));
  }
  return yaml::canonical_json(Value::map({{"live", live.value}, {"target", target.value}}));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << answer(yaml::parse_json(line).value) << "\n";
  }
}
