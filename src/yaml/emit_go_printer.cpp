#include "yaml/emit_go_printer.hpp"

#include "yaml/utf8.hpp"

namespace celldrift::yaml {
namespace {

struct Escape {
  char32_t point;
  char letter;
};

constexpr Escape escapes[] = {
    {0x00, '0'},
    {0x07, 'a'},
    {0x08, 'b'},
    {0x09, 't'},
    {0x0A, 'n'},
    {0x0B, 'v'},
    {0x0C, 'f'},
    {0x0D, 'r'},
    {0x1B, 'e'},
    {'"', '"'},
    {'\\', '\\'},
    {0x85, 'N'},
    {0xA0, '_'},
    {0x2028, 'L'},
    {0x2029, 'P'},
};

std::string escape_sequence(char32_t point) {
  for (const Escape& row : escapes) {
    if (row.point == point) {
      return {'\\', row.letter};
    }
  }
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string text = point <= 0xFF ? "\\x" : point <= 0xFFFF ? "\\u" : "\\U";
  for (int shift = point <= 0xFF ? 4 : point <= 0xFFFF ? 12 : 28; shift >= 0; shift -= 4) {
    text += digits[(point >> shift) & 15];
  }
  return text;
}

bool is_space(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] == ' ';
}

// The indicators after "|": an indentation where the text begins with a blank or a line end, and
// how it ends.
std::string literal_hints(std::string_view text) {
  std::string hints = text[0] == ' ' || break_length(text, 0) != 0 ? "2" : "";
  std::size_t last = 0;
  std::size_t before = std::string_view::npos;
  for (std::size_t at = 0; at < text.size(); at += character_length(text[at])) {
    before = at == 0 ? before : last;
    last = at;
  }
  if (break_length(text, last) == 0) {
    return hints + "-";
  }
  const bool keeps = before == std::string_view::npos || break_length(text, before) != 0;
  return keeps ? hints + "+" : hints;
}

}  // namespace

void GoPrinter::copy(std::string_view text, std::size_t& at) {
  const std::size_t length = character_length(text[at]);
  out_ += text.substr(at, length);
  ++column_;
  at += length;
}

void GoPrinter::line_end() {
  out_ += '\n';
  column_ = 0;
}

void GoPrinter::copy_break(std::string_view text, std::size_t& at) {
  copy(text, at);
  column_ = 0;
}

void GoPrinter::indicator(std::string_view text, Spaced spaced, Indents indents) {
  if (spaced == Spaced::yes && !whitespace_) {
    put(' ');
  }
  for (const char c : text) {
    put(c);
  }
  whitespace_ = false;
  indention_ = indention_ && indents == Indents::yes;
}

void GoPrinter::indent(int column) {
  if (!indention_ || column_ > column || (column_ == column && !whitespace_)) {
    line_end();
  }
  while (column_ < column) {
    put(' ');
  }
  whitespace_ = true;
  indention_ = true;
}

void GoPrinter::plain(std::string_view text, int column, Fold fold) {
  if (!whitespace_) {
    put(' ');
  }
  bool spaces = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool space = is_space(text, at);
    if (space && fold == Fold::yes && !spaces && is_wide() && !is_space(text, at + 1)) {
      indent(column);
      ++at;
    } else {
      copy(text, at);
    }
    indention_ = indention_ && space;
    spaces = space;
  }
  whitespace_ = false;
  indention_ = false;
}

void GoPrinter::single_quoted(std::string_view text, int column, Fold fold) {
  indicator("'", Spaced::yes, Indents::no);
  bool spaces = false;
  bool breaks = false;
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text, at)) {
      const bool inside = at > 0 && at + 1 < text.size();
      if (fold == Fold::yes && !spaces && is_wide() && inside && !is_space(text, at + 1)) {
        indent(column);
        ++at;
      } else {
        copy(text, at);
      }
      spaces = true;
      continue;
    }
    if (break_length(text, at) != 0) {  // U+2028 and U+2029: others are written otherwise
      copy_break(text, at);
      indention_ = true;
      breaks = true;
      continue;
    }
    if (breaks) {
      indent(column);
    }
    if (text[at] == '\'') {
      put('\'');
    }
    copy(text, at);
    indention_ = false;
    spaces = false;
    breaks = false;
  }
  indicator("'", Spaced::no, Indents::no);
}

void GoPrinter::escape(std::string_view text, std::size_t& at) {
  const Decoded next = decode_utf8(text.substr(at));
  const std::string sequence = escape_sequence(next.point);
  out_ += sequence;
  column_ += int(sequence.size());
  at += next.length;
}

void GoPrinter::double_quoted(std::string_view text, int column, Fold fold) {
  // go-yaml looks for a byte-order mark at the text's beginning whichever character it is at, and
  // so escapes them all.
  const bool escape_all = text.starts_with("\xEF\xBB\xBF");
  indicator("\"", Spaced::yes, Indents::no);
  bool spaces = false;
  for (std::size_t at = 0; at < text.size();) {
    if (escape_all || !is_shown(text, at) || break_length(text, at) != 0 || text[at] == '"' ||
        text[at] == '\\') {
      escape(text, at);
      spaces = false;
      continue;
    }
    const bool space = text[at] == ' ';
    const bool inside = at > 0 && at + 1 < text.size();
    if (space && fold == Fold::yes && !spaces && is_wide() && inside) {
      indent(column);
      if (is_space(text, at + 1)) {
        put('\\');
      }
      ++at;
    } else {
      copy(text, at);
    }
    spaces = space;
  }
  indicator("\"", Spaced::no, Indents::no);
}

void GoPrinter::literal(std::string_view text, int column) {
  indicator("|", Spaced::yes, Indents::no);
  indicator(literal_hints(text), Spaced::no, Indents::no);
  line_end();
  indention_ = true;
  whitespace_ = true;
  bool breaks = true;
  for (std::size_t at = 0; at < text.size();) {
    if (break_length(text, at) != 0) {
      copy_break(text, at);
      indention_ = true;
      breaks = true;
      continue;
    }
    if (breaks) {
      indent(column);
    }
    copy(text, at);
    indention_ = false;
    breaks = false;
  }
}

}  // namespace celldrift::yaml
