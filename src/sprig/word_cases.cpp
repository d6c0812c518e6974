#include "sprig/word_cases.hpp"

#include "celldrift/core/unicode.hpp"
#include "celldrift/core/utf8.hpp"

namespace celldrift::sprig {
namespace {

bool is_connector(char32_t point) {
  return point == '-' || point == '_' || is_space(point);
}

// Letters of scripts that put blanks between words: not the East Asian ones, as far as xstrings
// knows them.
bool is_alphabetic(char32_t point) {
  const auto within = [point](char32_t first, char32_t last) {
    return point >= first && point <= last;
  };
  return is_letter(point) && !within(0x3400, 0x4D85) && !within(0x4E00, 0x9FCC) &&
         !within(0x20000, 0x2B81D);
}

enum class WordType { invalid, number, upper_case, alphabet, connector, punctuation, other };

struct Word {
  WordType type = WordType::invalid;
  std::string_view text;
};

// The next code point but U+FFFD, with what is skipped before it counted in. Where there is none,
// `before` again, with all that is left.
utf8::Rune next_valid(std::string_view text, char32_t before) {
  std::size_t skipped = 0;
  while (skipped < text.size()) {
    const utf8::Rune rune = utf8::decode(text.substr(skipped));
    skipped += rune.length;
    if (rune.point != utf8::replacement) {
      return {rune.point, skipped};
    }
  }
  return {before, skipped};
}

// Cuts words off the front of a text.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  Word next() {
    const std::string_view whole = rest_;
    if (whole.empty()) {
      return {};
    }
    const char32_t first = take(utf8::replacement);
    const WordType type = type_of(first);
    if (type == WordType::upper_case) {
      take_upper_case(whole, first);
    } else if (type != WordType::invalid) {
      take_while(first, [type](char32_t point) { return continues(type, point); });
    }
    return {type, whole.substr(0, whole.size() - rest_.size())};
  }

 private:
  static WordType type_of(char32_t point) {
    return point == utf8::replacement ? WordType::invalid
           : is_connector(point)      ? WordType::connector
           : is_punctuation(point)    ? WordType::punctuation
           : is_uppercase(point)      ? WordType::upper_case
           : is_alphabetic(point)     ? WordType::alphabet
           : is_number(point)         ? WordType::number
                                      : WordType::other;
  }

  static bool continues(WordType type, char32_t point) {
    switch (type) {
      case WordType::connector:
        return is_connector(point);
      case WordType::punctuation:
        return is_punctuation(point);
      case WordType::alphabet:
        return is_alphabetic(point) && !is_uppercase(point);
      case WordType::number:
        return is_number(point);
      default:
        return !is_connector(point) && !is_alphabetic(point) && !is_number(point) &&
               !is_punctuation(point);
    }
  }

  char32_t take(char32_t before) {
    const utf8::Rune rune = next_valid(rest_, before);
    rest_.remove_prefix(rune.length);
    return rune.point;
  }

  // Takes code points while `holds` says yes; gives the first that was left, or the last.
  template <typename Holds>
  char32_t take_while(char32_t before, Holds holds) {
    while (!rest_.empty()) {
      const utf8::Rune rune = next_valid(rest_, before);
      before = rune.point;
      if (!holds(rune.point)) {
        break;
      }
      last_length_ = rune.length;
      rest_.remove_prefix(rune.length);
    }
    return before;
  }

  // "HTTP", "Status", and the "HTTP" of "HTTPStatus", whose "S" begins another word.
  void take_upper_case(std::string_view whole, char32_t first) {
    if (rest_.empty()) {
      return;
    }
    const char32_t second = next_valid(rest_, first).point;
    if (!is_uppercase(second)) {
      take_while(first, [](char32_t point) { return continues(WordType::alphabet, point); });
      return;
    }
    const char32_t after = take_while(first, is_uppercase);
    if (!rest_.empty() && is_alphabetic(after)) {
      rest_ = whole.substr(whole.size() - rest_.size() - last_length_);
    }
  }

  std::string_view rest_;
  std::size_t last_length_ = 0;  // of the code point that was taken last
};

void append_lower(std::string& result, const Word& word, char connector) {
  if (word.type != WordType::upper_case && word.type != WordType::connector) {
    result += word.text;
    return;
  }
  for (const char32_t point : utf8::points(word.text)) {
    if (is_connector(point)) {
      result += connector;
    } else {
      utf8::append(result, is_uppercase(point) ? to_lower(point) : point);
    }
  }
}

// A text on its way to snake_case: what is written, and the words that are yet to come.
class Connecting {
 public:
  Connecting(std::string_view text, char connector) : words_(text), connector_(connector) {}

  std::string run() {
    word_ = words_.next();
    while (!words_.at_end()) {
      step();
    }
    append_lower(result_, word_, connector_);
    return result_;
  }

 private:
  void step() {
    const Word last = word_;
    if (last.type != WordType::connector) {
      append_lower(result_, last, connector_);
    }
    word_ = words_.next();
    if (last.type == WordType::number) {
      append_mixed();
    } else if (last.type == WordType::connector) {
      append_lower(result_, last, connector_);
    } else if (last.type != WordType::punctuation) {
      after_letters();
    }
  }

  // A number is part of the word before it, unless small letters follow it: "bld4_floor", but
  // "http_2xx".
  void after_letters() {
    if (word_.type != WordType::number) {
      connect();
      return;
    }
    if (words_.at_end()) {
      return;
    }
    const Word number = word_;
    word_ = words_.next();
    if (word_.type != WordType::alphabet) {
      append_lower(result_, number, connector_);
      connect();
      return;
    }
    result_ += connector_;
    append_lower(result_, number, connector_);
    append_mixed();
  }

  // Letters and numbers without anything between them, then a connector if a word follows.
  void append_mixed() {
    while (word_.type == WordType::alphabet || word_.type == WordType::number) {
      append_lower(result_, word_, connector_);
      word_ = words_.next();
    }
    if (word_.type != WordType::invalid) {
      connect();
    }
  }

  void connect() {
    if (word_.type != WordType::connector && word_.type != WordType::punctuation) {
      result_ += connector_;
    }
  }

  Words words_;
  Word word_;
  char connector_;
  std::string result_;
};

}  // namespace

std::string connected_lower_case(std::string_view text, char connector) {
  return Connecting(text, connector).run();
}

std::string pascal_case(std::string_view text) {
  if (text.empty()) {
    return "";
  }
  const std::u32string points = utf8::points(text);
  std::size_t at = 0;
  while (at < points.size() && is_connector(points[at])) {
    ++at;
  }
  std::u32string result = points.substr(0, at);
  if (at == points.size()) {
    return utf8::text(result + points.back());  // one more, as xstrings has it
  }
  // Letters after a capital that begins a word get small as long as they are capitals.
  bool after_capital = is_uppercase(points[at]);
  char32_t current = to_upper(points[at]);
  for (++at; at < points.size(); ++at) {
    const char32_t before = current;
    current = points[at];
    if (is_connector(before) && is_connector(current)) {
      result += before;
    } else if (is_connector(before)) {
      after_capital = is_uppercase(current);
      current = to_upper(current);
    } else {
      after_capital = after_capital && is_uppercase(current);
      current = after_capital ? to_lower(current) : current;
      result += before;
    }
  }
  return utf8::text(result + current);
}

}  // namespace celldrift::sprig
