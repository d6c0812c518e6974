// Template engines: how a text with tags and a set of parameters become a text.
#pragma once

#include "fleet/params.hpp"
#include "fleet/shapes/shape.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// What one ApplicationSet's expansion may still write. Guards against sets that are small but
// expand to gigabytes.
class RenderBudget {
 public:
  explicit RenderBudget(std::size_t bytes = 256u << 20) : left_(bytes) {}
  // Throws Error(limit) when it is used up.
  void spend(std::size_t bytes);

 private:
  std::size_t left_;
};

class TemplateEngine {
 public:
  virtual ~TemplateEngine() = default;
  // Called before anything is rendered, also where nothing has a tag: Argo CD makes a template of
  // every text, so an option that Go does not know fails whatever the texts say.
  virtual void check_options() const {}
  // Throws Error(config) for a text that is no template, or that fails with these parameters.
  virtual std::string render(std::string_view text, const Params& params) = 0;
  // Nothing when a parameter that the text names is missing.
  virtual std::optional<std::string> render_if_known(std::string_view text,
                                                     const Params& params) = 0;
};

// `goTemplate: false`: "{{ key }}" becomes the parameter's text; tags that name no text stay as
// written.
std::unique_ptr<TemplateEngine> fasttemplate();

// `goTemplate: true`: each text is a Go template named "base", compiled once. `options` are
// goTemplateOptions, strings. Values that templates make and that outlive one Application live in
// `heap`.
std::unique_ptr<TemplateEngine> go_templates(Value::List options, gotemplate::Heap& heap);

// One piece of a fasttemplate text: literal text, or a tag with the key that it names.
struct TemplatePiece {
  std::string_view text;  // as written, braces included
  std::string_view key;   // of a tag, without blanks
  bool is_tag = false;
};
// Gives the pieces of `text` in order.
void for_each_piece(std::string_view text, const std::function<void(const TemplatePiece&)>& take);

// Renders every string and every map key of a checked() tree, in the order in which Go visits
// them: fields as declared, a map's entries by key, each value before its key. A `values` map of a
// generator (generator_values_shape) keeps the texts that name parameters which are not there.
// Values that hold no tag are shared with the template.
Value render_tree(const Value& tree,
                  const Shape& shape,
                  TemplateEngine& engine,
                  const Params& params,
                  RenderBudget& budget);

}  // namespace celldrift::fleet
