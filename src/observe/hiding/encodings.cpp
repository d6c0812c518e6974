#include "observe/hiding/encodings.hpp"

#include "celldrift/core/text.hpp"
#include "observe/hiding/looks.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_base64_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
         c == '/' || c == '-' || c == '_';
}

std::string_view without_padding(std::string_view text) {
  for (int i = 0; i < 2 && text.ends_with('='); ++i) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace

std::size_t base64_length(std::string_view text) {
  return without_padding(text).size() * 3 / 4;
}

bool from_base64(std::string_view text, std::string& bytes) {
  const std::string_view digits = without_padding(text);
  if (base64_length(text) < least_secret_bytes || digits.size() % 4 == 1 ||
      !std::ranges::all_of(digits, is_base64_digit)) {
    return false;
  }
  std::string standard(digits);
  std::ranges::replace(standard, '-', '+');
  std::ranges::replace(standard, '_', '/');
  standard.append((4 - standard.size() % 4) % 4, '=');
  if (!base64_decode(standard, bytes)) {
    return false;
  }
  // Many a value in a Secret ends in a line end that nobody meant.
  bytes.erase(bytes.find_last_not_of("\r\n") + 1);
  return true;
}

bool from_percents(std::string_view text, std::string& bytes) {
  if (text.find('%') == text.npos) {
    return false;
  }
  bytes.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                        digit_of(text[i + 2]) >= 0;
    bytes += escape ? char(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2])) : text[i];
    i += escape ? 2 : 0;
  }
  return true;
}

}  // namespace celldrift::observe
