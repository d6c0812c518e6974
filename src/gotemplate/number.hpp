// Number constants of templates: Go's number syntax and ideal constants.
#pragma once

#include "gotemplate/lexer.hpp"
#include "gotemplate/node.hpp"

namespace celldrift::gotemplate {

// Reads a number, complex or character constant. Throws Error(parse) with Go's message, without a
// place.
Number read_number(const Token& token);

}  // namespace celldrift::gotemplate
