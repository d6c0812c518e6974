// PlainFields: the Go templates that most texts of ApplicationSets are, which need no run.
#pragma once

#include "celldrift/gotemplate/any.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// A text of nothing but literal text and fields ("{{.name}}-{{ .path.basename }}").
class PlainFields {
 public:
  // Nothing for a text that says more, or that may be no template at all. A copy of the text is
  // kept.
  static std::optional<PlainFields> of(std::string_view text);

  // What text/template makes of it, where each field is a string in maps of strings or of anything.
  // Nothing where one is missing or something else, for then options count, or it takes more than
  // `max_bytes`. Changes nothing.
  std::optional<std::string> render(const gotemplate::Any& dot, std::size_t max_bytes) const;

 private:
  struct Piece {
    std::string literal;             // where there are no names
    std::vector<std::string> names;  // "path", "basename"
  };
  std::vector<Piece> pieces_;
};

}  // namespace celldrift::fleet
