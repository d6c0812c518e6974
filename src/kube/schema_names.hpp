// Names in the text of a schema: schema_text.hpp.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::kube {

// True of what can only be a structure's name: it has a "." or an "@", and nothing that a type
// expression begins with.
bool is_structure_name(std::string_view text);

// A name as it stands in the text, and back. Unescaping never fails: what is no escape stays.
std::string escape_name(std::string_view name);
std::string unescape_name(std::string_view text);

}  // namespace celldrift::kube
