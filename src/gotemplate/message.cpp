#include "gotemplate/message.hpp"

#include "celldrift/gotemplate/format.hpp"

#include <vector>

namespace celldrift::gotemplate {

std::string message(std::string_view format, std::initializer_list<std::string_view> texts) {
  std::vector<Any> arguments;
  for (const std::string_view text : texts) {
    arguments.push_back(Any::string(text));
  }
  return sprintf(format, arguments);
}

std::string escape_percent(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result.append(c == '%' ? 2 : 1, c);
  }
  return result;
}

}  // namespace celldrift::gotemplate
