#include "fleet/generators/service_answers.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::fleet {
namespace {

[[noreturn]] void refuse(std::string_view key, const char* wanted, const Value& value) {
  throw Error(ErrorCode::config,
              "a service's answer has a \"" + std::string(key) + "\" that is not " + wanted +
                  " but a " + std::string(describe(value.kind())),
              value.mark());
}

}  // namespace

std::vector<Value> ask(const std::string& kind,
                       const Value& spec,
                       const GeneratorContext& context) {
  if (context.inputs.services == nullptr) {
    throw Error(ErrorCode::unsupported,
                "a " + kind + " generator asks a service: give recorded answers or let it be asked",
                spec.mark());
  }
  const Value answer = context.inputs.services->ask(
      {kind, spec.without("template").without("values"), context.set_name});
  if (!answer.is_list()) {
    throw Error(
        ErrorCode::config, "the answer to a " + kind + " generator is no list", spec.mark());
  }
  for (const Value& item : answer.items()) {
    if (!item.is_map() && !item.is_null()) {
      throw Error(ErrorCode::config,
                  "the answer to a " + kind + " generator is no list of maps",
                  spec.mark());
    }
  }
  return {answer.items().begin(), answer.items().end()};
}

Value AnswerReader::text(std::string_view key) const {
  const Value* value = answer_.find(key);
  if (value == nullptr || value->is_null()) {
    return made("");
  }
  if (!value->is_string()) {
    refuse(key, "a string", *value);
  }
  return value->mark().known() ? *value : value->with_mark(mark_);
}

std::vector<std::string> AnswerReader::texts(std::string_view key) const {
  std::vector<std::string> texts;
  const Value* value = answer_.find(key);
  if (value == nullptr || value->is_null()) {
    return texts;
  }
  if (!value->is_list()) {
    refuse(key, "a list of strings", *value);
  }
  for (const Value& item : value->items()) {
    if (!item.is_string()) {
      refuse(key, "a list of strings", item);
    }
    texts.emplace_back(item.as_string());
  }
  return texts;
}

}  // namespace celldrift::fleet
