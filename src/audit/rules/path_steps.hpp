// Paths that are texts again: as Path::text() and Path::pointer() write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// A field's name, or what stands in the brackets of a list's item ("name=app", "3").
struct PathStep {
  bool is_item = false;
  std::string text;
};

std::vector<PathStep> steps_of_text(std::string_view path_text);
// All of them fields: a pointer does not tell which are items.
std::vector<PathStep> steps_of_pointer(std::string_view pointer);

// Where the bracket that `text` starts with is closed: the place after its "]"; npos where it is
// not. A "]" counts only where a path may go on or end.
std::size_t end_of_bracket(std::string_view text);

// ["a.b/c"]: the name within; nothing changed for anything else.
bool is_quoted(std::string_view inside);
std::string_view unquoted(std::string_view inside);

}  // namespace celldrift::audit
