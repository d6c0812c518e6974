#include "cli/tar.hpp"

#include "celldrift/core/error.hpp"

#include <charconv>

namespace celldrift::cli {
namespace {

constexpr std::size_t block = 512;

// A field of the header, up to its first NUL.
std::string_view field(std::string_view header, std::size_t offset, std::size_t size) {
  const std::string_view text = header.substr(offset, size);
  return text.substr(0, text.find('\0'));
}

std::size_t octal(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (error != std::errc{}) {
    throw Error(ErrorCode::internal, "the built-in archive has a broken size");
  }
  return value;
}

std::string path_of(std::string_view header) {
  const std::string_view prefix = field(header, 345, 155);
  const std::string_view name = field(header, 0, 100);
  return prefix.empty() ? std::string(name) : std::string(prefix) + "/" + std::string(name);
}

}  // namespace

std::vector<TarFile> read_tar(std::string_view archive) {
  std::vector<TarFile> files;
  while (archive.size() >= block && archive[0] != '\0') {
    const std::string_view header = archive.substr(0, block);
    const std::size_t size = octal(field(header, 124, 12));
    const std::size_t padded = (size + block - 1) / block * block;
    if (archive.size() - block < padded) {
      throw Error(ErrorCode::internal, "the built-in archive is cut");
    }
    const char type = header[156];
    if (type == '0' || type == '\0') {
      files.push_back({path_of(header), archive.substr(block, size)});
    }
    archive.remove_prefix(block + padded);
  }
  return files;
}

}  // namespace celldrift::cli
