#include "celldrift/core/path.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift {
namespace {

std::string escaped_token(std::string_view name) {
  std::string token;
  for (const char c : name) {
    token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return token;
}

std::string index_token(const std::optional<std::size_t>& index) {
  return index ? std::to_string(*index) : "-";
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '/' || c == '$';
  });
}

// A scalar inside brackets, as people write it.
std::string scalar_text(const Value& value) {
  if (value.is_string()) {
    return std::string(value.as_string());
  }
  if (value.is_int()) {
    return std::to_string(value.as_int());
  }
  if (value.is_real()) {
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value.as_double()).ptr;
    return std::string(digits, end);
  }
  if (value.is_bool()) {
    return value.as_bool() ? "true" : "false";
  }
  return value.is_null() ? "null" : "…";
}

struct Pointer {
  std::string operator()(const Path::Field& field) const { return escaped_token(field.name); }
  std::string operator()(const Path::Item& item) const { return index_token(item.index); }
  std::string operator()(const Path::Member& member) const { return index_token(member.index); }
  std::string operator()(const Path::Index& index) const { return std::to_string(index.index); }
};

struct Text {
  std::string operator()(const Path::Field& field) const {
    return is_plain_name(field.name) ? "." + field.name : "[\"" + field.name + "\"]";
  }
  std::string operator()(const Path::Item& item) const {
    std::string text = "[";
    for (const auto& [key, value] : item.keys) {
      text += (text.size() > 1 ? "," : "") + key + "=" + scalar_text(value);
    }
    return text + "]";
  }
  std::string operator()(const Path::Member& member) const {
    return "[" + scalar_text(member.value) + "]";
  }
  std::string operator()(const Path::Index& index) const {
    return "[" + std::to_string(index.index) + "]";
  }
};

}  // namespace

Path Path::operator/(Step step) const {
  Path longer = *this;
  longer.push(std::move(step));
  return longer;
}

std::string Path::pointer() const {
  std::string text;
  for (const Step& step : steps_) {
    text += "/" + std::visit(Pointer{}, step);
  }
  return text;
}

std::string Path::text() const {
  std::string text;
  for (const Step& step : steps_) {
    text += std::visit(Text{}, step);
  }
  return text.starts_with('.') ? text.substr(1) : text;
}

}  // namespace celldrift
