#include "fleet/templates/application_template.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/shapes/application_shape.hpp"
#include "fleet/shapes/set_fields.hpp"
#include "fleet/templates/template_patch.hpp"

namespace celldrift::fleet {
namespace {

constexpr std::string_view resources_finalizer = "resources-finalizer.argocd.argoproj.io";
constexpr std::string_view empty_when_missing[] = {"labels", "annotations", "finalizers"};

}  // namespace

Value shown_metadata(const Rendered& rendered) {
  Value::Map entries;
  for (const std::string_view key : empty_when_missing) {
    const Value* stated = rendered.stated.find({"metadata", key});
    entries.push_back({key,
                       stated != nullptr     ? *stated
                       : !rendered.has_empty ? Value::null()
                       : key == "finalizers" ? Value::list({})
                                             : Value::map({})});
  }
  return Value::map(std::move(entries));
}

ApplicationTemplate::ApplicationTemplate(const Value& spec) {
  const Value* base = stated(spec, "template");
  if (base == nullptr) {
    throw Error(ErrorCode::config, "spec.template is missing", spec.mark());
  }
  base_ = checked(*base, template_shape, "spec.template");
  if (const Value* patch = stated(spec, "templatePatch")) {
    patch_ = checked(*patch, string_shape, "spec.templatePatch");
  }
  if (const Value* policy = stated(spec, "syncPolicy")) {
    preserve_resources_ = flag(*policy, "preserveResourcesOnDeletion", "spec.syncPolicy");
  }
}

Value ApplicationTemplate::merged_with(const Value* own) const {
  return filled(own != nullptr ? *own : Value::map({}), base_, template_shape);
}

Value ApplicationTemplate::with_finalizer(const Value& rendered) const {
  const Value* metadata = rendered.find("metadata");
  const Value known = metadata != nullptr ? *metadata : Value::map({});
  const Value* finalizers = known.find("finalizers");
  if (preserve_resources_ || (finalizers != nullptr && finalizers->size() > 0)) {
    return rendered;
  }
  static const Value own_finalizers = Value::list({Value::string(resources_finalizer)});
  return rendered.with("metadata", known.with("finalizers", own_finalizers));
}

Rendered ApplicationTemplate::render(const Value& merged,
                                     const Params& params,
                                     TemplateEngine& engine,
                                     RenderBudget& budget) const {
  const Value application =
      params.empty() ? merged
                     : with_finalizer(render_tree(merged, template_shape, engine, params, budget));
  if (!patch_) {
    return {encoded(application, template_shape), application, !params.empty()};
  }
  engine.check_options();
  std::string text;
  try {
    text = engine.render(patch_->as_string(), params);
  } catch (Error& error) {
    throw error.add_context("error replacing values in templatePatch").at(patch_->mark());
  }
  budget.spend(text.size());
  const Value result = patched(encoded(application, template_shape), text, patch_->mark());
  return {encoded(result, template_shape), result};
}

}  // namespace celldrift::fleet
