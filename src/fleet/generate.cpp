#include "fleet/generate.hpp"

#include "fleet/generators/transform.hpp"
#include "fleet/shapes/application_shape.hpp"
#include "fleet/shapes/set_fields.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_applications =
    100'000;  // of one set; Argo CD itself copes with a few thousand

const Value& spec_of(const Value& set) {
  const Value* spec = stated(set, "spec");
  if (spec == nullptr || !spec->is_map()) {
    throw Error(ErrorCode::config, "the ApplicationSet has no spec", set.mark());
  }
  return *spec;
}

Value::List options_of(const Value& spec) {
  const Value* listed = stated(spec, "goTemplateOptions");
  if (listed == nullptr) {
    return {};
  }
  const Value options = checked(*listed, string_list_shape, "spec.goTemplateOptions");
  return {options.items().begin(), options.items().end()};
}

// The entry as the API server would store it.
Value checked_entry(const Value& entry) {
  if (!entry.is_map()) {
    throw Error(ErrorCode::config,
                "a generator must be a map, not " + std::string(describe(entry.kind())));
  }
  Value::Map kinds;
  for (const Field& field : top_entry_shape.fields) {
    if (const Value* spec = stated(entry, field.name)) {
      kinds.push_back({field.name, checked(*spec, *field.shape, std::string(field.name))});
    }
  }
  return Value::map(std::move(kinds)).with_mark(entry.mark());
}

class SetGenerator {
 public:
  SetGenerator(const Value& set,
               const Fleet& fleet,
               const GeneratorInputs& inputs,
               RepositoryFiles& files)
      : set_(set),
        spec_(spec_of(set)),
        template_(spec_),
        engine_kind_(flag(spec_, "goTemplate", "spec") ? Engine::go : Engine::fasttemplate),
        heap_(std::make_shared<gotemplate::Heap>(max_parameter_bytes)),
        engine_(engine_kind_ == Engine::go ? go_templates(options_of(spec_), *heap_)
                                           : fasttemplate()),
        context_{.fleet = fleet,
                 .inputs = inputs,
                 .files = files,
                 .engine = *engine_,
                 .engine_kind = engine_kind_,
                 .budget = budget_,
                 .heap = *heap_,
                 .paths = paths_,
                 .set_name = std::string(set.string_at({"metadata", "name"})),
                 .project = std::string(template_.base().string_at({"spec", "project"}))} {}

  Generation run() {
    generation_.engine = engine_kind_;
    generation_.heap = heap_;
    generation_.templates = engine_;
    const auto entries = listed_entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      try {
        run_entry(entries[i], i);
      } catch (Error& error) {
        generation_.errors.push_back(error.at(entries[i].mark()).add_context(entry_path(i)));
      }
    }
    return std::move(generation_);
  }

 private:
  static constexpr std::size_t max_parameter_bytes = 1u << 30;

  static std::string entry_path(std::size_t index) {
    return "spec.generators[" + std::to_string(index) + "]";
  }

  std::span<const Value> listed_entries() const {
    const Value* generators = stated(spec_, "generators");
    if (generators == nullptr || !generators->is_list()) {
      throw Error(ErrorCode::config, "spec.generators must be a list", spec_.mark());
    }
    return generators->items();
  }

  // All kinds of one entry, or none of them: one that fails takes the others with it.
  void run_entry(const Value& stated_entry, std::size_t index) {
    const Value entry = checked_entry(stated_entry);
    std::vector<Batch> batches = transform(entry, nullptr, context_);
    if (batches.empty()) {
      generation_.unrecognized.emplace_back(
          ErrorCode::config,
          entry_path(index) + " has no generator that Argo CD 3.5 knows" + keys_of(stated_entry),
          stated_entry.mark());
    }
    for (Batch& batch : batches) {
      run_batch(batch, entry, index);
    }
  }

  static std::string keys_of(const Value& entry) {
    std::string keys;
    for (const auto& [key, value] : entry.entries()) {
      keys += (keys.empty() ? ": " : ", ") + key.str();
    }
    return keys;
  }

  void run_batch(Batch& batch, const Value& entry, std::size_t index) {
    const Value merged = template_.merged_with(entry.find({batch.kind, "template"}));
    const Value* name = merged.find({"metadata", "name"});
    const auto from = std::make_shared<const GeneratorOrigin>(GeneratorOrigin{
        .name_template = name != nullptr ? *name : Value::string(""),
        .generator = index,
        .generator_path = entry_path(index) + "." + std::string(batch.kind),
        .generator_mark = entry.mark(),
        .mark = merged.mark(),
    });
    generation_.applications.reserve(
        std::min(generation_.applications.size() + batch.params.size(), max_applications));
    for (Params& params : batch.params) {
      add_application(merged, std::move(params), from);
    }
  }

  void add_application(const Value& merged,
                       Params params,
                       const std::shared_ptr<const GeneratorOrigin>& from) {
    if (generation_.applications.size() >= max_applications) {
      throw Error(ErrorCode::limit, "more than 100000 applications");
    }
    try {
      Rendered rendered = template_.render(merged, params, *engine_, budget_);
      Value object = as_object(rendered.application);
      generation_.applications.push_back(
          {std::move(object), std::move(rendered), std::move(params), from});
    } catch (Error& error) {
      if (error.code() == ErrorCode::limit) {
        throw;
      }
      generation_.errors.push_back(
          error.add_context("rendering spec.template").add_context(from->generator_path));
    }
  }

  // The Application's namespace is always its set's: a boundary that templates cannot cross.
  Value as_object(const Value& application) const {
    const Value metadata = application.find("metadata")->without("namespace");
    const std::string_view ns = set_.string_at({"metadata", "namespace"});
    static const Value head = Value::map({{"apiVersion", Value::string("argoproj.io/v1alpha1")},
                                          {"kind", Value::string("Application")},
                                          {"metadata", Value()},
                                          {"spec", Value()}});
    Value::Map entries(head.entries().begin(), head.entries().end());
    entries[2].value = ns.empty() ? metadata : metadata.with("namespace", Value::string(ns));
    entries[3].value = *application.find("spec");
    return Value::map(std::move(entries)).with_mark(application.mark());
  }

  const Value& set_;
  const Value& spec_;
  ApplicationTemplate template_;
  Engine engine_kind_;
  RenderBudget budget_;
  KnownPaths paths_;
  std::shared_ptr<gotemplate::Heap> heap_;
  std::shared_ptr<TemplateEngine> engine_;
  GeneratorContext context_;
  Generation generation_;
};

}  // namespace

std::string describe_set(const Value& application_set) {
  return "applicationset " +
         std::string(application_set.string_at({"metadata", "name"}, "without a name"));
}

Generation generate(const Value& application_set,
                    const Fleet& fleet,
                    const GeneratorInputs& inputs,
                    RepositoryFiles& files) {
  return SetGenerator(application_set, fleet, inputs, files).run();
}

}  // namespace celldrift::fleet
