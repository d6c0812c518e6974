// Typed reading of maps: of services' answers, and of what generators state.
#pragma once

#include "celldrift/core/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::services {

// A map whose fields have the types that Argo CD's own structs give them: missing and null are
// empty, a wrong type is an Error: of code `server` in an answer, `config` in a spec.
class Fields {
 public:
  enum class From { answer, spec };
  // Throws when `map` is none.
  Fields(Value map, From from, std::string what);

  const Value& value() const { return map_; }
  const Value* present(std::string_view field) const;  // nullptr when missing or null
  std::string text(std::string_view field) const;
  bool flag(std::string_view field, bool otherwise = false) const;
  std::int64_t number(std::string_view field) const;
  std::vector<std::string> texts(std::string_view field) const;
  std::vector<Fields> objects(std::string_view field) const;
  std::optional<Fields> object(std::string_view field) const;

  // The same, but missing and null are Errors too: Argo CD fails (it follows a null pointer).
  std::string needed_text(std::string_view field) const;
  std::int64_t needed_number(std::string_view field) const;
  Fields needed_object(std::string_view field) const;

  // The items of a list of maps; null is an empty one.
  static std::vector<Fields> all(const Value& list, From from, const std::string& what);

 private:
  [[noreturn]] void wrong(std::string_view field, std::string_view why) const;
  const Value& needed(std::string_view field) const;
  std::string path_to(std::string_view field) const;

  Value map_;
  From from_;
  std::string what_;
};

}  // namespace celldrift::services
