// What the generators that ask a service share.
#pragma once

#include "fleet/generators/generator.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// The answer to a generator: a list of maps. `spec` is the generator's, of which the question
// leaves out template and values. Throws an Error that says what to do when nobody can answer.
std::vector<Value> ask(const std::string& kind, const Value& spec, const GeneratorContext& context);

// One map of an answer. What is made of it carries the generator's mark where it has none itself.
class AnswerReader {
 public:
  AnswerReader(const Value& answer, const Mark& mark) : answer_(answer), mark_(mark) {}

  // A string; "" when it is missing. Throws Error(config) when it is something else.
  Value text(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  Value made(std::string_view text) const { return Value::string(text).with_mark(mark_); }

 private:
  const Value& answer_;
  Mark mark_;
};

}  // namespace celldrift::fleet
