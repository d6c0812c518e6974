#include "celldrift/core/text.hpp"
#include "fleet/generators/service_answers.hpp"
#include "fleet/names.hpp"
#include "fleet/shapes/entries.hpp"

namespace celldrift::fleet {
namespace {

Params params_of(const Value& repository, const Value& spec, const GeneratorContext& context) {
  const AnswerReader answer(repository, spec.mark());
  Entries entries;
  for (const char* key : {"organization", "repository", "url", "branch", "sha"}) {
    entries.set(key, answer.text(key));
  }
  const Value* id = repository.find("repository_id");
  entries.set("repository_id", id != nullptr ? *id : Value::null());
  const Value sha_value = answer.text("sha");
  const std::string_view sha = sha_value.as_string();
  entries.set("short_sha", answer.made(sha.substr(0, 8)));
  entries.set("short_sha_7", answer.made(sha.substr(0, 7)));
  entries.set("labels", answer.made(join(answer.texts("labels"), ",")));
  entries.set("branchNormalized", answer.made(normalized_name(answer.text("branch").as_string())));
  const TypedPlace number[] = {{{"repository_id"}, &gotemplate::int64_type}};
  const bool is_number = id != nullptr && id->is_int();
  Params params =
      made(entries.take_map(),
           spec.mark(),
           context.heap,
           is_number ? std::span<const TypedPlace>(number) : std::span<const TypedPlace>());
  add_values(spec, context, params);
  return params;
}

}  // namespace

std::vector<Params> generate_scm_provider(const Value& spec, const GeneratorContext& context) {
  std::vector<Params> all;
  for (const Value& repository : ask("scmProvider", spec, context)) {
    all.push_back(params_of(repository, spec, context));
  }
  return all;
}

}  // namespace celldrift::fleet
