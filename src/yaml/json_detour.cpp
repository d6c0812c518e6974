#include "yaml/json_detour.hpp"

#include "celldrift/core/error.hpp"
#include "yaml/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::yaml {
namespace {

constexpr std::string_view next_line = "\xC2\x85";  // U+0085
// From the key's quote to its ":", in characters of the JSON text; past it go-yaml takes it for no
// key.
constexpr std::size_t longest_key = 1024;

// Six characters at most stand for one byte: shorter keys need no count.
bool is_plain(std::string_view text, std::size_t most) {
  return text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return c >= 0 && c < 0x7F; });
}

bool is_unchanged(const Value& value) {
  if (value.is_string()) {
    return is_plain(value.as_string(), SIZE_MAX);
  }
  if (value.is_real()) {
    return std::isfinite(value.as_double());
  }
  return std::ranges::all_of(value.items(), is_unchanged) &&
         std::ranges::all_of(value.entries(), [](const Value::Entry& entry) {
           return is_plain(entry.key.view(), longest_key / 6 - 1) && is_unchanged(entry.value);
         });
}

[[noreturn]] void fail(const std::string& message) {
  throw Error(ErrorCode::config, message);
}

std::string number_name(double number) {
  return std::isnan(number) ? "NaN" : number < 0 ? "-Inf" : "+Inf";
}

bool is_control(char32_t point) {
  return (point >= 0x7F && point < 0xA0 && point != 0x85) || point == 0xFFFE || point == 0xFFFF;
}

// go-yaml's reader is ahead of its scanner, so that it finds these before all else (but for what is
// more than 512 bytes on).
void check_controls(std::string_view text) {
  while (!text.empty()) {
    const Decoded next = decode_utf8(text);
    if (next.length != 0 && is_control(next.point)) {
      fail("yaml: control characters are not allowed");
    }
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
}

void check_controls(const Value& value) {
  if (value.is_string()) {
    check_controls(value.as_string());
  }
  for (const Value& item : value.items()) {
    check_controls(item);
  }
  for (const Value::Entry& entry : value.entries()) {
    check_controls(entry.key.view());
    check_controls(entry.value);
  }
}

// JSON is written before any of it is read.
void check_numbers(const Value& value) {
  if (value.is_real() && !std::isfinite(value.as_double())) {
    fail("error marshaling into JSON: json: unsupported value: " + number_name(value.as_double()));
  }
  std::ranges::for_each(value.items(), check_numbers);
  for (const Value::Entry& entry : value.entries()) {
    check_numbers(entry.value);
  }
}

// Length of a character in Go's JSON, which escapes "<", ">" and "&" as well.
std::size_t json_length(const Decoded& next) {
  static constexpr std::u32string_view short_escapes = U"\"\\\b\f\n\r\t";
  if (short_escapes.find(next.point) != std::u32string_view::npos && next.length != 0) {
    return 2;
  }
  const bool escaped = next.length == 0 || next.point < 0x20 || next.point == '<' ||
                       next.point == '>' || next.point == '&' || next.point == 0x2028 ||
                       next.point == 0x2029;
  return escaped ? 6 : 1;
}

std::size_t json_length(std::string_view text) {
  std::size_t length = 2;
  while (!text.empty()) {
    const Decoded next = decode_utf8(text);
    length += json_length(next);
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
  return length;
}

// Walks the value in the order of the JSON text, counting the lines that go-yaml sees in it.
class Detour {
 public:
  Value read(const Value& value);

 private:
  Value read_map(const Value& map);
  std::string read_key(std::string_view key);
  std::string read_text(std::string_view text);
  // Folds the line ends that `rest` begins with, blanks around them included.
  void fold(std::string& read, std::string_view& rest);
  void check_line_start(std::string_view rest) const;
  std::string where(std::size_t line) const {
    return line == 0 ? "" : "line " + std::to_string(line) + ": ";
  }

  std::size_t line_ = 0;
};

Value Detour::read(const Value& value) {
  if (value.is_string()) {
    return Value::string(read_text(value.as_string()));
  }
  if (value.is_map()) {
    return read_map(value);
  }
  if (value.is_list()) {
    Value::List items;
    for (const Value& item : value.items()) {
      items.push_back(read(item));
    }
    return Value::list(std::move(items));
  }
  return value;
}

Value Detour::read_map(const Value& map) {
  std::vector<const Value::Entry*> sorted;
  for (const Value::Entry& entry : map.entries()) {
    sorted.push_back(&entry);
  }
  std::ranges::sort(sorted, {}, [](const Value::Entry* entry) { return entry->key.view(); });
  Value::Map entries;
  for (const Value::Entry* entry : sorted) {
    const std::string key = read_key(entry->key.view());
    Value value = read(entry->value);
    const auto same = std::ranges::find(entries, key, [](const auto& e) { return e.key.view(); });
    if (same != entries.end()) {
      same->value = std::move(value);  // the last of equal keys wins
    } else {
      entries.push_back({key, std::move(value)});
    }
  }
  return Value::map(std::move(entries));
}

std::string Detour::read_key(std::string_view key) {
  const std::size_t first_line = line_;
  std::string read = read_text(key);
  if (line_ != first_line || json_length(key) > longest_key) {
    fail("yaml: " + where(line_) + "did not find expected ',' or '}'");
  }
  return read;
}

std::string Detour::read_text(std::string_view text) {
  std::string read;
  while (!text.empty()) {
    const std::size_t blanks = std::min(text.find_first_not_of(' '), text.size());
    if (text.substr(blanks).starts_with(next_line)) {
      fold(read, text);
      continue;
    }
    const Decoded next = decode_utf8(text);
    read += next.length == 0 ? "\xEF\xBF\xBD" : text.substr(0, next.length);
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
  return read;
}

void Detour::fold(std::string& read, std::string_view& rest) {
  std::size_t ends = 0;
  while (rest.starts_with(' ') || rest.starts_with(next_line)) {
    if (rest[0] == ' ') {
      rest.remove_prefix(1);
      continue;
    }
    rest.remove_prefix(next_line.size());
    ++ends;
    ++line_;
    check_line_start(rest);
  }
  read += ends == 1 ? " " : std::string(ends - 1, '\n');
}

void Detour::check_line_start(std::string_view rest) const {
  const bool marker = rest.starts_with("---") || rest.starts_with("...");
  if (marker && (rest.substr(3).starts_with(' ') || rest.substr(3).starts_with(next_line))) {
    fail("yaml: " + where(line_ + 1) + "found unexpected document indicator");
  }
}

}  // namespace

Value through_json(const Value& value) {
  if (is_unchanged(value)) {
    return value;
  }
  check_numbers(value);
  check_controls(value);
  return Detour().read(value);
}

}  // namespace celldrift::yaml
