#include "celldrift/audit/brief.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace celldrift::audit {
namespace {

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Printable, with the blanks that a reader could not tell apart spelled out.
std::string spelled(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    result += c == '\t' ? "\\t" : std::string(1, c);
  }
  return result;
}

// True for a string that, without quotes, would look like something else.
bool needs_quotes(std::string_view text) {
  static constexpr std::string_view words[] = {"", "true", "false", "null", "~"};
  const bool has_control = std::ranges::any_of(text, [](char c) { return c >= 0 && c < ' '; });
  const std::string_view rest = text.substr(text.starts_with('-') ? 1 : 0);
  const bool numeric = !rest.empty() && rest.find_first_not_of("0123456789.eE+") == rest.npos;
  return has_control || numeric || std::ranges::find(words, text) != std::end(words) ||
         text.front() == ' ' || text.back() == ' ' || text.front() == '"' || text.front() == '{' ||
         text.front() == '[' || text.front() == '(';
}

std::string real_text(double number) {
  if (!std::isfinite(number)) {
    return std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
  }
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  std::string text(digits, end);
  return text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

// Writes until there is enough text for any cut; what comes after is not looked at.
class Writer {
 public:
  explicit Writer(std::size_t limit) : enough_(limit * 4 + 16) {}

  void write(const Value& value) {
    if (value.is_string()) {
      write_string(value.as_string());
    } else if (value.is_list()) {
      write_list(value);
    } else if (value.is_map()) {
      write_map(value);
    } else {
      write_scalar(value);
    }
  }
  const std::string& text() const { return text_; }

 private:
  bool full() const { return text_.size() > enough_; }

  void write_string(std::string_view text) {
    if (is_secret_hash(text)) {
      text_ += "(secret value)";
      return;
    }
    const std::string_view start = text.substr(0, enough_);
    text_ += needs_quotes(text) ? "\"" + spelled(start) + "\"" : spelled(start);
  }

  void write_scalar(const Value& value) {
    if (value.is_bool()) {
      text_ += value.as_bool() ? "true" : "false";
    } else if (value.is_int()) {
      text_ += std::to_string(value.as_int());
    } else {
      text_ += value.is_real() ? real_text(value.as_double()) : "null";
    }
  }

  void write_list(const Value& value) {
    text_ += "[";
    for (const Value& item : value.items()) {
      text_ += &item == value.items().data() ? "" : ", ";
      if (full()) {
        return;
      }
      write(item);
    }
    text_ += "]";
  }

  void write_map(const Value& value) {
    text_ += "{";
    for (const Value::Entry& entry : value.entries()) {
      text_ += &entry == value.entries().data() ? "" : ", ";
      if (full()) {
        return;
      }
      write_string(entry.key.view());
      text_ += ": ";
      write(entry.value);
    }
    text_ += "}";
  }

  std::size_t enough_;
  std::string text_;
};

}  // namespace

bool is_secret_hash(std::string_view text) {
  constexpr std::string_view prefix = "hmac-sha256:";
  return text.size() == prefix.size() + 32 && text.starts_with(prefix) &&
         std::ranges::all_of(text.substr(prefix.size()), is_hex_digit);
}

std::string cut(std::string_view text, std::size_t limit) {
  std::size_t characters = 0;
  std::size_t last_fit = 0;  // where the character starts that "…" would replace
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) {
      continue;  // inside a UTF-8 sequence
    }
    if (++characters == limit) {
      last_fit = i;
    }
    if (characters > limit) {
      return std::string(text.substr(0, last_fit)) + "…";
    }
  }
  return std::string(text);
}

std::string brief(const Value& value, std::size_t limit) {
  Writer writer(limit);
  writer.write(value);
  return cut(writer.text(), limit);
}

}  // namespace celldrift::audit
