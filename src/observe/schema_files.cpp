#include "observe/schema_files.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/write_file.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace celldrift::observe {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_bytes = 16u << 20;  // core/v1 takes 35 KB
constexpr std::size_t max_files = 1000;
// The first line, up to the hash of what follows. The number goes up when the text's form, or what
// is read from documents, changes.
constexpr std::string_view head = "celldrift.openapi/2 ";

// The files of former versions, and of documents that no cell has any more, go when it is crowded.
void make_room(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  for (const auto& file : fs::directory_iterator(folder)) {
    files.emplace_back(file.last_write_time(), file.path());
  }
  if (files.size() <= max_files) {
    return;
  }
  std::ranges::sort(files);
  files.resize(files.size() / 2);
  for (const auto& [time, path] : files) {
    fs::remove(path);
  }
}

}  // namespace

std::string sha512(std::string_view bytes) {
  unsigned char digest[SHA512_DIGEST_LENGTH];
  SHA512(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const unsigned char byte : digest) {
    text += {digits[byte >> 4], digits[byte & 15]};
  }
  return text;
}

std::optional<std::string> load_schema_text(const std::string& folder, const std::string& name) {
  const fs::path path = fs::path(folder) / name;
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > max_bytes) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!std::getline(file, line) || !line.starts_with(head)) {
    return std::nullopt;
  }
  std::string text(std::istreambuf_iterator<char>(file), {});
  return sha512(text) == line.substr(head.size()) ? std::optional(std::move(text)) : std::nullopt;
}

void store_schema_text(const std::string& folder, const std::string& name, std::string_view text) {
  if (text.size() > max_bytes / 2) {
    return;
  }
  try {
    fs::create_directories(folder);
    make_room(folder);
    write_file((fs::path(folder) / name).string(),
               std::string(head) + sha512(text) + "\n" + std::string(text),
               Readers::owner);
  } catch (const Error&) {
  } catch (const fs::filesystem_error&) {
  }
}

}  // namespace celldrift::observe
