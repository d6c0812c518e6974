#include "celldrift/yaml/yaml.hpp"
#include "yaml/locator.hpp"

#include <nlohmann/json.hpp>

#include <iterator>

namespace celldrift::yaml {
namespace {

// Strings up to this length repeat a lot in API objects (kinds, names, "TCP") and are stored once a
// document.
constexpr std::size_t longest_shared = 24;

// Walks through the text and lets others see how far the parser has come: its events have no
// positions.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  explicit Cursor(const char*& at) : at_(&at) {}
  static Cursor end(const char* const& end) { return Cursor(const_cast<const char*&>(end)); }

  reference operator*() const { return **at_; }
  Cursor& operator++() {
    ++*at_;
    return *this;
  }
  Cursor operator++(int) { return ++*this; }
  friend bool operator==(const Cursor& a, const Cursor& b) { return *a.at_ == *b.at_; }
  friend bool operator!=(const Cursor& a, const Cursor& b) { return !(a == b); }

 private:
  const char** at_;  // shared by all copies
};

class JsonReader {
 public:
  JsonReader(std::string_view text, const Options& options)
      : text_(text),
        at_(text.data()),
        has_marks_(options.source != 0),
        locator_(text, options.source),
        builder_(options.budget,
                 [this](std::string_view key, const Mark& first, const Mark& again) {
                   note_duplicate(key, first, again);
                 }) {}

  Document read() {
    if (has_marks_) {
      const char* const end = text_.data() + text_.size();
      nlohmann::json::sax_parse(Cursor(at_), Cursor::end(end), this);
    } else {
      nlohmann::json::sax_parse(text_.begin(), text_.end(), this);
    }
    return {.value = builder_.take(), .warnings = std::move(warnings_)};
  }

  // nlohmann's events

  bool null() { return add(Value::null()); }
  bool boolean(bool value) { return add(Value::boolean(value)); }
  bool number_integer(std::int64_t value) { return add(Value::integer(value)); }
  bool number_unsigned(std::uint64_t value) {
    return add(value <= std::uint64_t(INT64_MAX) ? Value::integer(std::int64_t(value))
                                                 : Value::real(double(value)));
  }
  bool number_float(double value, const std::string&) { return add(Value::real(value)); }
  bool string(const std::string& text) {
    return add(
        Value::string(text.size() <= longest_shared ? builder_.shared(text) : SharedString(text)));
  }
  bool binary(const nlohmann::json::binary_t&) { return false; }  // JSON has none
  bool start_object(std::size_t) { return builder_.start_map(mark()), true; }
  bool key(const std::string& name) { return builder_.key(name, mark()), true; }
  bool end_object() { return builder_.end_map(), true; }
  bool start_array(std::size_t) { return builder_.start_list(mark()), true; }
  bool end_array() { return builder_.end_list(), true; }

  // The parser's own message quotes the text, which may be a Secret's: only the place is told.
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    const std::size_t offset = std::min(position == 0 ? 0 : position - 1, text_.size());
    const bool at_end = text_.find_first_not_of(" \t\r\n", offset) == std::string_view::npos;
    throw Error(ErrorCode::parse,
                at_end ? "not valid JSON: it ends too early" : "not valid JSON",
                locator_.at(offset));
  }

 private:
  // The line of what was just read. The parser stands behind it, for numbers one character further.
  Mark mark() {
    if (!has_marks_) {
      return {};
    }
    const auto offset = std::size_t(at_ - text_.data());
    Mark place = locator_.at(offset == 0 ? 0 : offset - 1);
    place.column = 0;
    return place;
  }
  bool add(Value value) {
    builder_.add(has_marks_ ? value.with_mark(mark()) : std::move(value));
    return true;
  }
  void note_duplicate(std::string_view key, const Mark& first, const Mark& again) {
    constexpr std::size_t most = 80;
    std::string text = "key \"" + std::string(key.substr(0, most)) + "\" is written twice";
    if (has_marks_) {
      text +=
          " (line " + std::to_string(first.line) + " and line " + std::to_string(again.line) + ")";
    }
    warnings_.push_back({text + ": the last one counts", again});
  }

  std::string_view text_;
  const char* at_;
  bool has_marks_;
  Locator locator_;
  Builder builder_;
  std::vector<Warning> warnings_;
};

}  // namespace

Document parse_json(std::string_view text, const Options& options) {
  if (text.size() > options.budget.text_bytes) {
    throw Error(ErrorCode::limit,
                "more than " + std::to_string(options.budget.text_bytes) + " bytes of JSON",
                {.source = options.source});
  }
  return JsonReader(text, options).read();
}

}  // namespace celldrift::yaml
