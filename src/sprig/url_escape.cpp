#include "sprig/url_escape.hpp"

#include "celldrift/gotemplate/format.hpp"
#include "sprig/go_errors.hpp"

namespace celldrift::sprig {
namespace {

// Besides letters, digits and "-_.~"; in the order of UrlPart.
constexpr std::string_view unescaped[] = {
    "$&+,/:;=@",
    "$&+,;=",
    "!$&'()*+,;=:[]<>\"",
    "!$&'()*+,;=:[]<>\"",
    "$&+,/:;=?@!()*",
};

bool needs_escape(char c, UrlPart part) {
  const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
  return !is_plain && unescaped[std::size_t(part)].find(c) == std::string_view::npos;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = char(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

[[noreturn]] void fail_escape(std::string_view escape) {
  fail("invalid URL escape " + gotemplate::quote(escape));
}

// `escape` is "%xx". In hosts only bytes past ASCII may be escaped; in zones what may stand there
// as it is, and a blank.
void check_allowed(std::string_view escape, char byte, UrlPart part) {
  if (escape == "%25") {
    return;
  }
  const bool is_ascii = static_cast<unsigned char>(byte) < 0x80;
  if ((part == UrlPart::host && is_ascii) ||
      (part == UrlPart::zone && byte != ' ' && needs_escape(byte, UrlPart::host))) {
    fail_escape(escape);
  }
}

char take_escape(std::string_view& rest, UrlPart part) {
  const int high = rest.size() > 2 ? hex_digit(rest[1]) : -1;
  const int low = rest.size() > 2 ? hex_digit(rest[2]) : -1;
  if (high < 0 || low < 0) {
    fail_escape(rest.substr(0, 3));
  }
  const char byte = char(high * 16 + low);
  check_allowed(rest.substr(0, 3), byte, part);
  rest.remove_prefix(3);
  return byte;
}

}  // namespace

std::string url_escape(std::string_view text, UrlPart part) {
  std::string result;
  for (const char c : text) {
    if (needs_escape(c, part)) {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
    } else {
      result += c;
    }
  }
  return result;
}

std::string url_unescape(std::string_view text, UrlPart part) {
  const bool is_host = part == UrlPart::host || part == UrlPart::zone;
  std::string result;
  while (!text.empty()) {
    const char c = text.front();
    if (c == '%') {
      result += take_escape(text, part);
      continue;
    }
    if (is_host && static_cast<unsigned char>(c) < 0x80 && needs_escape(c, part)) {
      fail("invalid character " + gotemplate::quote(text.substr(0, 1)) + " in host name");
    }
    result += c;
    text.remove_prefix(1);
  }
  return result;
}

}  // namespace celldrift::sprig
