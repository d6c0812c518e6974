#include "report/page/page.hpp"

#include "celldrift/core/error.hpp"
#include "report/page/utf8.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

// A tab's width depends on where it stands, so it is spelled out.
std::string safe(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    result += c == '\t' ? "\\t" : std::string(1, c);
  }
  return result;
}

std::size_t width_of(const Line& parts) {
  std::size_t width = 0;
  for (const Span& part : parts) {
    width += columns(part.text);
  }
  return width;
}

}  // namespace

std::string_view escape_of(Style style) {
  static constexpr std::string_view escapes[] = {
      "", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[32m", "\x1b[36m"};
  return escapes[std::size_t(style)];
}

Page::Page(std::size_t width, Colour colour)
    : width_(std::max<std::size_t>(width, 40)), colour_(colour) {}

// Spans that touch without a blank between them stay one word.
std::vector<Page::Word> Page::words_of(const Line& line) {
  std::vector<Word> words(1);
  for (const Span& span : line) {
    const std::string text = safe(span.text);
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
      if (blanks > 0) {
        words.push_back({.blanks = blanks, .parts = {}});
        rest.remove_prefix(blanks);
      }
      const std::size_t end = std::min(rest.find(' '), rest.size());
      words.back().parts.push_back({std::string(rest.substr(0, end)), span.style});
      rest.remove_prefix(end);
    }
  }
  return words;
}

void Page::set_style(Style style) {
  if (colour_ == Colour::no || style == style_) {
    return;
  }
  text_ += style_ == Style::plain ? "" : "\x1b[0m";
  text_ += escape_of(style);
  style_ = style;
}

void Page::put(const Span& part) {
  set_style(part.style);
  text_ += part.text;
  used_ += columns(part.text);
}

void Page::break_line(std::size_t indent) {
  set_style(Style::plain);
  text_ += '\n';
  text_.append(indent, ' ');
  used_ = indent;
}

// A word that no line is wide enough for.
void Page::put_broken(const Word& word, std::size_t indent) {
  for (Span part : word.parts) {
    while (!part.text.empty()) {
      const std::size_t fits = fitting(part.text, used_ < width_ ? width_ - used_ : 0);
      if (fits == 0 && used_ > indent) {
        break_line(indent);
        continue;
      }
      const std::size_t length = std::max(fits, first_character(part.text).length);
      put({part.text.substr(0, length), part.style});
      part.text.erase(0, length);
    }
  }
}

void Page::line(std::size_t indent, const Line& line) {
  text_.append(indent, ' ');
  used_ = indent;
  for (const Word& word : words_of(line)) {
    const std::size_t width = width_of(word.parts);
    if (used_ + word.blanks + width > width_ && used_ > indent + 2) {
      break_line(indent + 2);
    } else {
      const bool goes_on = !word.parts.empty() && word.parts.front().style == style_;
      put({std::string(word.blanks, ' '), goes_on ? style_ : Style::plain});
    }
    if (used_ + width > width_) {
      put_broken(word, indent + 2);
      continue;
    }
    for (const Span& part : word.parts) {
      put(part);
    }
  }
  set_style(Style::plain);
  text_.erase(text_.find_last_not_of(' ') + 1);
  text_ += '\n';
}

void Page::gap() {
  if (!text_.empty() && !text_.ends_with("\n\n")) {
    text_ += '\n';
  }
}

}  // namespace celldrift::report
