// encoding/json's Marshal.
#pragma once

#include "celldrift/sprig/sprig.hpp"

#include <string>
#include <string_view>

namespace celldrift::sprig {

// json.Indent by two blanks, of what to_json wrote.
std::string indented_json(std::string_view compact);

}  // namespace celldrift::sprig
