#include "yaml/scalars.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "yaml/numbers.hpp"
#include "yaml/timestamps.hpp"
#include "yaml/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

namespace celldrift::yaml {
namespace {

// What go-yaml takes a scalar for, before JSON.
enum class Type { null, boolean, integer, real, timestamp, string, binary };

struct Resolved {
  Type type = Type::string;
  Value value;      // null, boolean, integer (a real when past int64)
  double real = 0;  // of a real
};

struct Word {
  std::string_view text;
  Resolved resolved;
};

Resolved boolean(bool value) {
  return {Type::boolean, Value::boolean(value)};
}
Resolved real(double value) {
  return {Type::real, {}, value};
}

// The words that stand for something: by their first character, as most strings are none of them.
std::optional<Resolved> find_word(std::string_view text) {
  static const double infinity = std::numeric_limits<double>::infinity();
  static const Word words[] = {
      {"y", boolean(true)},       {"Y", boolean(true)},       {"yes", boolean(true)},
      {"Yes", boolean(true)},     {"YES", boolean(true)},     {"true", boolean(true)},
      {"True", boolean(true)},    {"TRUE", boolean(true)},    {"on", boolean(true)},
      {"On", boolean(true)},      {"ON", boolean(true)},      {"n", boolean(false)},
      {"N", boolean(false)},      {"no", boolean(false)},     {"No", boolean(false)},
      {"NO", boolean(false)},     {"false", boolean(false)},  {"False", boolean(false)},
      {"FALSE", boolean(false)},  {"off", boolean(false)},    {"Off", boolean(false)},
      {"OFF", boolean(false)},    {"", {Type::null, {}}},     {"~", {Type::null, {}}},
      {"null", {Type::null, {}}}, {"Null", {Type::null, {}}}, {"NULL", {Type::null, {}}},
      {".nan", real(NAN)},        {".NaN", real(NAN)},        {".NAN", real(NAN)},
      {".inf", real(infinity)},   {".Inf", real(infinity)},   {".INF", real(infinity)},
      {"+.inf", real(infinity)},  {"+.Inf", real(infinity)},  {"+.INF", real(infinity)},
      {"-.inf", real(-infinity)}, {"-.Inf", real(-infinity)}, {"-.INF", real(-infinity)},
  };
  if (text.size() > 5) {
    return std::nullopt;
  }
  for (const Word& word : words) {
    if (word.text == text) {
      return word.resolved;
    }
  }
  return std::nullopt;
}

bool may_be_word(char c) {
  return std::string_view("yYnNtTfFoO~").find(c) != std::string_view::npos;
}
bool may_be_number(char c) {
  return (c >= '0' && c <= '9') || c == '+' || c == '-';
}

std::string without_underscores(std::string_view text) {
  std::string plain;
  std::ranges::copy_if(text, std::back_inserter(plain), [](char c) { return c != '_'; });
  return plain;
}

// ".5_0": here go-yaml leaves the underscores to Go's own numbers, where they stand between digits
// only.
std::optional<double> read_fraction(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' &&
        (i == 0 || !is_digit(text[i - 1]) || i + 1 == text.size() || !is_digit(text[i + 1]))) {
      return std::nullopt;
    }
  }
  return read_real(without_underscores(text));
}

std::optional<Resolved> find_number(std::string_view written) {
  const std::string plain = without_underscores(written);
  const std::string_view text = plain;
  if (auto integer = read_integer(text)) {
    return Resolved{Type::integer, *integer};
  }
  if (const auto number = read_real(text)) {
    return real(*number);
  }
  if (text.starts_with("0b")) {  // go-yaml: "0b-1" is -1
    if (auto integer = read_integer(text.substr(2), 2)) {
      return Resolved{Type::integer, *integer};
    }
  }
  return std::nullopt;
}

Resolved guess(std::string_view text) {
  const char first = text.empty() ? '~' : text[0];
  if (!may_be_word(first) && !may_be_number(first) && first != '.') {
    return {};
  }
  if (const auto word = find_word(text)) {
    return *word;
  }
  if (may_be_number(first)) {
    return find_number(text).value_or(Resolved{});
  }
  if (first == '.') {
    const auto number = read_fraction(text);
    return number ? real(*number) : Resolved{};
  }
  return {};
}

constexpr std::string_view core_tags = "tag:yaml.org,2002:";

