#include "celldrift/yaml/yaml.hpp"
#include "yaml/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::yaml {
namespace {

constexpr std::string_view separator = "---";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Go's reader trims any of Unicode's spaces behind a separator.
bool only_comment_follows(std::string_view rest) {
  while (!rest.empty()) {
    const Decoded first = decode_utf8(rest);
    if (first.length == 0 || !is_space(first.point)) {
      return rest[0] == '#';
    }
    rest.remove_prefix(first.length);
  }
  return true;
}

std::string_view line_at(std::string_view text, std::size_t start) {
  const std::size_t end = text.find('\n', start);
  return text.substr(start, end == std::string_view::npos ? end : end + 1 - start);
}

}  // namespace

// As the YAMLReader of k8s.io/apimachinery: a separator ends what came before it and is dropped;
// one at the very start stays in its document, which does no harm.
std::vector<Piece> split_documents(std::string_view text) {
  text.remove_prefix(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  std::vector<Piece> pieces;
  std::size_t start = 0;
  std::uint32_t first_line = 1;
  std::uint32_t line_number = 1;
  for (std::size_t at = 0; at < text.size(); ++line_number) {
    const std::string_view line = line_at(text, at);
    const std::size_t next = at + line.size();
    if (line.starts_with(separator)) {
      if (at != start) {
        pieces.push_back({.text = text.substr(start, at - start), .first_line = first_line});
      }
      if (!only_comment_follows(line.substr(separator.size()))) {
        pieces.push_back(
            {.text = text.substr(at), .first_line = line_number, .broken_separator = true});
        return pieces;
      }
      if (at != start) {
        start = next;
        first_line = line_number + 1;
      }
    }
    at = next;
  }
  if (start < text.size()) {
    pieces.push_back({.text = text.substr(start), .first_line = first_line});
  }
  return pieces;
}

Stream parse_stream(std::string_view text, const Options& options) {
  Stream stream;
  for (const Piece& piece : split_documents(text)) {
    Document document = parse(piece, options);
    if (!document.value.is_null()) {
      stream.documents.push_back(std::move(document.value));
    }
    std::ranges::move(document.warnings, std::back_inserter(stream.warnings));
  }
  return stream;
}

}  // namespace celldrift::yaml
