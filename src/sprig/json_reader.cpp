#include "sprig/json_reader.hpp"

#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/strconv.hpp"
#include "sprig/json_text.hpp"
#include "sprig/values.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::size_t max_depth = 10000;  // Go's

// A syntax error on its way out; never leaves this file.
struct SyntaxError {
  std::string text;
};

std::string quoted_byte(char c) {
  if (c == '\'') {
    return R"('\'')";
  }
  if (c == '"') {
    return R"('"')";
  }
  const char32_t point = std::uint8_t(c);
  const std::string quoted = quote(utf8::text({&point, 1}));
  return "'" + quoted.substr(1, quoted.size() - 2) + "'";
}

// Reads with a stack of its own: no text makes it recurse.
class JsonReader {
 public:
  JsonReader(std::string_view text, const Call& call) : text_(text), call_(call) {}

  ReadJson read() {
    while (skip_blanks(), at_ < text_.size()) {
      step(text_[at_]);
    }
    if (next_ != Next::nothing) {
      throw SyntaxError{"unexpected end of JSON input"};
    }
    return {result_, number_error_};
  }

 private:
  enum class Next { value, item_or_end, key_or_end, key, colon, comma_or_end, nothing };

  struct Entry {
    std::string_view key;
    Any value;
  };
  // An open list or map; keys are empty in a list.
  struct Frame {
    bool is_map = false;
    std::vector<Entry> entries;
    std::string_view key;
  };

  [[noreturn]] void fail_here(std::string_view where) const {
    // Go lets a blank follow the text, and so it is what a cut-off number or word stumbles over.
    const char c = at_ < text_.size() ? text_[at_] : ' ';
    throw SyntaxError{"invalid character " + quoted_byte(c) + " " + std::string(where)};
  }

  char current() const { return at_ < text_.size() ? text_[at_] : ' '; }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  void step(char c) {
    switch (next_) {
      case Next::item_or_end:
        return c == ']' ? close() : read_value(c);
      case Next::value:
        return read_value(c);
      case Next::key_or_end:
        return c == '}' ? close() : read_key(c);
      case Next::key:
        return read_key(c);
      case Next::colon:
        return read_colon(c);
      case Next::comma_or_end:
        return read_comma(c);
      case Next::nothing:
        fail_here("after top-level value");
    }
  }

  void read_key(char c) {
    if (c != '"') {
      fail_here("looking for beginning of object key string");
    }
    frames_.back().key = read_string();
    next_ = Next::colon;
  }

  void read_colon(char c) {
    if (c != ':') {
      fail_here("after object key");
    }
    ++at_;
    next_ = Next::value;
  }

  void read_comma(char c) {
    const bool in_map = frames_.back().is_map;
    if (c == (in_map ? '}' : ']')) {
      return close();
    }
    if (c != ',') {
      fail_here(in_map ? "after object key:value pair" : "after array element");
    }
    ++at_;
    next_ = in_map ? Next::key : Next::value;
  }

  void read_value(char c) {
    if (c == '{' || c == '[') {
      open(c == '{');
    } else if (c == '"') {
      add(Any::string(read_string()));
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      add(read_number());
    } else if (c == 't') {
      read_word("true");
      add(Any::boolean(true));
    } else if (c == 'f') {
      read_word("false");
      add(Any::boolean(false));
    } else if (c == 'n') {
      read_word("null");
      add({});
    } else {
      fail_here("looking for beginning of value");
    }
  }

  void open(bool is_map) {
    if (frames_.size() == max_depth) {
      fail_here("exceeded max depth");
    }
    frames_.push_back({is_map, {}, {}});
    ++at_;
    next_ = is_map ? Next::key_or_end : Next::item_or_end;
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    ++at_;
    add(frame.is_map ? map_of(frame.entries) : list_of(frame.entries));
  }

  Any list_of(const std::vector<Entry>& entries) {
    std::vector<Any> items;
    items.reserve(entries.size());
    for (const Entry& entry : entries) {
      items.push_back(entry.value);
    }
    return appended_list(call_, std::move(items));
  }

  // Sorted first, since a Map takes keys in order without moving what it has. The last of equal
  // keys wins.
  Any map_of(std::vector<Entry>& entries) {
    std::ranges::stable_sort(entries, {}, &Entry::key);
    const Any map = call_.heap.make_map();
    for (const Entry& entry : entries) {
      map.map_node()->set(entry.key, entry.value);
    }
    return map;
  }

  void add(const Any& value) {
    if (frames_.empty()) {
      result_ = value;
      next_ = Next::nothing;
      return;
    }
    charge(call_, sizeof(Entry));
    frames_.back().entries.push_back({frames_.back().key, value});
    next_ = Next::comma_or_end;
  }

  void read_word(std::string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i, ++at_) {
      if (current() != word[i]) {
        fail_here("in literal " + std::string(word) + " (expecting '" + word[i] + "')");
      }
    }
  }

  bool take_digits() {
    const std::size_t begin = at_;
    while (current() >= '0' && current() <= '9') {
      ++at_;
    }
    return at_ > begin;
  }

  Any read_number() {
    const std::size_t begin = at_;
    at_ += current() == '-' ? 1 : 0;
    if (current() == '0') {
      ++at_;
    } else if (!take_digits()) {
      fail_here("in numeric literal");
    }
    if (current() == '.') {
      ++at_;
      if (!take_digits()) {
        fail_here("after decimal point in numeric literal");
      }
    }
    if (current() == 'e' || current() == 'E') {
      ++at_;
      at_ += current() == '+' || current() == '-' ? 1 : 0;
      if (!take_digits()) {
        fail_here("in exponent of numeric literal");
      }
    }
    return number(text_.substr(begin, at_ - begin));
  }

  Any number(std::string_view digits) {
    if (const auto value = parse_real(digits)) {
      return Any::real(*value);
    }
    if (number_error_.empty()) {
      number_error_ =
          "json: cannot unmarshal number " + std::string(digits) + " into Go value of type float64";
    }
    return {};
  }

  std::string_view read_string() {
    const std::size_t begin = ++at_;
    while (current() != '"') {
      if (at_ == text_.size()) {
        throw SyntaxError{"unexpected end of JSON input"};
      }
      if (std::uint8_t(current()) < ' ') {
        fail_here("in string literal");
      }
      ++at_;
      if (text_[at_ - 1] == '\\') {
        skip_escape();
      }
    }
    const std::string_view raw = text_.substr(begin, at_++ - begin);
    const bool as_it_is = raw.find('\\') == raw.npos && utf8::is_valid(raw);
    return as_it_is ? raw : call_.heap.keep(unescaped_json(raw));
  }

  void skip_escape() {
    static constexpr std::string_view escapes = "bfnrt\\/\"u";
    if (escapes.find(current()) == escapes.npos) {
      fail_here("in string escape code");
    }
    const bool by_number = current() == 'u';
    ++at_;
    for (int i = 0; by_number && i < 4; ++i, ++at_) {
      if (!is_hexadecimal(current())) {
        fail_here("in \\u hexadecimal character escape");
      }
    }
  }

  std::string_view text_;
  const Call& call_;
  std::size_t at_ = 0;
  Next next_ = Next::value;
  std::vector<Frame> frames_;
  Any result_;
  std::string number_error_;
};

}  // namespace

ReadJson read_json(std::string_view text, const Call& call) {
  try {
    return JsonReader(text, call).read();
  } catch (const SyntaxError& error) {
    return {{}, error.text};
  }
}

}  // namespace celldrift::sprig
