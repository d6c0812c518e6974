// Messages of errors, as Go's fmt.Errorf makes them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace celldrift::gotemplate {

// Sprintf of texts: verbs are %s and %q. text/template takes the template's name for a part of the
// format, so that percent signs in it are verbs; ours are, too.
std::string message(std::string_view format, std::initializer_list<std::string_view> texts = {});

// "100%" for a format.
std::string escape_percent(std::string_view text);

}  // namespace celldrift::gotemplate
