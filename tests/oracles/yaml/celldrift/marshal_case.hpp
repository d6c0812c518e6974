// What celldrift makes of a case of `yaml-oracle marshal`, in the oracle's words.
#pragma once

#include "celldrift/yaml/yaml.hpp"

#include <string>

namespace celldrift::oracle {

// U+E080 to U+E0FF in a case's strings stand for bytes that are no UTF-8.
inline std::string with_bytes(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool stands_for_byte =
        text.substr(at).starts_with("\xEE\x82") || text.substr(at).starts_with("\xEE\x83");
    if (stands_for_byte) {
      bytes += char(((text[at + 1] & 3) << 6) | (text[at + 2] & 0x3F));
      at += 2;
    } else {
      bytes += text[at];
    }
  }
  return bytes;
}

inline Value with_bytes(const Value& value) {
  if (value.is_string()) {
    return Value::string(with_bytes(value.as_string()));
  }
  if (value.is_list()) {
    Value::List items;
    for (const Value& item : value.items()) {
      items.push_back(with_bytes(item));
    }
    return Value::list(std::move(items));
  }
  if (value.is_map()) {
    Value made = Value::map({});
    for (const Value::Entry& entry : value.entries()) {
      made = made.with(with_bytes(entry.key.view()), with_bytes(entry.value));
    }
    return made;
  }
  return value;
}

// A JSON string: the YAML, or {"error": text}.
inline std::string marshal_case(std::string_view json) {
  const Value value = with_bytes(yaml::parse_json(json).value);
  try {
    return yaml::emit_json(Value::string(yaml::emit_go(value)));
  } catch (const Error& error) {
    return yaml::emit_json(Value::map({{"error", Value::string(error.message())}}));
  }
}

}  // namespace celldrift::oracle
