#include "yaml/gaps.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>

namespace celldrift::yaml {
namespace {

constexpr std::size_t most_tag_handles = 100;
constexpr std::size_t longest_simple_key = 1024;  // characters from a key's start to its ":"

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool ends_word(char c) {
  return is_blank(c) || c == '\n' || c == '\0';
}

bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '-';
}

bool is_prefix_char(char c) {
  return is_name_char(c) ||
         std::string_view(";/?:@&=+$,.!~*'()[]").find(c) != std::string_view::npos;
}

bool is_tag_char(char c) {
  return is_name_char(c) || std::string_view(";/?:@&=+$.!~*'()").find(c) != std::string_view::npos;
}

}  // namespace

Gaps::Gaps(std::string_view text, Locator& locator) : text_(text), locator_(locator) {
  read_prologue();
}

void Gaps::refuse(std::string_view why, std::size_t offset) const {
  throw Error(ErrorCode::parse, "not valid YAML: " + std::string(why), locator_.at(offset));
}

bool Gaps::at_document_mark(std::string_view mark) const {
  return at_line_start() && text_.substr(offset_).starts_with(mark) && ends_word(peek(mark.size()));
}

void Gaps::skip_comment() {
  const std::size_t end = text_.find('\n', offset_);
  offset_ = end == std::string_view::npos ? text_.size() : end;
}

void Gaps::read_prologue() {
  bool has_directives = false;
  while (offset_ < text_.size()) {
    const char c = peek();
    if (c == '%' && at_line_start()) {
      read_directive();
      has_directives = true;
    } else if (c == '#') {
      skip_comment();
    } else if (c == ' ' || c == '\n') {
      ++offset_;
    } else {
      break;
    }
  }
  if (at_document_mark("---")) {
    offset_ += 3;
    block_may_begin_ = false;
  } else if (has_directives) {
    refuse("a directive must be followed by \"---\"", offset_);
  } else if (at_document_mark("...")) {
    refuse("a document ends before it began", offset_);
  }
}

// "%YAML 1.1" and "%TAG !x! prefix"; libyaml knows no others.
void Gaps::read_directive() {
  const std::size_t start = offset_;
  skip_comment();
  std::string_view line = text_.substr(start, offset_ - start);
  const std::size_t comment = line.find(" #");
  line = line.substr(0, comment);
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  const bool is_yaml = line.starts_with("%YAML ") && line.ends_with(" 1.1") &&
                       line.find_first_not_of(' ', 5) == line.size() - 3;
  if (line.starts_with("%TAG ")) {
    declare_tag(line, start);
  } else if (!is_yaml || start != text_.find('%')) {
    refuse("a directive other than one \"%YAML 1.1\" and \"%TAG\"", start);
  }
}

