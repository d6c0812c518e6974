// Names in other spellings, by the rules of huandu/xstrings 1.5.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::sprig {

// xstrings.ToPascalCase: "some_words" is "SomeWords". Connectors ("-", "_", blanks) in front stay.
std::string pascal_case(std::string_view text);

// xstrings.ToSnakeCase and ToKebabCase: "HTTPServer2" is "http_server2" with '_'.
std::string connected_lower_case(std::string_view text, char connector);

}  // namespace celldrift::sprig
