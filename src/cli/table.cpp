#include "cli/table.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

// Characters, not bytes: continuation bytes of UTF-8 take no column.
std::size_t columns(const std::string& text) {
  return std::size_t(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  std::vector<std::vector<std::string>> cells;
  for (const std::vector<std::string>& row : rows) {
    std::vector<std::string>& safe = cells.emplace_back();
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      safe.push_back(row[i].empty() ? "-" : printable(row[i]));
      widths[i] = std::max(widths[i], columns(safe.back()));
    }
  }
  std::string text;
  for (const std::vector<std::string>& row : cells) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool last = i + 1 == row.size();
      text += row[i] + (last ? "\n" : std::string(widths[i] - columns(row[i]) + 3, ' '));
    }
  }
  return text;
}

}  // namespace celldrift::cli
