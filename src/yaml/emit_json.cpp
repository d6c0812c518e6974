#include "celldrift/yaml/yaml.hpp"
#include "yaml/numbers.hpp"
#include "yaml/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::yaml {
namespace {

enum class Order { as_is, sorted };

class JsonWriter {
 public:
  JsonWriter(Order order, int indent) : order_(order), indent_(indent) {}

  void write(const Value& value) {
    if (value.is_map()) {
      write_map(value);
    } else if (value.is_list()) {
      write_list(value);
    } else {
      write_scalar(value);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  void write_scalar(const Value& value);
  void write_string(std::string_view text);
  void write_list(const Value& list);
  void write_map(const Value& map);
  void write_entry(const Value::Entry& entry);
  void new_line() {
    if (indent_ > 0) {
      out_ += '\n';
      out_.append(std::size_t(indent_ * level_), ' ');
    }
  }
  // Writes the brackets and, between them, `count` items by `write_item`.
  template <typename WriteItem>
  void write_items(char open, char close, std::size_t count, WriteItem write_item) {
    out_ += open;
    ++level_;
    for (std::size_t i = 0; i < count; ++i) {
      if (i != 0) {
        out_ += ',';
      }
      new_line();
      write_item(i);
    }
    --level_;
    if (count != 0) {
      new_line();
    }
    out_ += close;
  }

  Order order_;
  int indent_;
  int level_ = 0;
  std::string out_;
};

void JsonWriter::write_scalar(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::boolean:
      out_ += value.as_bool() ? "true" : "false";
      return;
    case Value::Kind::integer:
      out_ += std::to_string(value.as_int());
      return;
    case Value::Kind::real:
      if (!std::isfinite(value.as_double())) {
        throw Error(ErrorCode::internal, "JSON has no infinities and no NaN", value.mark());
      }
      out_ += real_text(value.as_double());
      return;
    case Value::Kind::string:
      write_string(value.as_string());
      return;
    default:
      out_ += "null";
  }
}

bool needs_escape(char c) {
  return std::uint8_t(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

std::string escape(char c) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return {'\\', 'u', '0', '0', digits[std::uint8_t(c) >> 4], digits[c & 15]};
  }
}

void JsonWriter::write_string(std::string_view text) {
  out_ += '"';
  while (!text.empty()) {
    const auto plain = std::size_t(std::ranges::find_if(text, needs_escape) - text.begin());
    out_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) {
      out_ += escape(text[0]);
      text.remove_prefix(1);
    }
  }
  out_ += '"';
}

void JsonWriter::write_list(const Value& list) {
  write_items('[', ']', list.size(), [&](std::size_t i) { write(list.items()[i]); });
}

void JsonWriter::write_entry(const Value::Entry& entry) {
  write_string(entry.key.view());
  out_ += indent_ > 0 ? ": " : ":";
  write(entry.value);
}

void JsonWriter::write_map(const Value& map) {
  if (order_ == Order::as_is) {
    write_items('{', '}', map.size(), [&](std::size_t i) { write_entry(map.entries()[i]); });
    return;
  }
  std::vector<const Value::Entry*> sorted;
  sorted.reserve(map.size());
  for (const Value::Entry& entry : map.entries()) {
    sorted.push_back(&entry);
  }
  std::ranges::sort(sorted, {}, [](const Value::Entry* entry) { return entry->key.view(); });
  write_items('{', '}', sorted.size(), [&](std::size_t i) { write_entry(*sorted[i]); });
}

}  // namespace

std::string emit_json(const Value& value, int indent) {
  JsonWriter writer(Order::as_is, indent);
  writer.write(value);
  return writer.take();
}

std::string canonical_json(const Value& value) {
  JsonWriter writer(Order::sorted, 0);
  writer.write(value);
  return writer.take();
}

}  // namespace celldrift::yaml
