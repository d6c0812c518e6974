// The order in which go-yaml 2 writes the keys of a map.
#pragma once

#include <string_view>

namespace celldrift::yaml {

// "Natural" order: numbers within keys by their value, letters behind everything else. Both must
// be UTF-8. Not always transitive; go-yaml's own order then is a matter of luck.
bool go_key_less(std::string_view a, std::string_view b);

}  // namespace celldrift::yaml
