#include "celldrift/core/error.hpp"
#include "fleet/template_engine.hpp"

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

// Go's unicode.IsSpace, which strings.TrimSpace uses.
std::string_view trim_blanks(std::string_view text) {
  static constexpr std::string_view blanks[] = {
      " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u0085", "\u00a0", "\u1680",
      "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
      "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : blanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

class FastTemplate final : public TemplateEngine {
 public:
  std::string render(std::string_view text, const Params& params) const override {
    std::string result;
    for_each_piece(text, [&](const TemplatePiece& piece) {
      const Value* value = piece.key.empty() ? nullptr : params.text(piece.key);
      result += value != nullptr ? value->as_string() : piece.text;
      if (result.size() > max_rendered_bytes) {
        throw Error(ErrorCode::limit, "a rendered text is longer than 16 MiB");
      }
    });
    return result;
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
          trim_blanks(text.substr(open + 2, close - open - 2)),
          true});
    text.remove_prefix(close + 2);
  }
  take({text, "", false});
}

const TemplateEngine& fasttemplate() {
  static const FastTemplate engine;
  return engine;
}

}  // namespace celldrift::fleet
