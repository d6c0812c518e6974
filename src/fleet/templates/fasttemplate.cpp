#include "celldrift/core/error.hpp"
#include "celldrift/core/utf8.hpp"
#include "fleet/templates/template_engine.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_rendered_bytes = 16u << 20;

// Argo CD looks for the regular expression `.*{{.*}}.*` first, and "." stops at a line's end: a
// text whose tags all span lines is no template, and an unclosed "{{" alone is no error.
bool has_tag_on_one_line(std::string_view text) {
  for (std::size_t open = text.find("{{"); open != std::string_view::npos;) {
    const std::size_t line_end = std::min(text.find('\n', open), text.size());
    if (text.substr(open + 2, line_end - std::min(open + 2, line_end)).find("}}") !=
        std::string_view::npos) {
      return true;
    }
    open = text.find("{{", line_end);
  }
  return false;
}

class FastTemplate final : public TemplateEngine {
 public:
  std::string render(std::string_view text, const Params& params) override {
    std::string result;
    for_each_piece(text, [&](const TemplatePiece& piece) {
      const auto value = piece.key.empty() ? std::nullopt : params.text(piece.key);
      result += value ? *value : piece.text;
      if (result.size() > max_rendered_bytes) {
        throw Error(ErrorCode::limit, "a rendered text is longer than 16 MiB");
      }
    });
    return result;
  }

  // Tags that name no text stay, to be resolved later.
  std::optional<std::string> render_if_known(std::string_view text, const Params& params) override {
    return render(text, params);
  }
};

}  // namespace

void for_each_piece(std::string_view text, const std::function<void(const TemplatePiece&)>& take) {
  if (!has_tag_on_one_line(text)) {
    return take({text, "", false});
  }
  for (std::size_t open = text.find("{{"); open != std::string_view::npos; open = text.find("{{")) {
    const std::size_t close = text.find("}}", open + 2);
    if (close == std::string_view::npos) {
      throw Error(
          ErrorCode::config,
          "invalid template: no \"}}\" after \"" + std::string(text.substr(open, 60)) + "\"");
    }
    take({text.substr(0, open), "", false});
    take({text.substr(open, close + 2 - open),
          utf8::trim_space(text.substr(open + 2, close - open - 2)),
          true});
    text.remove_prefix(close + 2);
  }
  take({text, "", false});
}

std::unique_ptr<TemplateEngine> fasttemplate() {
  return std::make_unique<FastTemplate>();
}

}  // namespace celldrift::fleet
