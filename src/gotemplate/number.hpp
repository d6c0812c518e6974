// Number constants of templates: Go's number syntax and ideal constants.
#pragma once

#include "gotemplate/lexer.hpp"
#include "gotemplate/node.hpp"

#include <optional>
#include <string_view>

namespace celldrift::gotemplate {

// Reads a number, complex or character constant. Throws Error(parse) with Go's message, without a
// place.
Number read_number(const Token& token);

// strconv.ParseInt(text, 0, 64) and so on; nothing for what is no such number or out of range.
std::optional<std::int64_t> parse_int(std::string_view text);
std::optional<std::uint64_t> parse_unsigned(std::string_view text);
std::optional<double> parse_real(std::string_view text);

}  // namespace celldrift::gotemplate
