#include "fleet/generators/service_answers.hpp"
#include "fleet/shapes/entries.hpp"
#include "fleet/templates/slug.hpp"

namespace celldrift::fleet {
namespace {

// A number as an integer or, where a service gives it as one, a text.
std::string number_of(const Value& pull, const AnswerReader& answer) {
  const Value* number = pull.find("number");
  return number != nullptr && number->is_int() ? std::to_string(number->as_int())
                                               : std::string(answer.text("number").as_string());
}

// Null stays null: a nil slice prints as an empty one, but its JSON is null.
Value labels_of(const Value& pull, const AnswerReader& answer) {
  const Value* given = pull.find("labels");
  if (given == nullptr || given->is_null()) {
    return Value::null();
  }
  Value::List labels;
  for (const std::string& label : answer.texts("labels")) {
    labels.push_back(answer.made(label));
  }
  return Value::list(std::move(labels));
}

Params params_of(const Value& pull, const Value& spec, const GeneratorContext& context) {
  const AnswerReader answer(pull, spec.mark());
  Entries entries;
  entries.set("number", answer.made(number_of(pull, answer)));
  for (const char* key : {"title", "branch", "target_branch", "head_sha", "author"}) {
    entries.set(key, answer.text(key));
  }
  const Value sha = answer.text("head_sha");
  entries.set("head_short_sha", answer.made(sha.as_string().substr(0, 8)));
  entries.set("head_short_sha_7", answer.made(sha.as_string().substr(0, 7)));
  for (const std::string key : {"branch", "target_branch"}) {
    entries.set(key + "_slug", answer.made(branch_slug(answer.text(key).as_string())));
  }
  // Argo CD gives labels to Go templates only
  if (context.is_go()) {
    entries.set("labels", labels_of(pull, answer));
  }
  static const TypedPlace labels[] = {{{"labels"}, &gotemplate::string_list_type}};
  Params params = made(entries.take_map(), spec.mark(), context.heap, labels);
  add_values(spec, context, params);
  return params;
}

}  // namespace

std::vector<Params> generate_pull_request(const Value& spec, const GeneratorContext& context) {
  std::vector<Params> all;
  for (const Value& pull : ask("pullRequest", spec, context)) {
    all.push_back(params_of(pull, spec, context));
  }
  return all;
}

}  // namespace celldrift::fleet
