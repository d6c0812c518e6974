// Reads an expression word by word. What matters of where a word stands is whether it is part of a
// path or of a value: `.a == 1` means the same everywhere as a condition, but as a path it hangs on
// what an engine takes for one. So each open bracket, and each `if`, says what is within it.

#include "compare/argo/jq_known.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace celldrift::compare {
namespace {

// Functions that are part of paths, with what their arguments are.
constexpr std::string_view path_of_paths[] = {"first", "limit", "nth", "recurse", "skip"};
constexpr std::string_view path_of_values[] = {"select", "getpath"};
constexpr std::string_view paths_alone[] = {"first",
                                            "last",
                                            "recurse",
                                            "empty",
                                            "error",
                                            "objects",
                                            "arrays",
                                            "booleans",
                                            "numbers",
                                            "iterables",
                                            "strings",
                                            "scalars",
                                            "values",
                                            "nulls"};

// Functions that give both engines the same values. Not so `trimstr` and its like: gojq takes
// nothing but texts.
constexpr std::string_view in_values[] = {
    "select",    "not",      "any",      "all",        "test",         "startswith",
    "endswith",  "contains", "inside",   "length",     "map",          "has",
    "index",     "IN",       "tonumber", "tostring",   "type",         "ascii_downcase",
    "sub",       "gsub",     "match",    "capture",    "scan",         "ascii_upcase",
    "split",     "splits",   "trim",     "keys",       "to_entries",   "from_entries",
    "first",     "min",      "max",      "add",        "join",         "tojson",
    "fromjson",  "floor",    "explode",  "implode",    "objects",      "arrays",
    "strings",   "numbers",  "booleans", "values",     "nulls",        "empty",
    "getpath",   "null",     "true",     "false",      "and",          "or",
    "toboolean", "min_by",   "INDEX",    "map_values", "with_entries", "sort",
    "unique"};
constexpr std::string_view formats[] = {"base64", "uri", "html", "sh", "csv", "text", "json"};

template <std::size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

enum class Kind { field, text, number, word, variable, format, sign, end };

struct Token {
  Kind kind = Kind::end;
  std::string_view text;  // of a field and a text: with dot and quotes
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Words {
 public:
  explicit Words(std::string_view text) : left_(text) {}

  Token next() {
    left_.remove_prefix(std::min(left_.find_first_not_of(" \t\r\n"), left_.size()));
    if (left_.empty()) {
      return {};
    }
    const char c = left_[0];
    if (c == '"') {
      return take(Kind::text, text_end());
    }
    if (is_digit(c)) {
      return take(Kind::number, run(0, [](char d) { return is_digit(d) || d == '.'; }));
    }
    if (is_letter(c)) {
      return take(Kind::word, name_end(0));
    }
    const bool names_next = left_.size() > 1 && is_letter(left_[1]);
    if ((c == '.' || c == '$' || c == '@') && names_next) {
      const Kind kind = c == '.' ? Kind::field : c == '$' ? Kind::variable : Kind::format;
      return take(kind, name_end(1));
    }
    return take(Kind::sign, sign_end());
  }

 private:
  template <class Belongs>
  std::size_t run(std::size_t from, const Belongs& belongs) const {
    const auto* const end = std::find_if_not(left_.begin() + from, left_.end(), belongs);
    return std::size_t(end - left_.begin());
  }

  std::size_t name_end(std::size_t from) const {
    return run(from, [](char c) { return is_letter(c) || is_digit(c) || c == ':'; });
  }

  std::size_t text_end() const {
    std::size_t at = 1;
    while (at < left_.size() && left_[at] != '"') {
      at += left_[at] == '\\' ? 2 : 1;
    }
    return std::min(at + 1, left_.size());
  }

  std::size_t sign_end() const {
    for (const std::string_view sign : {"?//=",
                                        "?//",
                                        "//=",
                                        "..",
                                        "//",
                                        "==",
                                        "!=",
                                        "<=",
                                        ">=",
                                        "|=",
                                        "+=",
                                        "-=",
                                        "*=",
                                        "/=",
                                        "%="}) {
      if (left_.starts_with(sign)) {
        return sign.size();
      }
    }
    return 1;
  }

  Token take(Kind kind, std::size_t size) {
    const Token token{kind, left_.substr(0, size)};
    left_.remove_prefix(size);
    return token;
  }

  std::string_view left_;
};

enum class Part { path, value, index };

struct Open {
  char closes;  // ')', ']', '}', or 'e' of an `if`
  Part part;
  bool counts = false;   // of limit and the like: a number comes first
  bool indexes = false;  // what stands before it, within a value
};

class Reader {
 public:
  explicit Reader(std::string_view expression) : words_(expression), next_(words_.next()) {}

  std::optional<std::string> objection() {
    while (!objection_ && next_.kind != Kind::end) {
      before_ = token_;
      token_ = next_;
      next_ = words_.next();
      if (!read()) {
        objection_ = std::string(token_.text);
      }
    }
    return objection_ || !catches_ ? objection_ : numbered_;
  }

 private:
  Part part() const { return open_.empty() ? Part::path : open_.back().part; }
  bool is(std::string_view sign) const { return token_.text == sign; }

  // False for what is not agreed upon.
  bool read() {
    if (between_ != 0 || (is(")") && open_.empty())) {
      return read_between();
    }
    switch (token_.kind) {
      case Kind::field:
        return part() != Part::index;
      case Kind::text:
        return read_text();
      case Kind::number:
        return read_number();
      case Kind::word:
        return read_word();
      case Kind::variable:
        return part() == Part::value || before_.text == "as";
      case Kind::format:
        return part() == Part::value && is_one_of(formats, token_.text.substr(1));
      case Kind::sign:
        return read_sign();
      case Kind::end:
        break;
    }
    return true;
  }

