// From a template and a set of parameters to an Application.
#pragma once

#include "fleet/templates/template_engine.hpp"

#include <optional>

namespace celldrift::fleet {

struct Rendered {
  Value application;  // {metadata, spec} as Go's encoder writes the struct
  Value stated;       // the same with the empty maps and lists that the encoder leaves out
  // What Go has in place of labels, annotations and finalizers that are not stated: the empty maps
  // and lists of rendering, or nil.
  bool has_empty = false;
};

// {labels, annotations, finalizers} as Go prints them: null, or empty, where Go has it so.
Value shown_metadata(const Rendered& rendered);

// What spec says about every Application of a set.
class ApplicationTemplate {
 public:
  // `spec` is the ApplicationSet's. Throws Error(config) where it cannot be read.
  explicit ApplicationTemplate(const Value& spec);

  const Value& base() const { return base_; }
  // spec.template with a generator's own template written over it; nullptr: it has none.
  Value merged_with(const Value* own) const;
  // As Argo CD's RenderTemplateParams and applyTemplatePatch. Throws the Error that Argo CD would
  // report.
  Rendered render(const Value& merged,
                  const Params& params,
                  TemplateEngine& engine,
                  RenderBudget& budget) const;

 private:
  Value with_finalizer(const Value& rendered) const;

  Value base_;
  std::optional<Value> patch_;  // a string
  bool preserve_resources_ = false;
};

}  // namespace celldrift::fleet
