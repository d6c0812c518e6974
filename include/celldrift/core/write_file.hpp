// Files that are there whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace celldrift {

// Who may read a file that was not there before.
enum class Readers { all, owner };

// Writes to a new file beside `path`, and renames it. What a symbolic link leads to is replaced,
// not the link. What is no regular file (/dev/null, a pipe, /dev/stdout) is written to as it is.
// Throws Error(io) that names `path`; nothing is left behind then.
void write_file(const std::string& path, std::string_view bytes, Readers readers = Readers::all);

}  // namespace celldrift
