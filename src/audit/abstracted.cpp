#include "celldrift/audit/versions.hpp"

namespace celldrift::audit {
namespace {

bool is_border(char c) {
  return c == '-' || c == '.';
}

// Where `word` stands in `name` between borders, at or after `from`.
std::size_t find_word(std::string_view name, std::string_view word, std::size_t from) {
  for (std::size_t at = name.find(word, from); at != name.npos; at = name.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || is_border(name[at - 1])) && (end == name.size() || is_border(name[end]))) {
      return at;
    }
  }
  return name.npos;
}

}  // namespace

bool has_word(std::string_view name, std::string_view word) {
  return !word.empty() && find_word(name, word, 0) != name.npos;
}

std::string abstracted(std::string_view name,
                       std::string_view application,
                       std::string_view component) {
  const std::size_t at = application.empty() ? name.npos : find_word(name, application, 0);
  if (at == name.npos) {
    return std::string(name);
  }
  return std::string(name.substr(0, at)) + std::string(component) +
         std::string(name.substr(at + application.size()));
}

}  // namespace celldrift::audit