  bool read_text() {
    const bool is_plain = token_.text.find("\\(") == token_.text.npos;
    return is_plain && (part() != Part::path || before_.text == ".");
  }

  // gojq takes characters of texts by number, which is an error to libjq: only where nothing
  // catches errors do both leave the object alone.
  bool read_number() {
    if (part() == Part::index || (!open_.empty() && open_.back().indexes)) {
      note_numbered();
      return token_.text.size() < 6 && token_.text.find('.') == token_.text.npos;
    }
    const bool is_count =
        !open_.empty() && open_.back().counts && before_.text == "(" && next_.text == ";";
    return part() == Part::value || is_count;
  }

  void note_numbered() {
    numbered_ = std::string(token_.text);
    catches_ = catches_ || part() == Part::value;
  }

  bool read_word() {
    if ((is("first") || is("last")) && next_.text != "(") {
      note_numbered();
    }
    if (is("if")) {
      open_.push_back({.closes = 'e', .part = Part::value});
      outer_.push_back(open_.size() < 2 ? Part::path : open_[open_.size() - 2].part);
      return part_outside_if() != Part::index;
    }
    if (is("then") || is("else") || is("elif") || is("end")) {
      return read_branch();
    }
    if (is("as")) {
      return part() != Part::index && next_.kind == Kind::variable;
    }
    if (part() == Part::value) {
      const bool is_key = next_.text == ":";
      return is_key || is_one_of(in_values, token_.text);
    }
    if (part() == Part::index) {
      return false;
    }
    return next_.text == "("
               ? is_one_of(path_of_paths, token_.text) || is_one_of(path_of_values, token_.text)
               : is_one_of(paths_alone, token_.text);
  }

  Part part_outside_if() const { return outer_.back(); }

  bool read_branch() {
    if (open_.empty() || open_.back().closes != 'e') {
      return false;
    }
    if (is("end")) {
      open_.pop_back();
      outer_.pop_back();
      return true;
    }
    open_.back().part = is("elif") ? Part::value : part_outside_if();
    return true;
  }

  // `.a) | del(.b`: two deletions, as those write who know how Argo CD puts it.
  bool read_between() {
    constexpr std::string_view words[] = {")", "|", "del", "("};
    const bool fits = is(words[between_]);
    between_ = (between_ + 1) % std::size(words);
    return fits;
  }

  bool read_sign() {
    const char c = token_.text[0];
    catches_ = catches_ || is("?") || is("//");
    if (token_.text.size() == 1 && (c == '(' || c == '[' || c == '{')) {
      return read_open(c);
    }
    if (token_.text.size() == 1 && (c == ')' || c == ']' || c == '}')) {
      const bool matches = !open_.empty() && open_.back().closes == c;
      if (matches) {
        open_.pop_back();
      }
      return matches;
    }
    constexpr std::string_view of_paths[] = {".", "..", "|", ",", "?", "//", ";"};
    constexpr std::string_view of_values[] = {
        "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", ":"};
    if (part() == Part::index) {
      return is("-") || is(":");
    }
    return is_one_of(of_paths, token_.text) ||
           (part() == Part::value && is_one_of(of_values, token_.text));
  }

  bool read_open(char c) {
    if (c == '{') {
      open_.push_back({.closes = '}', .part = Part::value});
      return part_before_open() == Part::value;
    }
    if (c == '[') {
      return read_bracket();
    }
    const bool is_call = before_.kind == Kind::word;
    const bool of_values = is_call && is_one_of(path_of_values, before_.text);
    const Part inner = of_values ? Part::value : part();
    open_.push_back({.closes = ')',
                     .part = inner,
                     .counts = is_call && inner == Part::path && before_.text != "first" &&
                               before_.text != "recurse"});
    return inner != Part::index;
  }

  Part part_before_open() const {
    return open_.size() < 2 ? Part::path : open_[open_.size() - 2].part;
  }

  // An index of what stands before it, or a list.
  bool read_bracket() {
    const bool indexes = ends_term();
    const bool is_value = part() == Part::value;
    const bool is_literal = next_.kind == Kind::text || next_.kind == Kind::number ||
                            next_.text == "]" || next_.text == "-" || next_.text == ":";
    const bool is_known = is_value ? !indexes || is_literal : indexes && part() == Part::path;
    open_.push_back({.closes = ']',
                     .part = is_value ? Part::value : Part::index,
                     .indexes = is_value && indexes});
    return is_known;
  }

  bool ends_term() const {
    if (before_.kind == Kind::sign) {
      constexpr std::string_view ends[] = {".", "..", "]", ")", "}", "?"};
      return is_one_of(ends, before_.text);
    }
    return before_.kind != Kind::end;
  }

  Words words_;
  Token before_;
  Token token_;
  Token next_;
  std::vector<Open> open_;
  std::vector<Part> outer_;  // of each open `if`: what its branches are
  std::optional<std::string> objection_;
  std::optional<std::string> numbered_;  // the last number that something is indexed with
  std::size_t between_ = 0;              // words read of what stands between two deletions
  bool catches_ = false;                 // errors go unseen somewhere
};

}  // namespace

std::optional<std::string> beyond_agreement(std::string_view expression) {
  return Reader(expression).objection();
}

}  // namespace celldrift::compare
