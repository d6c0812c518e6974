// Numbers as Go's strconv and encoding/json read and write them.
#pragma once

#include "celldrift/core/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::yaml {

// An integer in base 2, 8, 10 or 16, chosen by its prefix (0b, 0o, 0x, a bare 0 is octal), with a
// sign. Past int64 but within uint64 it is a real, as it is once it went through JSON.
std::optional<Value> read_integer(std::string_view text);
// The digits of one base, signed; nothing when it is not one or does not fit.
std::optional<Value> read_integer(std::string_view digits, int base);

// A decimal number with a point or an exponent; nothing when it is not one, or is past a double's
// range.
std::optional<double> read_real(std::string_view text);

// What a real is after YAML became JSON and was read again: whole numbers within int64 are
// integers.
Value number_of(double number);

// A real as a map key: the shortest digits that give the same *float*, as sigs.k8s.io/yaml writes
// it.
std::string key_text(double number);

// A real as sigs.k8s.io/yaml writes it as a value: whole numbers within 64 bits, signed or not, by
// their digits, others as strconv's 'g' has them ("1e+21", "1.5").
std::string go_text(double number);

// The shortest decimal that reads as the same double, always with a point or an exponent.
std::string real_text(double number);

}  // namespace celldrift::yaml
