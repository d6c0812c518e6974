// Go's fmt package over run-time values.
#pragma once

#include "celldrift/gotemplate/any.hpp"

#include <span>
#include <string>
#include <string_view>

namespace celldrift::gotemplate {

// fmt.Sprintf, with all verbs, flags, widths, argument indexes and %!-errors of Go 1.26.
// Error(limit) for widths and results past 16 MiB.
std::string sprintf(std::string_view format, std::span<const Any> arguments);
// fmt.Sprint and fmt.Sprintln.
std::string sprint(std::span<const Any> arguments);
std::string sprintln(std::span<const Any> arguments);
// %v of one value; nil is "<nil>".
std::string format_value(const Any& value);
// %v of a float64: strconv.FormatFloat(value, 'g', -1, 64).
std::string format_float(double value);
// strconv.Quote.
std::string quote(std::string_view text);

}  // namespace celldrift::gotemplate
