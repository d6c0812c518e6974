#include "fleet/generate.hpp"

#include "fleet/application_shape.hpp"
#include "fleet/generator.hpp"
#include "fleet/selector.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_applications =
    100'000;  // of one set; Argo CD itself copes with a few thousand
constexpr std::string_view resources_finalizer = "resources-finalizer.argocd.argoproj.io";

const Value* field(const Value& map, std::string_view key) {
  const Value* value = map.find(key);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

bool flag(const Value& map, std::string_view key, const std::string& path) {
  const Value* value = field(map, key);
  return value != nullptr &&
         checked(*value, boolean_shape, path + "." + std::string(key)).as_bool();
}

class SetGenerator {
 public:
  SetGenerator(const Value& set, const Fleet& fleet)
      : set_(set), context_{fleet, fasttemplate(), budget_} {
    read_spec();
  }

  Generation run() {
    const auto entries = checked_entries();
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
  struct Batch {
    Value merged_template;
    std::vector<Params> params;
  };

  static std::string entry_path(std::size_t index) {
    return "spec.generators[" + std::to_string(index) + "]";
  }

  void read_spec() {
    const Value* spec = field(set_, "spec");
    if (spec == nullptr || !spec->is_map()) {
      throw Error(ErrorCode::config, "the ApplicationSet has no spec", set_.mark());
    }
    spec_ = *spec;
    const Value* base = field(spec_, "template");
    if (base == nullptr) {
      throw Error(ErrorCode::config, "spec.template is missing", spec_.mark());
    }
    template_ = checked(*base, template_shape, "spec.template");
    refuse_unsupported();
    if (const Value* policy = field(spec_, "syncPolicy")) {
      preserve_resources_ = flag(*policy, "preserveResourcesOnDeletion", "spec.syncPolicy");
    }
  }

  void refuse_unsupported() const {
    if (flag(spec_, "goTemplate", "spec")) {
      throw Error(ErrorCode::unsupported,
                  "goTemplate: true is not supported yet",
                  spec_.find("goTemplate")->mark());
    }
    if (const Value* patch = field(spec_, "templatePatch")) {
      throw Error(ErrorCode::unsupported, "templatePatch is not supported yet", patch->mark());
    }
  }

  std::span<const Value> checked_entries() const {
    const Value* generators = field(spec_, "generators");
    if (generators == nullptr || !generators->is_list()) {
      throw Error(ErrorCode::config, "spec.generators must be a list", spec_.mark());
    }
    return generators->items();
  }

  // All kinds of one entry, or none of them: one that fails takes the others with it.
  void run_entry(const Value& entry, std::size_t index) {
    const std::vector<Batch> batches = batches_of(entry);
    if (batches.empty()) {
      generation_.unrecognized.emplace_back(
          ErrorCode::config,
          entry_path(index) + " has no generator that Argo CD 3.5 knows" + keys_of(entry),
          entry.mark());
    }
    for (const Batch& batch : batches) {
      for (const Params& params : batch.params) {
        add_application(batch, params, entry, index);
      }
    }
  }

  std::vector<Batch> batches_of(const Value& entry) {
    if (!entry.is_map()) {
      throw Error(ErrorCode::config,
                  "a generator must be a map, not " + std::string(describe(entry.kind())));
    }
    std::optional<Selector> selector;
    if (const Value* spec = field(entry, "selector")) {
      selector.emplace(
          checked(*spec, label_selector_shape, "selector"), ValueRule::any, "selector");
    }
    std::vector<Batch> batches;
    for (const GeneratorKind& kind : generator_kinds()) {
      if (const Value* spec = field(entry, kind.name)) {
        batches.push_back(batch_of(kind, *spec, selector));
      }
    }
    return batches;
  }

  static std::string keys_of(const Value& entry) {
    std::string keys;
    for (const auto& [key, value] : entry.entries()) {
      keys += (keys.empty() ? ": " : ", ") + key.str();
    }
    return keys;
  }

  Batch batch_of(const GeneratorKind& kind,
                 const Value& stated,
                 const std::optional<Selector>& selector) {
    if (kind.generate == nullptr) {
      throw Error(ErrorCode::unsupported,
                  "the " + std::string(kind.name) + " generator is not supported yet",
                  stated.mark());
    }
    const Value spec = checked(stated, *kind.shape, std::string(kind.name));
    const Value* own = spec.find("template");
    Batch batch{own != nullptr ? filled(*own, template_, template_shape) : template_,
                kind.generate(spec, context_)};
    if (selector) {
      std::erase_if(batch.params,
                    [&](const Params& params) { return !selector->matches(flattened(params)); });
    }
    return batch;
  }

  void add_application(const Batch& batch,
                       const Params& params,
                       const Value& entry,
                       std::size_t index) {
    if (generation_.applications.size() >= max_applications) {
      throw Error(ErrorCode::limit, "more than 100000 applications");
    }
    try {
      const Value rendered =
          params.empty() ? batch.merged_template : rendered_template(batch, params);
      const Value* name = batch.merged_template.find({"metadata", "name"});
      generation_.applications.push_back(
          {.object = as_object(rendered),
           .name_template = name != nullptr ? *name : Value::string(""),
           .params = params,
           .generator = index,
           .generator_mark = entry.mark(),
           .mark = batch.merged_template.mark()});
    } catch (Error& error) {
      if (error.code() == ErrorCode::limit) {
        throw;
      }
      generation_.errors.push_back(error.add_context("rendering spec.template"));
    }
  }

  Value rendered_template(const Batch& batch, const Params& params) {
    const Value rendered =
        render_tree(batch.merged_template, template_shape, context_.engine, params, budget_);
    const Value* metadata = rendered.find("metadata");
    const Value known = metadata != nullptr ? *metadata : Value::map({});
    const Value* finalizers = known.find("finalizers");
    if (preserve_resources_ || (finalizers != nullptr && finalizers->size() > 0)) {
      return rendered;
    }
    return rendered.with(
        "metadata", known.with("finalizers", Value::list({Value::string(resources_finalizer)})));
  }

  // The Application's namespace is always its set's: a boundary that templates cannot cross.
  Value as_object(const Value& rendered) const {
    const Value whole = encoded(rendered, template_shape);
    const Value metadata = whole.find("metadata")->without("namespace");
    const std::string_view ns = set_.string_at({"metadata", "namespace"});
    return Value::map(
               {{"apiVersion", Value::string("argoproj.io/v1alpha1")},
                {"kind", Value::string("Application")},
                {"metadata", ns.empty() ? metadata : metadata.with("namespace", Value::string(ns))},
                {"spec", *whole.find("spec")}})
        .with_mark(rendered.mark());
  }

  const Value& set_;
  RenderBudget budget_;
  GeneratorContext context_;
  Value spec_;
  Value template_;
  bool preserve_resources_ = false;
  Generation generation_;
};

}  // namespace

std::string describe_set(const Value& application_set) {
  return "applicationset " +
         std::string(application_set.string_at({"metadata", "name"}, "without a name"));
}

Generation generate(const Value& application_set, const Fleet& fleet, const GeneratorInputs&) {
  return SetGenerator(application_set, fleet).run();
}

}  // namespace celldrift::fleet
