#include "celldrift/yaml/yaml.hpp"
#include "yaml/reader.hpp"
#include "yaml/utf8.hpp"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

namespace celldrift::yaml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// An input stream over a text, without a copy of it.
class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // streams read through it and never write
    setg(begin, begin, begin + text.size());
  }
};

// YAML is read at some ten megabytes a second, JSON ten times as fast. Argo CD takes 10 MB of
// manifests.
constexpr std::size_t longest_document = 32u << 20;

void check_size(std::string_view text, const Options& options) {
  const std::size_t most = std::min(options.budget.text_bytes, longest_document);
  if (text.size() > most) {
    throw Error(ErrorCode::limit,
                "a YAML document of " + std::to_string(text.size()) +
                    " bytes is over the limit of " + std::to_string(most),
                Mark{options.source, 0, 0});
  }
}

void check_characters(std::string_view text, std::uint32_t first_line, const Options& options) {
  if (const auto offset = find_forbidden(text)) {
    throw Error(ErrorCode::parse,
                std::string(why_forbidden(text.substr(*offset))),
                Locator(text, options.source, first_line).at(*offset));
  }
}

// CR LF and CR as LF: lines and columns stay what they were.
std::string with_line_feeds(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      result += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      result += '\n';
    }
  }
  return result;
}

Document read_lines(std::string_view text, std::uint32_t first_line, const Options& options);

Document read(std::string_view text, std::uint32_t first_line, const Options& options) {
  check_size(text, options);
  text.remove_prefix(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  check_characters(text, first_line, options);
  return text.find('\r') == std::string_view::npos
             ? read_lines(text, first_line, options)
             : read_lines(with_line_feeds(text), first_line, options);
}

struct Explained {
  std::string_view message;  // yaml-cpp's
  std::string_view meaning;
};

// What to do about the commonest mistakes.
std::string explain(const std::string& message) {
  static constexpr Explained table[] = {
      {"illegal map value", "a \":\" where none may stand; quote a text that has \": \" in it"},
      {"illegal map key", "a key where none may stand; begin it on a new line"},
      {"illegal block entry", "a \"- \" where no list may begin; begin it on a new line"},
      {"end of map not found", "a line is indented as none before it, or lacks its \":\""},
      {"end of sequence not found", "a line is indented as none before it, or lacks its \"- \""},
      {"end of map flow not found", "a \"{\" lacks its \"}\", or a \",\" is missing"},
      {"end of sequence flow not found", "a \"[\" lacks its \"]\", or a \",\" is missing"},
      {"illegal flow end", "a \"]\" or \"}\" that ends nothing"},
      {"illegal EOF in scalar", "a quoted text has no end"},
      {"unknown token", "a character that no text may begin with; quote it"},
  };
  const auto* const known =
      std::ranges::find(table, std::string_view(message), &Explained::message);
  return known == std::end(table) ? message : std::string(known->meaning);
}

Document read_lines(std::string_view text, std::uint32_t first_line, const Options& options) {
  Reader reader(text, first_line, options);
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(reader);
  } catch (const YAML::DeepRecursion& error) {
    throw Error(ErrorCode::limit, "nested too deeply", reader.mark_at(std::size_t(error.mark.pos)));
  } catch (const YAML::Exception& error) {
    const Mark mark = error.mark.pos < 0 ? Mark{options.source, 0, 0}
                                         : reader.mark_at(std::size_t(error.mark.pos));
    throw Error(ErrorCode::parse, "not valid YAML: " + explain(error.msg), mark);
  }
  return reader.take();
}

}  // namespace

Document parse(std::string_view text, const Options& options) {
  const bool is_wide =
      text.starts_with('\0') || text.starts_with('\xFE') || text.starts_with('\xFF');
  return is_wide ? read(to_utf8(text), 1, options) : read(text, 1, options);
}

Document parse(const Piece& piece, const Options& options) {
  if (piece.broken_separator) {
    throw Error(ErrorCode::parse,
                "only a comment may follow a separator line's \"---\"",
                Mark{options.source, piece.first_line, 1});
  }
  return read(piece.text, piece.first_line, options);
}

}  // namespace celldrift::yaml
