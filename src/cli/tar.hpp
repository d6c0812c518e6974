// Reading the tar archives that celldrift carries in itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::cli {

struct TarFile {
  std::string path;
  std::string_view content;  // into the archive
};

// The regular files of a ustar archive, in its order. Error(internal) when it is cut or malformed.
std::vector<TarFile> read_tar(std::string_view archive);

}  // namespace celldrift::cli
