// Files that are there whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::observe {

// Writes to a new file beside `path`, which only its owner may read, and renames it. Throws
// Error(io) that names `path`; nothing is left behind then.
void replace_file(const std::string& path, std::string_view bytes);

}  // namespace celldrift::observe
