#include "yaml/emit_go_text.hpp"

#include "yaml/scalars.hpp"
#include "yaml/timestamps.hpp"

#include <cstdint>

namespace celldrift::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "12:30:45", "-1:30.5": readers of full YAML 1.1 take it for a number to the base of 60.
bool is_base_60(std::string_view text) {
  text.remove_prefix(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  if (text.empty() || !is_digit(text[0])) {
    return false;
  }
  text.remove_prefix(std::min(text.find_first_not_of("0123456789_"), text.size()));
  std::size_t groups = 0;
  while (text.size() > 1 && text[0] == ':' && is_digit(text[1])) {
    const bool two = text.size() > 2 && is_digit(text[2]);
    if (two && text[1] > '5') {
      return false;
    }
    text.remove_prefix(two ? 3 : 2);
    ++groups;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    text.remove_prefix(std::min(text.find_first_not_of("0123456789_"), text.size()));
  }
  return groups > 0 && text.empty();
}

bool reads_as_string(std::string_view text) {
  return !is_ambiguous(text) && !is_timestamp(text) && !is_base_60(text);
}

// What stands where in a text; each rules some styles out.
struct Findings {
  bool indicators = false;  // read as the beginning of something else
  bool breaks = false;
  bool special = false;  // must be escaped
  bool edge_space = false;
  bool edge_break = false;
  bool trailing_space = false;
  bool break_space = false;
  bool space_break = false;
};

bool is_blank_at(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == ' ' || text[at] == '\t';
}

bool begins_as_indicator(std::string_view text) {
  if (text.starts_with("---") || text.starts_with("...")) {
    return true;
  }
  const char first = text[0];
  if (first == '?' || first == ':' || first == '-') {
    return is_blank_at(text, 1);
  }
  return std::string_view("#,[]{}&*!|>'\"%@`").find(first) != std::string_view::npos;
}

bool is_white(std::string_view text, std::size_t at) {
  return text[at] == ' ' || text[at] == '\t' || text[at] == '\0' || break_length(text, at) != 0;
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  Findings find() {
    found_.indicators = begins_as_indicator(text_);
    for (std::size_t at = 0; at < text_.size(); at += character_length(text_[at])) {
      look(at);
      previous_ = at;
    }
    return found_;
  }

 private:
  void look(std::size_t at) {
    const std::size_t next = at + character_length(text_[at]);
    const bool edge = at == 0 || next >= text_.size();
    if (at != 0) {
      found_.indicators |= (text_[at] == ':' && is_blank_at(text_, next)) ||
                           (text_[at] == '#' && is_white(text_, previous_));
    }
    found_.special |= !is_shown(text_, at);
    if (text_[at] == ' ') {
      found_.edge_space |= edge;
      found_.trailing_space |= next >= text_.size();
      found_.break_space |= at != 0 && break_length(text_, previous_) != 0;
    } else if (break_length(text_, at) != 0) {
      found_.breaks = true;
      found_.edge_break |= edge;
      found_.space_break |= at != 0 && text_[previous_] == ' ';
    }
  }

  std::string_view text_;
  std::size_t previous_ = 0;
  Findings found_;
};

bool allows_plain(const Findings& found) {
  return !found.edge_space && !found.edge_break && !found.break_space && !found.space_break &&
         !found.special && !found.breaks && !found.indicators;
}

bool allows_single_quotes(const Findings& found) {
  return !found.break_space && !found.space_break && !found.special;
}

bool allows_literal(const Findings& found) {
  return !found.trailing_space && !found.space_break && !found.special;
}

TextStyle choose(std::string_view text, const Findings& found, KeyForm key) {
  if (key == KeyForm::simple && found.breaks) {
    return TextStyle::double_quoted;
  }
  if (text.find('\n') != std::string_view::npos) {
    return allows_literal(found) ? TextStyle::literal : TextStyle::double_quoted;
  }
  if (!reads_as_string(text)) {
    return TextStyle::double_quoted;
  }
  if (allows_plain(found)) {
    return TextStyle::plain;
  }
  return allows_single_quotes(found) ? TextStyle::single_quoted : TextStyle::double_quoted;
}

}  // namespace

std::size_t break_length(std::string_view text, std::size_t at) {
  if (text[at] == '\n' || text[at] == '\r') {
    return 1;
  }
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\xC2\x85")) {
    return 2;
  }
  return rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

std::size_t character_length(char first) {
  const auto byte = std::uint8_t(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_shown(std::string_view text, std::size_t at) {
  const auto first = std::uint8_t(text[at]);
  if (first < 0x80) {
    return first == '\n' || (first >= 0x20 && first <= 0x7E);
  }
  const std::string_view rest = text.substr(at);
  if (first == 0xC2) {
    return std::uint8_t(rest[1]) >= 0xA0;
  }
  return first < 0xF0 && !rest.starts_with("\xEF\xBB\xBF") && !rest.starts_with("\xEF\xBF\xBE") &&
         !rest.starts_with("\xEF\xBF\xBF");
}

TextPlan plan_text(std::string_view text, KeyForm key) {
  if (text.empty()) {
    return {TextStyle::double_quoted, false};  // plain it would be null
  }
  const Findings found = Finder(text).find();
  return {choose(text, found, key), found.breaks};
}

}  // namespace celldrift::yaml
