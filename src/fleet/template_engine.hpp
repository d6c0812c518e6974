// Template engines: how a text with tags and a set of parameters become a text.
#pragma once

#include "fleet/params.hpp"
#include "fleet/shape.hpp"

#include <functional>
#include <string>
#include <string_view>

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
  // Throws Error(config) for a text that is no template.
  virtual std::string render(std::string_view text, const Params& params) const = 0;
};

// `goTemplate: false`: "{{ key }}" becomes the parameter's text; tags that name no text stay as
// written.
const TemplateEngine& fasttemplate();

// One piece of a fasttemplate text: literal text, or a tag with the key that it names.
struct TemplatePiece {
  std::string_view text;  // as written, braces included
  std::string_view key;   // of a tag, without blanks
  bool is_tag = false;
};
// Gives the pieces of `text` in order.
void for_each_piece(std::string_view text, const std::function<void(const TemplatePiece&)>& take);

// Renders every string and every map key of a checked() tree. Values that hold no tag are shared
// with the template.
Value render_tree(const Value& tree,
                  const Shape& shape,
                  const TemplateEngine& engine,
                  const Params& params,
                  RenderBudget& budget);

}  // namespace celldrift::fleet
