// What a YAML scalar means: go-yaml 2's rules (YAML 1.1) and what is left after the way through
// JSON.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift::yaml {

struct Scalar {
  std::string_view text;
  std::string_view tag{};  // as resolved by directives; empty when none is written
  Quoting quoting = Quoting::plain;
  bool implicit = true;  // its type is to be found from the text: plain, or tagged "!"
};

// The scalar's value, without a mark. Throws Error(parse) where its tag does not fit, or JSON has
// no such number (infinities, NaN).
Value resolve(const Scalar& scalar);

// The scalar as a map's key. Throws Error(parse) for null and for integers past int64.
std::string resolve_key(const Scalar& scalar);

bool is_merge(const Scalar& scalar);

// True when plain `text` would be read as anything but the string that it is.
bool is_ambiguous(std::string_view text);

}  // namespace celldrift::yaml
