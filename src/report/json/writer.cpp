#include "report/json/writer.hpp"

#include "report/page/utf8.hpp"

#include <charconv>
#include <cmath>

namespace celldrift::report {
namespace {

std::string escaped(char32_t point) {
  switch (point) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  std::string text = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[(point >> shift) & 0xF];
  }
  return text;
}

std::string real_text(double number) {
  if (!std::isfinite(number)) {
    return json_string(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  }
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  const std::string text(digits, end);
  return text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string result = "\"";
  while (!text.empty()) {
    const Character next = first_character(text);
    if (!next.valid) {
      result += "\xEF\xBF\xBD";
    } else if (next.point == '"' || next.point == '\\') {
      result += '\\';
      result += char(next.point);
    } else if (is_harmful(next.point)) {
      result += escaped(next.point);
    } else {
      result += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return result + "\"";
}

void JsonWriter::new_line() {
  text_ += '\n';
  text_.append(depth_ * 2, ' ');
}

void JsonWriter::before_value() {
  if (!after_key_ && depth_ > 0) {
    text_ += first_ ? "" : ",";
    new_line();
  }
  first_ = false;
  after_key_ = false;
}

void JsonWriter::start(char bracket) {
  before_value();
  text_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!first_) {
    new_line();
  }
  text_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  text_ += json_string(name) + ": ";
  after_key_ = true;
}

void JsonWriter::scalar(std::string_view text) {
  before_value();
  text_ += text;
}

void JsonWriter::text(std::string_view text) {
  scalar(json_string(text));
}

void JsonWriter::text_or_null(std::string_view text) {
  scalar(text.empty() ? "null" : json_string(text));
}

void JsonWriter::number(std::uint64_t number) {
  scalar(std::to_string(number));
}

void JsonWriter::boolean(bool value) {
  scalar(value ? "true" : "false");
}

void JsonWriter::null() {
  scalar("null");
}

void JsonWriter::value(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return null();
    case Value::Kind::boolean:
      return boolean(value.as_bool());
    case Value::Kind::integer:
      return scalar(std::to_string(value.as_int()));
    case Value::Kind::real:
      return scalar(real_text(value.as_double()));
    case Value::Kind::string:
      return text(value.as_string());
    case Value::Kind::list:
      start_list();
      for (const Value& item : value.items()) {
        this->value(item);
      }
      return end_list();
    case Value::Kind::map:
      start_object();
      for (const Value::Entry& entry : value.entries()) {
        key(entry.key);
        this->value(entry.value);
      }
      return end_object();
  }
}

std::string JsonWriter::take() {
  return std::move(text_) + "\n";
}

}  // namespace celldrift::report
