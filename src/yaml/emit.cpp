#include "celldrift/yaml/yaml.hpp"
#include "yaml/numbers.hpp"
#include "yaml/text_style.hpp"

#include <cmath>

namespace celldrift::yaml {
namespace {

// Readers take a key on one line for a key only if its ":" follows within 1024 characters.
constexpr std::size_t longest_simple_key = 1000;

// Block style, as kubectl prints it: lists start at the column of their key.
class Writer {
 public:
  void write_document(const Value& value) {
    if (is_block(value)) {
      write_block(value, 0);
    } else {
      write_scalar(value, -2);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  static bool is_block(const Value& value) { return value.size() != 0; }

  // The items of a list or map, the first where the writer stands, the others at `column`.
  void write_block(const Value& value, int column);
  void write_entry(const Value::Entry& entry, int column);
  void write_item(const Value& item, int column);
  // A scalar or an empty collection, up to the end of its line; its parent stands at `column`.
  void write_scalar(const Value& value, int column);
  void write_string(std::string_view text, int column);
  void write_literal(std::string_view text, int column);
  void indent(int column) { out_.append(std::size_t(column), ' '); }

  std::string out_;
};

void Writer::write_block(const Value& value, int column) {
  bool first = true;
  const auto start_line = [&] {
    if (!first) {
      indent(column);
    }
    first = false;
  };
  for (const Value& item : value.items()) {
    start_line();
    write_item(item, column);
  }
  for (const Value::Entry& entry : value.entries()) {
    start_line();
    write_entry(entry, column);
  }
}

void Writer::write_item(const Value& item, int column) {
  out_ += "- ";
  if (is_block(item)) {
    write_block(item, column + 2);
  } else {
    write_scalar(item, column);
  }
}

void Writer::write_entry(const Value::Entry& entry, int column) {
  const std::string_view name = entry.key.view();
  const std::string key = style_of(name) == Style::plain ? std::string(name) : double_quoted(name);
  const bool is_long = key.size() > longest_simple_key;
  out_ += is_long ? "? " + key + "\n" : key;
  if (is_long) {
    indent(column);
  }
  out_ += ':';
  if (!is_block(entry.value)) {
    out_ += ' ';
    write_scalar(entry.value, column);
    return;
  }
  const int inner = entry.value.is_list() && !is_long ? column : column + 2;
  out_ += '\n';
  indent(inner);
  write_block(entry.value, inner);
}

void Writer::write_scalar(const Value& value, int column) {
  if (value.is_string()) {
    write_string(value.as_string(), column);
    return;
  }
  if (value.is_list()) {
    out_ += "[]\n";
  } else if (value.is_map()) {
    out_ += "{}\n";
  } else {
    out_ += emit_json(value) + "\n";  // numbers, booleans and null are written as in JSON
  }
}

void Writer::write_string(std::string_view text, int column) {
  const Style style = style_of(text);
  if (style == Style::literal && column >= 0) {
    write_literal(text, column);
  } else {
    out_ += style == Style::plain ? std::string(text) : double_quoted(text);
    out_ += '\n';
  }
}

void Writer::write_literal(std::string_view text, int column) {
  out_ += literal_header(text) + "\n";
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) {
      indent(column + 2);
    }
    out_ += line;
    out_ += '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace

std::string emit(const Value& value) {
  Writer writer;
  writer.write_document(value);
  return writer.take();
}

std::string emit_stream(std::span<const Value> documents) {
  std::string text;
  for (const Value& document : documents) {
    text += "---\n" + emit(document);
  }
  return text;
}

}  // namespace celldrift::yaml
