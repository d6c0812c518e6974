#include "audit/parity/opaque.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/core/clock.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::string_view hex = "0123456789abcdefABCDEF";
constexpr std::string_view base64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_.\n";

bool is_of(std::string_view text, std::string_view characters, std::size_t least) {
  return text.size() >= least && text.find_first_not_of(characters) == text.npos;
}

// 8-4-4-4-12 hex digits.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : hex.find(text[i]) == hex.npos) {
      return false;
    }
  }
  return true;
}

// Long runs without a blank: a name of that length would have words in it that dashes part, so it
// must have digits, and letters of both cases.
bool is_encoded(std::string_view text) {
  const auto any = [&](char first, char last) {
    return std::ranges::any_of(text, [&](char c) { return c >= first && c <= last; });
  };
  return is_of(text, base64, 40) && any('0', '9') && any('a', 'z') && any('A', 'Z');
}

struct Form {
  std::string_view name;
  bool (*is)(std::string_view text);
};
constexpr Form forms[] = {
    {"certificate", [](std::string_view text) { return text.starts_with("-----BEGIN "); }},
    {"hash", is_secret_hash},
    {"hash", [](std::string_view text) { return is_of(text, hex, 32); }},
    {"id", is_uuid},
    {"time", [](std::string_view text) { return parse_time(text).has_value(); }},
    {"data", is_encoded},
};

}  // namespace

std::string_view opaque_form(const Value& value) {
  if (!value.is_string()) {
    return "";
  }
  const auto found =
      std::ranges::find_if(forms, [&](const Form& form) { return form.is(value.as_string()); });
  return found == std::end(forms) ? "" : found->name;
}

}  // namespace celldrift::audit
