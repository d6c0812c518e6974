// JSON, written as it comes: keys in the order of the calls, indented by two.
#pragma once

#include "celldrift/core/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::report {

class JsonWriter {
 public:
  void start_object() { start('{'); }
  void end_object() { end('}'); }
  void start_list() { start('['); }
  void end_list() { end(']'); }
  // Of the next value, within an object.
  void key(std::string_view name);

  void text(std::string_view text);
  // null where it is empty.
  void text_or_null(std::string_view text);
  void number(std::uint64_t number);
  void boolean(bool value);
  void null();
  void value(const Value& value);

  // What was written, ending in a newline.
  std::string take();

 private:
  void start(char bracket);
  void end(char bracket);
  void before_value();
  void new_line();
  void scalar(std::string_view text);

  std::string text_;
  std::size_t depth_ = 0;
  bool first_ = true;       // nothing yet in the innermost list or object
  bool after_key_ = false;  // a key waits for its value
};

// A JSON string in its quotes. Not HTML-escaped; what could steer a terminal is escaped, bytes that
// are not UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace celldrift::report
