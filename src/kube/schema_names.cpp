#include "kube/schema_names.hpp"

namespace celldrift::kube {
namespace {

// What ends a name, or begins a type, anywhere in the text.
constexpr std::string_view escaped = "%,[]{}<>?=@";
constexpr std::string_view digits = "0123456789ABCDEF";

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) <= ' ' || escaped.find(c) != std::string_view::npos;
}

}  // namespace

bool is_structure_name(std::string_view text) {
  return text.find_first_of("[]{}<>?") == std::string_view::npos &&
         text.find_first_of(".@") != std::string_view::npos;
}

std::string escape_name(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (needs_escape(c)) {
      const auto byte = static_cast<unsigned char>(c);
      text += {'%', digits[byte >> 4], digits[byte & 15]};
    } else {
      text += c;
    }
  }
  return text;
}

std::string unescape_name(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high =
        text[i] == '%' && i + 2 < text.size() ? digits.find(text[i + 1]) : std::string_view::npos;
    const auto low =
        high != std::string_view::npos ? digits.find(text[i + 2]) : std::string_view::npos;
    if (low == std::string_view::npos) {
      name += text[i];
      continue;
    }
    name += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return name;
}

}  // namespace celldrift::kube
