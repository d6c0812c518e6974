// Base64 and base32, with Go's error texts in place of what cannot be decoded.
#include "celldrift/core/text.hpp"
#include "sprig/base64.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

#include <array>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::uint8_t none = 0xFF;

constexpr std::array<std::uint8_t, 256> decode_map(std::string_view alphabet) {
  std::array<std::uint8_t, 256> map{};
  map.fill(none);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    map[std::uint8_t(alphabet[i])] = std::uint8_t(i);
  }
  return map;
}

constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr auto base64_map =
    decode_map("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
constexpr auto base32_map = decode_map(base32_alphabet);

std::string illegal(std::string_view what, std::size_t at) {
  return "illegal " + std::string(what) + " data at input byte " + std::to_string(at);
}

// Appends the first `size` bytes of `bits`, whose `width` bytes are in order from the highest.
void append_bytes(std::string& result, std::uint64_t bits, std::size_t width, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    result += char(bits >> (8 * (width - 1 - i)));
  }
}

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

// Where there is anything but line ends from `at` on.
std::size_t after_line_ends(std::string_view s, std::size_t at) {
  while (at < s.size() && is_line_end(s[at])) {
    ++at;
  }
  return at;
}

// What follows a '=' at `at`, which stands for digit `place` of four: the byte that is wrong, if
// one is.
std::optional<std::size_t> wrong_padding(std::string_view s, std::size_t at, int place) {
  if (place < 2) {
    return at;
  }
  std::size_t next = after_line_ends(s, at + 1);
  if (place == 2) {
    if (next == s.size()) {
      return s.size();
    }
    if (s[next] != '=') {
      return next - 1;
    }
    next = after_line_ends(s, next + 1);
  }
  return next < s.size() ? std::optional(next) : std::nullopt;
}

}  // namespace

std::string decode_base64(std::string_view s) {
  std::string result;
  std::uint64_t bits = 0;
  int place = 0;
  for (std::size_t at = 0; at < s.size(); ++at) {
    const std::uint8_t digit = base64_map[std::uint8_t(s[at])];
    if (digit != none) {
      bits = bits << 6 | digit;
      if (++place == 4) {
        append_bytes(result, bits, 3, 3);
        bits = 0;
        place = 0;
      }
    } else if (s[at] == '=') {
      if (const auto wrong = wrong_padding(s, at, place)) {
        fail(illegal("base64", *wrong));
      }
      append_bytes(result, bits << (6 * (4 - place)), 3, std::size_t(place - 1));
      return result;
    } else if (!is_line_end(s[at])) {
      fail(illegal("base64", at));
    }
  }
  if (place != 0) {
    fail(illegal("base64", s.size() - std::size_t(place)));
  }
  return result;
}

namespace {

std::string base32_encoded(std::string_view s) {
  static constexpr std::size_t digits_of[] = {0, 2, 4, 5, 7, 8};  // by bytes in a group of five
  std::string result;
  for (; !s.empty(); s.remove_prefix(std::min<std::size_t>(5, s.size()))) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      bits = bits << 8 | (i < s.size() ? std::uint8_t(s[i]) : 0);
    }
    const std::size_t digits = digits_of[std::min<std::size_t>(5, s.size())];
    for (std::size_t i = 0; i < 8; ++i) {
      result += i < digits ? base32_alphabet[(bits >> (5 * (7 - i))) & 31] : '=';
    }
  }
  return result;
}

// The byte that is wrong about a '=' at `at` that ends a text after `place` digits of eight.
std::optional<std::size_t> wrong_base32_padding(std::string_view s,
                                                std::size_t at,
                                                std::size_t place) {
  const std::size_t left = s.size() - at - 1;
  if (left + place < 7) {
    return s.size();
  }
  for (std::size_t k = 0; k < 7 - place && k < left; ++k) {
    if (s[at + 1 + k] != '=') {
      return at + k;
    }
  }
  const bool possible = place != 3 && place != 6;
  return possible ? std::nullopt : std::optional(at);
}

std::string base32_decoded(std::string_view text) {
  static constexpr std::size_t bytes_of[] = {0, 0, 1, 0, 2, 3, 0, 4, 5};  // by digits of a group
  std::string s;
  for (const char c : text) {
    if (!is_line_end(c)) {
      s += c;
    }
  }
  std::string result;
  std::uint64_t bits = 0;
  std::size_t place = 0;
  for (std::size_t at = 0; at < s.size(); ++at) {
    if (s[at] == '=' && place >= 2 && s.size() - at - 1 < 8) {
      if (const auto wrong = wrong_base32_padding(s, at, place)) {
        return illegal("base32", *wrong);
      }
      append_bytes(result, bits << (5 * (8 - place)), 5, bytes_of[place]);
      return result;
    }
    const std::uint8_t digit = base32_map[std::uint8_t(s[at])];
    if (digit == none) {
      return illegal("base32", at);
    }
    bits = bits << 5 | digit;
    if (++place == 8) {
      append_bytes(result, bits, 5, 5);
      bits = 0;
      place = 0;
    }
  }
  return place == 0 ? result : illegal("base32", s.size() - place);
}

Any b64enc(const Call& call) {
  return call.heap.string(base64_encode(text(call, 0)));
}

Any b64dec(const Call& call) {
  try {
    return call.heap.string(decode_base64(text(call, 0)));
  } catch (const Error& error) {
    return call.heap.string(error.message());
  }
}

Any b32enc(const Call& call) {
  return call.heap.string(base32_encoded(text(call, 0)));
}

Any b32dec(const Call& call) {
  return call.heap.string(base32_decoded(text(call, 0)));
}

constexpr auto one_text = takes<string_type>;

constexpr Function table[] = {
    {"b32dec", one_text, false, &string_type, b32dec},
    {"b32enc", one_text, false, &string_type, b32enc},
    {"b64dec", one_text, false, &string_type, b64dec},
    {"b64enc", one_text, false, &string_type, b64enc},
};

}  // namespace

std::span<const Function> encoding_functions() {
  return table;
}

}  // namespace celldrift::sprig