// "%TAG !e! tag:example.com,2000:"
void Gaps::declare_tag(std::string_view line, std::size_t start) {
  line.remove_prefix(std::min(line.find_first_not_of(' ', 4), line.size()));
  const std::string_view handle = line.substr(0, line.find(' '));
  line.remove_prefix(handle.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const bool is_handle =
      handle == "!" || (handle.size() > 1 && handle[0] == '!' && handle.back() == '!' &&
                        std::ranges::all_of(handle.substr(1, handle.size() - 2), is_name_char));
  if (!is_handle || line.empty() || !std::ranges::all_of(line, is_prefix_char) ||
      tag_handles_.size() >= most_tag_handles || std::ranges::count(tag_handles_, handle) != 0) {
    refuse("a wrong \"%TAG\"", start);
  }
  tag_handles_.push_back(handle);
}

void Gaps::check_tag_handle(std::string_view tag, std::size_t start) const {
  const std::size_t second = tag.find('!', 1);
  if (tag.starts_with("!<") || second == std::string_view::npos || second == 1) {
    return;
  }
  if (std::ranges::count(tag_handles_, tag.substr(0, second + 1)) == 0) {
    refuse("a tag whose prefix no \"%TAG\" declares", start);
  }
}

void Gaps::walk_to(std::size_t offset) {
  while (offset_ < offset) {
    step();
  }
  if (offset_ != offset) {
    refuse("text that cannot be told apart from a comment or indicator", offset);
  }
}

void Gaps::step() {
  const char c = peek();
  if (c == '\n') {
    ++offset_;
    block_may_begin_ = block_may_begin_ || !in_flow();
  } else if (c == ' ') {
    ++offset_;
  } else if (c == '\t') {
    if (block_may_begin_ && !in_flow()) {
      refuse("a tab where only blanks may indent", offset_);
    }
    ++offset_;
  } else if (c == '#') {
    skip_comment();
  } else {
    step_indicator(c);
  }
}

void Gaps::step_indicator(char c) {
  const bool stands_alone = in_flow() || ends_word(peek(1));
  if (at_document_mark("---") || at_document_mark("...")) {
    refuse("a document ends inside a list or map", offset_);
  }
  if (c == '[' || c == '{') {
    ++flow_level_;
    block_may_begin_ = true;
  } else if ((c == ']' || c == '}') && in_flow()) {
    --flow_level_;
    block_may_begin_ = false;
  } else if (c == ',' && in_flow()) {
    block_may_begin_ = true;
  } else if (c == '-' && !in_flow() && stands_alone && block_may_begin_) {
    block_may_begin_ = true;
  } else if (c == '?' && stands_alone && (in_flow() || block_may_begin_)) {
    explicit_key_ = true;
    block_may_begin_ = !in_flow();
    if (!in_flow()) {
      explicit_columns_.push_back(column());
    }
  } else if (c == ':' && stands_alone) {
    // On a line of its own it belongs to a "?", and a block may begin behind it.
    block_may_begin_ = !in_flow() && block_may_begin_;
    if (block_may_begin_) {
      end_explicit_key();
    }
    explicit_key_ = false;
  } else {
    refuse("a character that cannot stand here", offset_);
  }
  ++offset_;
}

void Gaps::walk_name() {
  const std::size_t start = offset_++;
  while (is_name_char(peek())) {
    ++offset_;
  }
  const bool ended =
      ends_word(peek()) || std::string_view(",]}").find(peek()) != std::string_view::npos;
  if (offset_ == start + 1 || !ended) {
    refuse("the name of an anchor or alias has letters, digits, \"-\" and \"_\" only", start);
  }
}

void Gaps::walk_alias() {
  walk_name();
  read_to(offset_, offset_, false);
}

std::string_view Gaps::walk_tag() {
  const std::size_t start = offset_++;
  if (peek() == '<') {
    ++offset_;
    while (is_prefix_char(peek())) {
      ++offset_;
    }
    offset_ += peek() == '>';
  }
  while (is_tag_char(peek())) {
    ++offset_;
  }
  if (!ends_word(peek())) {
    refuse("a character that a tag may not have", offset_);
  }
  const std::string_view tag = text_.substr(start, offset_ - start);
  check_tag_handle(tag, start);
  return tag;
}

bool Gaps::ends_behind_properties(std::size_t offset) const {
  Gaps ahead = *this;
  ahead.walk_to(offset);
  ahead.walk_properties(Of::scalar);
  return ahead.offset_ == text_.size() || ahead.at_document_mark("---") ||
         ahead.at_document_mark("...");
}

std::size_t Gaps::column() const {
  return offset_ == 0 ? 0 : offset_ - (text_.rfind('\n', offset_ - 1) + 1);
}

// The walker stands on a line's first ":".
void Gaps::end_explicit_key() {
  while (!explicit_columns_.empty() && explicit_columns_.back() > column()) {
    explicit_columns_.pop_back();
  }
  if (explicit_columns_.empty() || explicit_columns_.back() != column()) {
    refuse("a \":\" that stands under no \"?\"", offset_);
  }
  explicit_columns_.pop_back();
}

Properties Gaps::walk_properties(Of node) {
  Properties properties;
  while ((peek() == '!' && properties.tag.empty()) || (peek() == '&' && !properties.has_anchor)) {
    if (peek() == '!') {
      properties.tag = walk_tag();
    } else {
      walk_name();
      properties.has_anchor = true;
    }
    block_may_begin_ = false;
    while (is_blank(peek()) || peek() == '\n' || peek() == '#') {
      properties.line_ended = properties.line_ended || peek() == '\n';
      step();
    }
    if (properties.line_ended && node == Of::block) {
      break;
    }
    if (properties.line_ended && (peek() == '!' || peek() == '&')) {
      refuse("a tag and an anchor on two lines", offset_);
    }
  }
  return properties;
}

std::size_t Gaps::next_content() const {
  std::size_t at = offset_;
  while (at < text_.size()) {
    if (text_[at] == '#') {
      at = std::min(text_.find('\n', at), text_.size());
    } else if (is_blank(text_[at]) || text_[at] == '\n') {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

void Gaps::read_to(std::size_t end, std::size_t next, bool line_ended) {
  scalar_end_ = end;
  offset_ = next;
  block_may_begin_ = line_ended && !in_flow();
  explicit_key_ = false;
}

void Gaps::check_key(std::size_t key_start) {
  const std::string_view key = text_.substr(key_start, scalar_end_ - key_start);
  std::size_t colon = scalar_end_;
  while (colon < text_.size() && is_blank(text_[colon])) {
    ++colon;
  }
  if (colon >= text_.size() || text_[colon] != ':') {
    if (!in_flow()) {
      refuse("a key without \":\" on its line", key_start);
    }
    if (next_content() < text_.size() && text_[next_content()] == ':') {
      refuse("a key and its \":\" stand on two lines", key_start);
    }
    return;
  }
  const auto is_start = [](char c) { return (std::uint8_t(c) & 0xC0) != 0x80; };
  if (key.find('\n') != std::string_view::npos) {
    refuse("a key of more than one line; write \"? \" before it", key_start);
  }
  if (std::size_t(std::ranges::count_if(key, is_start)) + (colon - scalar_end_) >
      longest_simple_key) {
    refuse("a key of more than 1024 characters; write \"? \" before it", key_start);
  }
}

void Gaps::check_block_start() const {
  if (in_flow() || !block_may_begin_) {
    refuse("a list or map may not begin here; start a new line", offset_);
  }
}

void Gaps::walk_to_end(Root root) {
  while (offset_ < text_.size() && !at_document_mark("---") && !at_document_mark("...")) {
    const bool is_content = !is_blank(peek()) && peek() != '\n' && peek() != '#';
    if (!in_flow() && is_content && (root == Root::in_brackets || peek() == '?')) {
      refuse("more text behind the end of the document; begin another one with \"---\"", offset_);
    }
    step();
  }
  if (in_flow()) {
    refuse("a list or map in brackets has no end", offset_);
  }
}

}  // namespace celldrift::yaml
