#include "celldrift/core/text.hpp"

#include "celldrift/core/error.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>

namespace celldrift {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  }
  return result;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    text += text.empty() && &part == &parts.front() ? part : std::string(separator) + part;
  }
  return text;
}

namespace {

struct OneOf {
  bool matches = false;
  std::size_t length = 0;  // of the pattern, 0 when there is no closing bracket
};

// "[a-z]", "[^a]", "[!a]" at the start of `pattern`.
OneOf match_class(std::string_view pattern, char c) {
  std::size_t at = 1;
  const bool negated = at < pattern.size() && (pattern[at] == '^' || pattern[at] == '!');
  at += negated;
  bool found = false;
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    const char low = pattern[at];
    char high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    found = found || (low <= c && c <= high);
    ++at;
  }
  return at < pattern.size() ? OneOf{found != negated, at + 1} : OneOf{};
}

// How many characters of the pattern match the one character; nothing when they do not.
std::optional<std::size_t> match_one(std::string_view pattern, char c) {
  if (pattern.empty()) {
    return std::nullopt;
  }
  if (pattern[0] == '?') {
    return 1;
  }
  if (pattern[0] == '[') {
    const OneOf one_of = match_class(pattern, c);
    if (one_of.length != 0) {
      return one_of.matches ? std::optional(one_of.length) : std::nullopt;
    }
  }
  if (pattern[0] == '\\' && pattern.size() > 1) {
    return pattern[1] == c ? std::optional<std::size_t>(2) : std::nullopt;
  }
  return pattern[0] == c ? std::optional<std::size_t>(1) : std::nullopt;
}

}  // namespace

// Only the last star is ever retried, so the cost is at most pattern × name.
bool glob_match(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::size_t> star;
  std::size_t star_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_name = n;
      continue;
    }
    if (const auto length = match_one(pattern.substr(p), name[n])) {
      p += *length;
      ++n;
    } else if (star) {
      p = *star;
      n = ++star_name;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string read_file(const std::string& path, std::size_t max_bytes) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw Error(ErrorCode::io, "cannot read " + path + ": " + std::strerror(errno));
  }
  std::string text;
  std::array<char, 1 << 16> chunk;
  while (file.read(chunk.data(), chunk.size()), file.gcount() > 0) {
    text.append(chunk.data(), std::size_t(file.gcount()));
    if (text.size() > max_bytes) {
      throw Error(ErrorCode::limit,
                  path + " is larger than " + std::to_string(max_bytes) + " bytes");
    }
  }
  if (file.bad()) {
    throw Error(ErrorCode::io, "cannot read " + path + ": " + std::strerror(errno));
  }
  return text;
}

namespace {

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? std::uint8_t(bytes[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j <= bytes.size() ? base64_digits[(group >> (18 - 6 * j)) & 63] : '=';
    }
  }
  return text;
}

bool base64_decode(std::string_view text, std::string& bytes) {
  std::string result;
  std::uint32_t group = 0;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      continue;
    }
    const std::size_t digit = base64_digits.find(c);
    if (c == '=' ? digits % 4 < 2 : digit == std::string_view::npos || padding != 0) {
      return false;
    }
    padding += c == '=';
    group = group << 6 | (c == '=' ? 0u : std::uint32_t(digit));
    if (++digits % 4 == 0) {
      for (std::size_t j = 0; j + padding < 3; ++j) {
        result += char(group >> (16 - 8 * j));
      }
      group = 0;
    }
  }
  if (digits % 4 != 0 || padding > 2) {
    return false;
  }
  bytes = std::move(result);
  return true;
}

}  // namespace celldrift
