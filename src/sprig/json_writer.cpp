#include "sprig/json_writer.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/strconv.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

#include <cmath>
#include <set>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr int cycles_from = 1000;  // levels from which Go looks for cycles
constexpr int max_depth = 5000;

class JsonWriter {
 public:
  explicit JsonWriter(EscapeHtml escape) : escape_(escape) {}

  void write(const Any& value) {
    if (value.is_nil()) {
      text_ += "null";
    } else if (value.type()->json != nullptr) {
      write(value.type()->json(value));
    } else {
      write_kind(value);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void write_kind(const Any& value) {
    if (is_signed(value.kind())) {
      text_ += std::to_string(value.as_int());
    } else if (is_unsigned(value.kind())) {
      text_ += std::to_string(value.as_unsigned());
    } else if (is_float(value.kind())) {
      write(value.as_real());
    } else if (value.kind() == Kind::boolean) {
      text_ += value.as_bool() ? "true" : "false";
    } else if (value.kind() == Kind::string) {
      write(value.as_string());
    } else if (value.kind() == Kind::slice) {
      write_slice(value);
    } else if (value.kind() == Kind::map) {
      write_map(value);
    } else if (value.kind() == Kind::pointer && value.object() == nullptr) {
      text_ += "null";
    } else {
      fail("json: unsupported type: " + std::string(value.type()->name));
    }
  }

  // As JavaScript writes numbers.
  void write(double value) {
    if (!std::isfinite(value)) {
      const std::string_view name = std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
      fail("json: unsupported value: " + std::string(name));
    }
    const double size = std::fabs(value);
    const bool plain = size == 0 || (size >= 1e-6 && size < 1e21);
    std::string digits = format_real(value, plain ? 'f' : 'e');
    const std::size_t exponent = digits.find("e-0");  // "e-09" is written "e-9"
    text_ += exponent == std::string::npos ? digits : digits.erase(exponent + 2, 1);
  }

  void write(std::string_view value) {
    text_ += '"';
    while (!value.empty()) {
      const utf8::Rune rune = utf8::decode(value);
      write_point(rune, value.substr(0, rune.length));
      value.remove_prefix(rune.length);
    }
    text_ += '"';
  }

  void write_point(const utf8::Rune& rune, std::string_view bytes) {
    static constexpr std::string_view short_names = "\b\f\n\r\t\"\\";
    static constexpr std::string_view short_forms = "bfnrt\"\\";
    const bool html =
        escape_ == EscapeHtml::yes && (rune.point == '<' || rune.point == '>' || rune.point == '&');
    const std::size_t name =
        rune.point < 0x80 ? short_names.find(char(rune.point)) : std::string_view::npos;
    if (name != std::string_view::npos) {
      text_.append("\\").append(1, short_forms[name]);
    } else if (rune.is_broken()) {
      text_ += "\\ufffd";
    } else if (rune.point < ' ' || html || rune.point == 0x2028 || rune.point == 0x2029) {
      write_escape(rune.point);
    } else {
      text_ += bytes;
    }
  }

  void write_escape(char32_t point) {
    static constexpr std::string_view hexadecimal = "0123456789abcdef";
    text_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
      text_ += hexadecimal[(point >> shift) & 15];
    }
  }

  void write_slice(const Any& value) {
    if (value.slice_node() == nullptr) {
      text_ += "null";
      return;
    }
    if (value.is(byte_list_type)) {
      text_ += '"' + base64_encode(text_of(value)) + '"';
      return;
    }
    enter(value, value.slice_node());
    const char* separator = "[";
    for (const Any& item : value.items()) {
      text_ += separator;
      write(item);
      separator = ",";
    }
    text_ += value.items().empty() ? "[]" : "]";
    leave(value.slice_node());
  }

  void write_map(const Any& value) {
    if (value.map_node() == nullptr) {
      text_ += "null";
      return;
    }
    enter(value, value.map_node());
    const char* separator = "{";
    for (const Map::Entry& entry : value.map_node()->entries()) {
      text_ += separator;
      write(entry.key);
      text_ += ':';
      write(entry.value);
      separator = ",";
    }
    text_ += value.map_node()->size() == 0 ? "{}" : "}";
    leave(value.map_node());
  }

  void enter(const Any& value, const void* node) {
    if (++depth_ > cycles_from && !open_.insert(node).second) {
      fail("json: unsupported value: encountered a cycle via " + std::string(value.type()->name));
    }
    if (depth_ > max_depth) {
      throw Error(ErrorCode::limit,
                  "writing JSON: values nest deeper than " + std::to_string(max_depth));
    }
  }

  void leave(const void* node) {
    if (depth_-- > cycles_from) {
      open_.erase(node);
    }
  }

  // What the type of an object says of it: its fields stay in their order.
  void write(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::null:
        text_ += "null";
        break;
      case Value::Kind::boolean:
        text_ += value.as_bool() ? "true" : "false";
        break;
      case Value::Kind::integer:
        text_ += std::to_string(value.as_int());
        break;
      case Value::Kind::real:
        write(value.as_double());
        break;
      case Value::Kind::string:
        write(value.as_string());
        break;
      case Value::Kind::list:
        write_items(value);
        break;
      case Value::Kind::map:
        write_entries(value);
        break;
    }
  }

  void write_items(const Value& list) {
    const char* separator = "[";
    for (const Value& item : list.items()) {
      text_ += separator;
      write(item);
      separator = ",";
    }
    text_ += list.size() == 0 ? "[]" : "]";
  }

  void write_entries(const Value& map) {
    const char* separator = "{";
    for (const Value::Entry& entry : map.entries()) {
      text_ += separator;
      write(entry.key.view());
      text_ += ':';
      write(entry.value);
      separator = ",";
    }
    text_ += map.size() == 0 ? "{}" : "}";
  }

  EscapeHtml escape_;
  std::string text_;
  int depth_ = 0;
  std::set<const void*> open_;
};

// The end of the JSON string that begins at `at`.
std::size_t string_end(std::string_view json, std::size_t at) {
  for (++at; json[at] != '"'; ++at) {
    at += json[at] == '\\' ? 1 : 0;
  }
  return at + 1;
}

}  // namespace

std::string to_json(const Any& value, EscapeHtml escape) {
  JsonWriter writer(escape);
  writer.write(value);
  return writer.take();
}

std::string indented_json(std::string_view compact) {
  std::string text;
  std::size_t depth = 0;
  const auto new_line = [&] { text.append("\n").append(2 * depth, ' '); };
  for (std::size_t at = 0; at < compact.size(); ++at) {
    const char c = compact[at];
    const bool empty =
        at + 1 < compact.size() && (compact[at + 1] == ']' || compact[at + 1] == '}');
    if (c == '"') {
      const std::size_t end = string_end(compact, at);
      text += compact.substr(at, end - at);
      at = end - 1;
    } else if ((c == '[' || c == '{') && !empty) {
      text += c;
      ++depth;
      new_line();
    } else if (c == '[' || c == '{') {
      text += compact.substr(at, 2);
      ++at;
    } else if (c == ']' || c == '}') {
      --depth;
      new_line();
      text += c;
    } else {
      text += c;
      if (c == ',') {
        new_line();
      } else if (c == ':') {
        text += ' ';
      }
    }
  }
  return text;
}

}  // namespace celldrift::sprig
