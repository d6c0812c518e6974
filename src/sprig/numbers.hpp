// Numbers as Go's strconv and spf13/cast 1.7 read them.
#pragma once

#include "celldrift/gotemplate/any.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift::sprig {

// strconv.ParseInt to 64 bits. Base 0 takes prefixes and underscores as Go's literals have them.
// Nothing where Go gives an error.
std::optional<std::int64_t> parse_int(std::string_view text, int base);
// strconv.ParseFloat, hexadecimal forms, infinities and NaN included.
std::optional<double> parse_float(std::string_view text);
// strconv.Atoi without its error: past 64 bits it is the nearest number that fits.
std::int64_t atoi(std::string_view text);

// The fewest digits that read as `value`, a finite number: "1.5e+21", and without an exponent.
std::string scientific_digits(double value);
std::string plain_digits(double value);

// cast.ToInt64 and cast.ToFloat64: what cannot be converted is 0.
std::int64_t to_int64(const gotemplate::Any& value);
double to_float64(const gotemplate::Any& value);

// int64(value) as Go does it on amd64: what does not fit is the smallest number.
std::int64_t truncated(double value);

}  // namespace celldrift::sprig
