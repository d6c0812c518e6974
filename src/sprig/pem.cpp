#include "sprig/pem.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "sprig/base64.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";
constexpr std::string_view end_mark = "\n-----END ";
constexpr std::string_view end_of_line = "-----";

// Takes a line, its end and blanks before that end.
std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  while (!line.empty() && std::string_view(" \t\r").find(line.back()) != std::string_view::npos) {
    line.remove_suffix(1);
  }
  return line;
}

// Takes lines of the form "name: value". Returns whether there was one.
bool take_headers(std::string_view& rest) {
  bool any = false;
  while (!rest.empty()) {
    auto next = rest;
    if (take_line(next).find(':') == std::string_view::npos) {
      break;
    }
    rest = next;
    any = true;
  }
  return any;
}

std::string without_blanks(std::string_view text) {
  std::string result;
  std::ranges::copy_if(
      text, std::back_inserter(result), [](char c) { return c != ' ' && c != '\t'; });
  return result;
}

// `rest` starts behind "-----BEGIN ", and `body_end` of its bytes precede "\n-----END ".
std::optional<PemBlock> read_block(std::string_view rest, std::size_t body_end) {
  const auto end_line = rest.substr(body_end + end_mark.size());
  auto type = take_line(rest);
  if (!type.ends_with(end_of_line)) {
    return std::nullopt;
  }
  type.remove_suffix(end_of_line.size());
  const bool has_headers = take_headers(rest);
  // The end mark starts with a line end, which of an empty body is that of the line before.
  const auto tail = end_line.size() + end_mark.size();
  if (has_headers && rest.size() < tail) {
    return std::nullopt;
  }
  auto trailer = end_line;
  if (!trailer.starts_with(type) || !trailer.substr(type.size()).starts_with(end_of_line)) {
    return std::nullopt;
  }
  trailer.remove_prefix(type.size() + end_of_line.size());
  if (!take_line(trailer).empty()) {
    return std::nullopt;
  }
  try {
    const auto body = rest.size() > tail ? rest.substr(0, rest.size() - tail) : std::string_view{};
    return PemBlock{std::string(type), decode_base64(without_blanks(body))};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<PemBlock> decode_pem(std::string_view text) {
  while (true) {
    const auto end = text.find(end_mark);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const auto begin = text.substr(0, end).rfind(begin_mark);
    if (begin != std::string_view::npos && (begin == 0 || text[begin - 1] == '\n')) {
      const auto start = begin + begin_mark.size();
      if (auto block = read_block(text.substr(start), end - start)) {
        return block;
      }
    }
    text.remove_prefix(end + end_mark.size());
  }
}

std::string encode_pem(const PemBlock& block) {
  const auto body = base64_encode(block.bytes);
  std::string text = "-----BEGIN " + block.type + "-----\n";
  for (std::size_t i = 0; i < body.size(); i += 64) {
    text += body.substr(i, 64) + "\n";
  }
  return text + "-----END " + block.type + "-----\n";
}

}  // namespace celldrift::sprig
