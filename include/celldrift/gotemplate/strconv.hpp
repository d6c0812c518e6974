// Numbers to text and back as Go's strconv has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift::gotemplate {

// ParseInt and ParseUint to 64 bits. Base 0 takes prefixes and underscores as Go's literals have
// them. Nothing for what is no such number or out of range.
std::optional<std::int64_t> parse_int(std::string_view text, unsigned base = 0);
std::optional<std::uint64_t> parse_unsigned(std::string_view text, unsigned base = 0);

// ParseFloat to 64 bits: hexadecimal forms, underscores, infinities and NaN by name. Nothing past
// the largest number; what is too small is 0.
std::optional<double> parse_real(std::string_view text);

// The length of the number with an optional sign, fraction and exponent that `text` begins with; 0
// when there is none.
std::size_t real_length(std::string_view text);

// FormatFloat: `format` is one of e E f g G b x X; a precision of -1 gives the shortest text that
// reads back as the same number; `bits` is 32 or 64.
std::string format_real(double value, char format, int precision = -1, int bits = 64);

}  // namespace celldrift::gotemplate
