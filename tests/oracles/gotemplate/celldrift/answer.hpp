// What celldrift makes of a case of gotemplate-oracle, in the oracle's words.
#pragma once

#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/capacity.hpp"
#include "celldrift/gotemplate/template.hpp"
#include "celldrift/sprig/sprig.hpp"
#include "fleet/templates/argocd_functions.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace celldrift::oracle {

using gotemplate::Any;
using gotemplate::FunctionTable;
using gotemplate::Heap;

// Makes a case's dot, as the oracle's typed() does: maps with one key that begins with "$" stand
// for values of other Go types than JSON has.
class Dot {
 public:
  explicit Dot(Heap& heap) : heap_(heap) {}

  Any make(const Value& value) {
    if (value.is_map()) {
      return value.size() == 1 && value.entries()[0].key.view().starts_with('$')
                 ? typed(value.entries()[0].key.view(), value.entries()[0].value)
                 : map(value, gotemplate::map_type);
    }
    if (value.is_list()) {
      return list(value, gotemplate::list_type);
    }
    return heap_.from_value(value);
  }

 private:
  Any map(const Value& value, const gotemplate::Type& type) {
    const Any made = heap_.make_map(type);
    for (const Value::Entry& entry : value.entries()) {
      made.map_node()->set(heap_.keep(entry.key.view()), make(entry.value));
    }
    return made;
  }

  Any list(const Value& value, const gotemplate::Type& type) {
    std::vector<Any> items;
    for (const Value& item : value.items()) {
      items.push_back(type.item == &gotemplate::int_type ? integer(item, gotemplate::int_type)
                                                         : make(item));
    }
    const std::size_t capacity = gotemplate::appended_capacity(items.size(), *type.item);
    return heap_.make_list(std::move(items), type, capacity);
  }

  static Any integer(const Value& text, const gotemplate::Type& type) {
    return Any::integer(std::strtoll(std::string(text.as_string()).c_str(), nullptr, 10), type);
  }

  static Any unsigned_integer(const Value& text, const gotemplate::Type& type) {
    return Any::unsigned_integer(std::strtoull(std::string(text.as_string()).c_str(), nullptr, 10),
                                 type);
  }

  Any bytes(std::string_view text) {
    std::vector<Any> items;
    for (const char c : text) {
      items.push_back(Any::unsigned_integer(std::uint8_t(c), gotemplate::uint8_type));
    }
    return heap_.make_list(std::move(items), gotemplate::byte_list_type);
  }

  Any raw(const Value& numbers) {
    std::string text;
    for (const Value& number : numbers.items()) {
      text += char(number.as_int());
    }
    return heap_.string(text);
  }

  static Any nil(std::string_view name) {
    if (name == "map" || name == "stringMap") {
      return Any::map(name == "map" ? gotemplate::map_type : gotemplate::string_map_type, nullptr);
    }
    return Any::slice(name == "list" ? gotemplate::list_type : gotemplate::string_list_type,
                      nullptr);
  }

  Any typed(std::string_view name, const Value& value) {
    if (name == "$int") {
      return integer(value, gotemplate::int_type);
    }
    if (name == "$int64") {
      return integer(value, gotemplate::int64_type);
    }
    if (name == "$uint64") {
      return unsigned_integer(value, gotemplate::uint64_type);
    }
    if (name == "$uint8") {
      return unsigned_integer(value, gotemplate::uint8_type);
    }
    if (name == "$float") {
      return Any::real(std::strtod(std::string(value.as_string()).c_str(), nullptr));
    }
    if (name == "$strings") {
      return list(value, gotemplate::string_list_type);
    }
    if (name == "$ints") {
      return list(value, gotemplate::int_list_type);
    }
    if (name == "$maps") {
      return list(value, gotemplate::list_of_maps_type);
    }
    if (name == "$stringMap") {
      return map(value, gotemplate::string_map_type);
    }
    if (name == "$bytes") {
      return bytes(value.as_string());
    }
    if (name == "$raw") {
      return raw(value);
    }
    if (name == "$nil") {
      return nil(value.as_string());
    }
    throw std::logic_error("a case has the unknown type " + std::string(name));
  }

  Heap& heap_;
};

inline const FunctionTable& functions(std::string_view name) {
  static const FunctionTable none;
  return name == "none" ? none : name == "sprig" ? sprig::functions() : fleet::argocd_functions();
}

inline Value shown(std::string_view text) {
  return utf8::is_valid(text)
             ? Value::string(text)
             : Value::map({{"base64", Value::string(celldrift::base64_encode(text))}});
}

inline Value answer_of(std::string name, std::string_view text) {
  return Value::map({{std::move(name), shown(text)}});
}

inline gotemplate::RunOptions run_options(const Value& example) {
  gotemplate::RunOptions options;
  // The oracle's fixedNow.
  options.environment.now = std::chrono::sys_time<std::chrono::nanoseconds>(
      std::chrono::seconds(1'767'323'045) + std::chrono::nanoseconds(678'901'234));
  options.environment.local_zone = example.string_at({"zone"}, "UTC");
  options.environment.seed = 1;
  options.limits.steps = 2'000'000;
  options.trace_lines = true;
  return options;
}

inline Value answer(const Value& example) {
  gotemplate::RunOptions options = run_options(example);
  try {
    if (const Value* texts = example.find("options")) {
      for (const Value& text : texts->items()) {
        options.missing_key = gotemplate::read_option(text.as_string());
      }
    }
  } catch (const Error& error) {
    return answer_of("option", error.message());
  }
  try {
    const std::string name(example.string_at({"name"}, "base"));
    gotemplate::TemplateSet set(functions(example.string_at({"functions"})));
    if (const Value* templates = example.find("templates")) {
      for (const Value& each : templates->items()) {
        set.parse(each.string_at({"name"}), each.string_at({"text"}));
      }
    }
    set.parse(name, example.string_at({"text"}));
    Heap heap;
    const Value* data = example.find("data");
    const Any dot = data == nullptr ? Any() : Dot(heap).make(*data);
    return answer_of("output", set.execute(name, dot, heap, options).text);
  } catch (const Error& error) {
    return answer_of(error.code() == ErrorCode::parse    ? "parse"
                     : error.code() == ErrorCode::config ? "exec"
                                                         : "other",
                     error.message());
  }
}

// The answer as far as it must agree: what is wrong with a YAML text celldrift says in words of its
// own, which name the place and what to do.
inline Value comparable(const Value& answer) {
  constexpr std::string_view own_words_follow = "error converting YAML to JSON: ";
  const std::string_view text = answer.string_at({"exec"});
  const std::size_t at = text.find(own_words_follow);
  return at == text.npos ? answer : answer_of("exec", text.substr(0, at + own_words_follow.size()));
}

}  // namespace celldrift::oracle
