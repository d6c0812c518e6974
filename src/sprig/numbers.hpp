// Values as numbers, as spf13/cast 1.7 converts them.
#pragma once

#include "celldrift/gotemplate/any.hpp"

#include <cstdint>
#include <string_view>

namespace celldrift::sprig {

// cast.ToInt64 and cast.ToFloat64: what cannot be converted is 0.
std::int64_t to_int64(const gotemplate::Any& value);
double to_float64(const gotemplate::Any& value);

// strconv.Atoi without its error: past 64 bits it is the nearest number that fits.
std::int64_t atoi(std::string_view text);

// int64(value) as Go does it on amd64: what does not fit is the smallest number.
std::int64_t truncated(double value);

}  // namespace celldrift::sprig
