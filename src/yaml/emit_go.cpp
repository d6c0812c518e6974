#include "celldrift/yaml/yaml.hpp"
#include "yaml/emit_go_keys.hpp"
#include "yaml/emit_go_printer.hpp"
#include "yaml/json_detour.hpp"
#include "yaml/numbers.hpp"

#include <algorithm>

namespace celldrift::yaml {
namespace {

// A longer key, and one of several lines, is written after "? ".
constexpr std::size_t longest_simple_key = 128;

using Spaced = GoPrinter::Spaced;
using Indents = GoPrinter::Indents;
using Fold = GoPrinter::Fold;

std::string scalar_text(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::boolean:
      return value.as_bool() ? "true" : "false";
    case Value::Kind::integer:
      return std::to_string(value.as_int());
    case Value::Kind::real:
      return go_text(value.as_double());
    default:
      return "null";
  }
}

std::vector<const Value::Entry*> in_go_order(std::span<const Value::Entry> entries) {
  std::vector<const Value::Entry*> sorted;
  sorted.reserve(entries.size());
  for (const Value::Entry& entry : entries) {
    sorted.push_back(&entry);
  }
  std::ranges::stable_sort(
      sorted, go_key_less, [](const auto* entry) { return entry->key.view(); });
  return sorted;
}

// Columns are those of the block around a node; -1 is outside of all.
class GoWriter {
 public:
  std::string write_document(const Value& value) {
    write_node(value, -1, Within::nothing);
    printer_.indent(0);
    return printer_.take();
  }

 private:
  enum class Within { nothing, list, map };

  void write_node(const Value& value, int column, Within within);
  void write_list(std::span<const Value> items, int column);
  void write_map(std::span<const Value::Entry> entries, int column);
  void write_key(std::string_view key, int column);
  void write_text(std::string_view text, int column, KeyForm key);
  void write_empty(std::string_view open, std::string_view close) {
    printer_.indicator(open, Spaced::yes, Indents::no);
    printer_.indicator(close, Spaced::no, Indents::no);
  }

  GoPrinter printer_;
};

void GoWriter::write_node(const Value& value, int column, Within within) {
  const int inner = column < 0 ? 0 : column + 2;
  if (value.is_string()) {
    write_text(value.as_string(), column, KeyForm::none);
  } else if (value.is_scalar()) {
    printer_.plain(scalar_text(value), column + 2, Fold::yes);
  } else if (value.size() == 0) {
    value.is_list() ? write_empty("[", "]") : write_empty("{", "}");
  } else if (value.is_map()) {
    write_map(value.entries(), inner);
  } else {
    // Lists stand at the column of their key, unless they start right behind the ":" of a long one.
    const bool at_key = within == Within::map && !printer_.at_indentation();
    write_list(value.items(), at_key ? column : inner);
  }
}

void GoWriter::write_list(std::span<const Value> items, int column) {
  for (const Value& item : items) {
    printer_.indent(column);
    printer_.indicator("-", Spaced::yes, Indents::yes);
    write_node(item, column, Within::list);
  }
}

void GoWriter::write_map(std::span<const Value::Entry> entries, int column) {
  for (const Value::Entry* entry : in_go_order(entries)) {
    printer_.indent(column);
    write_key(entry->key.view(), column);
    write_node(entry->value, column, Within::map);
  }
}

void GoWriter::write_key(std::string_view key, int column) {
  const bool simple =
      key.size() <= longest_simple_key && !plan_text(key, KeyForm::complex).has_breaks;
  if (simple) {
    write_text(key, column, KeyForm::simple);
    printer_.indicator(":", Spaced::no, Indents::no);
    return;
  }
  printer_.indicator("?", Spaced::yes, Indents::yes);
  write_text(key, column, KeyForm::complex);
  printer_.indent(column);
  printer_.indicator(":", Spaced::yes, Indents::yes);
}

void GoWriter::write_text(std::string_view text, int column, KeyForm key) {
  const int inner = column < 0 ? 2 : column + 2;
  const Fold fold = key == KeyForm::simple ? Fold::no : Fold::yes;
  switch (plan_text(text, key).style) {
    case TextStyle::plain:
      return printer_.plain(text, inner, fold);
    case TextStyle::single_quoted:
      return printer_.single_quoted(text, inner, fold);
    case TextStyle::double_quoted:
      return printer_.double_quoted(text, inner, fold);
    case TextStyle::literal:
      return printer_.literal(text, inner);
  }
}

}  // namespace

std::string emit_go(const Value& value) {
  return GoWriter().write_document(through_json(value));
}

}  // namespace celldrift::yaml