struct TagType {
  std::string_view name;
  Type type;
};

// Nothing for a tag that go-yaml does not know: the text then is a string.
std::optional<Type> type_of_tag(std::string_view tag) {
  static constexpr TagType types[] = {
      {"bool", Type::boolean},
      {"int", Type::integer},
      {"float", Type::real},
      {"null", Type::null},
      {"str", Type::string},
      {"timestamp", Type::timestamp},
      {"binary", Type::binary},
  };
  if (tag.starts_with(core_tags)) {
    for (const TagType& row : types) {
      if (row.name == tag.substr(core_tags.size())) {
        return row.type;
      }
    }
  }
  return std::nullopt;
}

// Without the text, which may be a Secret's.
[[noreturn]] void wrong_tag(std::string_view tag) {
  throw Error(
      ErrorCode::parse,
      "a text does not fit its tag \"!!" + std::string(tag.substr(core_tags.size())) + "\"");
}

// The scalar's type and content as go-yaml decodes it.
Resolved classify(const Scalar& scalar) {
  if (scalar.tag.empty()) {
    return scalar.implicit ? guess(scalar.text) : Resolved{};
  }
  const std::optional<Type> wanted = type_of_tag(scalar.tag);
  if (!wanted || *wanted == Type::string) {
    return {};
  }
  if (*wanted == Type::binary) {
    return {Type::binary, {}};
  }
  if (*wanted == Type::timestamp) {
    if (!is_timestamp(scalar.text)) {
      wrong_tag(scalar.tag);
    }
    return {};
  }
  Resolved resolved = guess(scalar.text);
  if (*wanted == Type::real && resolved.type == Type::integer && resolved.value.is_int()) {
    return real(double(resolved.value.as_int()));
  }
  if (resolved.type != *wanted) {
    wrong_tag(scalar.tag);
  }
  return resolved;
}

std::string decode_binary(std::string_view text) {
  std::string bytes;
  if (!base64_decode(text, bytes)) {
    throw Error(ErrorCode::parse, "a !!binary value is not base64");
  }
  return replace_invalid_utf8(bytes);
}

// How plain scalars of each kind are usually written; anything else is kept as source text.
std::string usual_text(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return value.as_bool() ? "true" : "false";
    case Value::Kind::integer:
      return std::to_string(value.as_int());
    default:
      return real_text(value.as_double());
  }
}

Value json_number(double number) {
  if (std::isnan(number) || std::isinf(number)) {
    throw Error(ErrorCode::parse,
                "JSON, and so Kubernetes, has no infinities and no NaN; quote the "
                "text if a string is meant");
  }
  return number_of(number);
}

Value value_of(const Scalar& scalar, const Resolved& resolved) {
  switch (resolved.type) {
    case Type::real:
      return json_number(resolved.real);
    case Type::binary:
      return Value::string(decode_binary(scalar.text));
    case Type::string:
    case Type::timestamp:
      return Value::string(scalar.text);
    default:
      return resolved.value;
  }
}

}  // namespace

Value resolve(const Scalar& scalar) {
  const Value value = value_of(scalar, classify(scalar));
  if (value.is_string() || usual_text(value) == scalar.text) {
    return value.with_quoting(scalar.quoting);
  }
  return value.with_source_text(scalar.text, scalar.quoting);
}

std::string resolve_key(const Scalar& scalar) {
  const Resolved resolved = classify(scalar);
  switch (resolved.type) {
    case Type::null:
      throw Error(ErrorCode::parse, "a key is null; quote it if a string is meant");
    case Type::boolean:
      return resolved.value.as_bool() ? "true" : "false";
    case Type::integer:
      if (!resolved.value.is_int()) {
        throw Error(ErrorCode::parse,
                    "the key " + std::string(scalar.text) + " is past 64 bits; quote it");
      }
      return std::to_string(resolved.value.as_int());
    case Type::real:
      return key_text(resolved.real);
    case Type::binary:
      return decode_binary(scalar.text);
    default:
      return std::string(scalar.text);
  }
}

bool is_merge(const Scalar& scalar) {
  return scalar.text == "<<" &&
         (scalar.tag.empty() ? scalar.implicit
                             : scalar.tag == "!" || scalar.tag == "tag:yaml.org,2002:merge");
}

bool is_ambiguous(std::string_view text) {
  return guess(text).type != Type::string;
}

}  // namespace celldrift::yaml
