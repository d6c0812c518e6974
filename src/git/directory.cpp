#include "celldrift/core/text.hpp"
#include "git/library.hpp"
#include "git/objects.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::git {

namespace {

constexpr std::size_t id_bytes = id_digits / 2;
constexpr std::size_t most_mode_digits = 7;

std::string bytes_of_hex(std::string_view hex) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(value(hex[i]) * 16 + value(hex[i + 1]));
  }
  return bytes;
}

// The type is in the upper bits; old repositories have odd permissions (100664).
std::optional<EntryKind> kind_of(unsigned mode) {
  switch (mode & 0170000) {
    case 0040000:
      return EntryKind::directory;
    case 0100000:
      return EntryKind::file;
    case 0120000:
      return EntryKind::symlink;
    case 0160000:
      return EntryKind::submodule;
    default:
      return std::nullopt;
  }
}

std::string_view mode_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::directory:
      return "40000";
    case EntryKind::symlink:
      return "120000";
    case EntryKind::submodule:
      return "160000";
    case EntryKind::file:
      break;
  }
  return "100644";
}

[[noreturn]] void throw_malformed() {
  throw Error(ErrorCode::repository, "the directory object is malformed: run git fsck");
}

std::optional<EntryKind> parse_mode(std::string_view text) {
  if (text.empty() || text.size() > 6) {
    return std::nullopt;
  }
  unsigned mode = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') {
      return std::nullopt;
    }
    mode = mode * 8 + static_cast<unsigned>(c - '0');
  }
  return kind_of(mode);
}

Entry take_entry(std::string_view& raw) {
  const auto stored = take_stored_entry(raw);
  const auto kind = stored ? parse_mode(stored->mode) : std::nullopt;
  if (!kind) {
    throw_malformed();
  }
  return {std::string(stored->name), *kind, hex_of_bytes(stored->oid)};
}

bool by_name(const Entry& a, const Entry& b) {
  return a.name < b.name;
}

void check_no_name_twice(const Directory& entries) {
  const auto twice = std::ranges::adjacent_find(entries, {}, &Entry::name);
  if (twice != entries.end()) {
    throw Error(ErrorCode::repository,
                "the directory has two entries named " + in_quotes(twice->name) + ": run git fsck");
  }
}

}  // namespace

std::string hex_of_bytes(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

std::optional<StoredEntry> take_stored_entry(std::string_view& raw) {
  const std::size_t space = raw.substr(0, most_mode_digits + 1).find(' ');
  const std::size_t end = raw.find('\0');
  if (space == raw.npos || end == raw.npos || end < space || raw.size() - end - 1 < id_bytes) {
    return std::nullopt;
  }
  const StoredEntry entry{.mode = raw.substr(0, space),
                          .name = raw.substr(space + 1, end - space - 1),
                          .oid = raw.substr(end + 1, id_bytes)};
  raw.remove_prefix(end + 1 + id_bytes);
  return entry;
}

void check_entry_name(std::string_view name) {
  const bool reserved = name.empty() || name == "." || name == ".." || lower(name) == ".git";
  if (reserved || name.find('/') != name.npos || name.find('\0') != name.npos) {
    throw Error(
        ErrorCode::repository,
        "the directory has an entry named " + in_quotes(name) + ", which git never checks out");
  }
}

Directory parse_directory(std::string_view raw) {
  Directory entries;
  while (!raw.empty()) {
    entries.push_back(take_entry(raw));
    check_entry_name(entries.back().name);
  }
  // git sorts directories as if their names ended in "/".
  if (!std::ranges::is_sorted(entries, by_name)) {
    std::ranges::sort(entries, by_name);
  }
  check_no_name_twice(entries);
  return entries;
}

std::string write_directory(Directory entries) {
  const auto key = [](const Entry& entry) {
    return entry.kind == EntryKind::directory ? entry.name + "/" : entry.name;
  };
  std::ranges::sort(entries, {}, key);
  std::string raw;
  for (const Entry& entry : entries) {
    raw += mode_of(entry.kind);
    raw += ' ';
    raw += entry.name;
    raw += '\0';
    raw += bytes_of_hex(entry.oid);
  }
  return raw;
}

}  // namespace celldrift::git
