// Plain text tables, as kubectl prints them: aligned columns, a header, nothing cut.
#pragma once

#include <string>
#include <vector>

namespace celldrift::cli {

// The first row is the header. Cells are made printable; the last column is not padded.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace celldrift::cli
