#include "report/sides/nature.hpp"

#include "report/page/utf8.hpp"

#include <algorithm>
#include <string>

namespace celldrift::report {
namespace {

std::string without_carriage_returns(std::string_view text) {
  std::string result(text);
  std::erase(result, '\r');
  return result;
}

std::string_view without_last_line_ends(std::string_view text) {
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

std::string without_blanks(std::string_view text) {
  std::string result(text);
  std::erase_if(result, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return result;
}

// Blanks of every kind as " ", and nothing of what takes no room.
std::string as_seen(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character next = first_character(text);
    const char32_t point = next.point;
    const bool blank = point == 0xA0 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F ||
                       point == 0x205F || point == 0x3000;
    if (blank) {
      result += ' ';
    } else if (!is_invisible(point)) {
      result += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return result;
}

}  // namespace

std::string_view nature_of(std::string_view want, std::string_view have) {
  if (without_carriage_returns(want) == without_carriage_returns(have)) {
    const bool in_cell = std::ranges::count(have, '\r') > std::ranges::count(want, '\r');
    return in_cell ? "only line ends differ, CRLF in the cell"
                   : "only line ends differ, CRLF in Git";
  }
  if (without_last_line_ends(want) == without_last_line_ends(have)) {
    return "only line ends at the end differ";
  }
  if (without_blanks(want) == without_blanks(have)) {
    return "only blanks differ";
  }
  if (as_seen(want) == as_seen(have)) {
    return "only characters that cannot be seen differ";
  }
  return "";
}

}  // namespace celldrift::report
