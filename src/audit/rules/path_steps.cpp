#include "audit/rules/path_steps.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

std::string unescaped(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const std::string_view pair = token.substr(i, 2);
    name += pair == "~1" ? '/' : pair == "~0" ? '~' : token[i];
    i += pair == "~1" || pair == "~0" ? 1 : 0;
  }
  return name;
}

}  // namespace

bool is_quoted(std::string_view inside) {
  return inside.size() > 1 && inside.front() == '"' && inside.back() == '"';
}

std::string_view unquoted(std::string_view inside) {
  return is_quoted(inside) ? inside.substr(1, inside.size() - 2) : inside;
}

std::size_t end_of_bracket(std::string_view text) {
  const std::string_view close = text.substr(0, 2) == "[\"" ? "\"]" : "]";
  std::size_t at = text.find(close, close.size());
  while (at != std::string_view::npos) {
    const std::size_t end = at + close.size();
    if (end == text.size() || text[end] == '.' || text[end] == '[') {
      return end;
    }
    at = text.find(close, at + 1);
  }
  return std::string_view::npos;
}

std::vector<PathStep> steps_of_text(std::string_view path_text) {
  std::vector<PathStep> steps;
  std::size_t at = 0;
  while (at < path_text.size()) {
    const std::string_view rest = path_text.substr(at);
    if (rest.front() == '[') {
      const std::size_t end = std::min(end_of_bracket(rest), rest.size());
      const std::string_view inside = rest.substr(1, end < 2 ? 0 : end - 2);
      steps.push_back({.is_item = !is_quoted(inside), .text = std::string(unquoted(inside))});
      at += end;
    } else {
      const std::size_t begin = rest.front() == '.' ? 1 : 0;
      const std::size_t end = std::min(rest.find_first_of(".[", begin), rest.size());
      steps.push_back({.text = std::string(rest.substr(begin, end - begin))});
      at += end;
    }
  }
  return steps;
}

std::vector<PathStep> steps_of_pointer(std::string_view pointer) {
  std::vector<PathStep> steps;
  if (pointer.empty()) {
    return steps;
  }
  for (const std::string_view token : split(pointer.substr(1), '/')) {
    steps.push_back({.text = unescaped(token)});
  }
  return steps;
}

}  // namespace celldrift::audit
