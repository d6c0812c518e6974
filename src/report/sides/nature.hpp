// What kind of difference two texts have that a reader could overlook.
#pragma once

#include <string_view>

namespace celldrift::report {

// "only line ends differ, CRLF in the cell", "only line ends at the end differ", "only blanks
// differ", "only characters that cannot be seen differ"; "" for any other difference.
std::string_view nature_of(std::string_view want, std::string_view have);

}  // namespace celldrift::report
