// Plain text tables, as kubectl prints them: aligned columns, a header.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace celldrift::cli {

// The first row is the header. Cells are made printable; the last column is not padded.
std::string table(const std::vector<std::vector<std::string>>& rows);

// The same in at most `width` columns: the widest cells are cut in the middle ("apps/…/cell-a"), as
// far as that is possible without cutting a header.
std::string table(const std::vector<std::vector<std::string>>& rows, std::size_t width);

// The same with nothing cut: what is too long goes on below, broken at blanks where there are any.
// The first `whole` columns keep their widths.
std::string wrapped_table(const std::vector<std::vector<std::string>>& rows,
                          std::size_t width,
                          std::size_t whole);

// `text` in at most `width` columns, its middle replaced by "…".
std::string shortened(const std::string& text, std::size_t width);

}  // namespace celldrift::cli
