#include "cli/table.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace celldrift::cli {
namespace {

constexpr std::size_t wide_gap = 3;
constexpr std::size_t narrow_gap = 2;   // where there is not room enough
constexpr std::size_t least_width = 8;  // a column is not cut to less

using Rows = std::vector<std::vector<std::string>>;
using Widths = std::vector<std::size_t>;

bool begins_character(char c) {
  return (c & 0xC0) != 0x80;
}

// Characters, not bytes: continuation bytes of UTF-8 take no column.
std::size_t columns(const std::string& text) {
  return std::size_t(std::ranges::count_if(text, begins_character));
}

// Where the character of that number begins.
std::size_t byte_of(const std::string& text, std::size_t character) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at) {
    if (begins_character(text[at]) && seen++ == character) {
      break;
    }
  }
  return at;
}

Rows printable_rows(const Rows& rows) {
  Rows safe = rows;
  for (std::vector<std::string>& row : safe) {
    for (std::string& cell : row) {
      cell = cell.empty() ? "-" : printable(cell);
    }
  }
  return safe;
}

Widths widths_of(const Rows& rows) {
  Widths widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i]));
    }
  }
  return widths;
}

std::size_t total_width(const Widths& widths, std::size_t gap) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
         gap * (widths.empty() ? 0 : widths.size() - 1);
}

// Takes from the widest column but the first `whole` ones, one by one, until all fit.
void narrow(Widths& widths, const Rows& rows, std::size_t width, std::size_t whole) {
  std::size_t total = total_width(widths, narrow_gap);
  const auto least = [&](std::size_t i) {
    return std::max(least_width, i < rows.front().size() ? columns(rows.front()[i]) : 0);
  };
  while (total > width) {
    std::size_t widest = widths.size();
    for (std::size_t i = whole; i < widths.size(); ++i) {
      const bool can_shrink = widths[i] > least(i);
      if (can_shrink && (widest == widths.size() || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    if (widest == widths.size()) {
      return;
    }
    --widths[widest];
    --total;
  }
}

// A cell as a column is to show it: as one line or more.
using Lines = std::vector<std::string>;
using Fit = Lines (*)(const std::string& text, std::size_t width);

Lines cut(const std::string& text, std::size_t width) {
  return {shortened(text, width)};
}

// How much of a word that is too long goes into `width` columns: as far as a path, a list or a name
// may be broken.
std::size_t breakable(const std::string& word, std::size_t width) {
  const std::size_t fits = byte_of(word, width);
  const std::size_t at = word.find_last_of("/.,;:", fits - 1);
  return at == std::string::npos || at == 0 ? fits : at + 1;
}

Lines wrapped(const std::string& text, std::size_t width) {
  Lines lines(1);
  for (const std::string_view part : split(text, ' ')) {
    std::string word(part);
    const bool has_room = columns(lines.back()) + 1 + columns(word) <= width;
    if (!lines.back().empty()) {
      has_room ? void(lines.back() += ' ') : void(lines.emplace_back());
    }
    while (columns(lines.back()) + columns(word) > width) {
      const std::size_t piece = breakable(word, width);
      lines.back() = word.substr(0, piece);
      lines.emplace_back();
      word.erase(0, piece);
    }
    lines.back() += word;
  }
  return lines;
}

std::string row_text(const std::vector<std::string>& row,
                     const Widths& widths,
                     std::size_t gap,
                     Fit fit) {
  std::vector<Lines> cells;
  std::size_t height = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    cells.push_back(fit(row[i], widths[i]));
    height = std::max(height, cells.back().size());
  }
  std::string text;
  for (std::size_t line = 0; line < height; ++line) {
    std::size_t blanks = 0;  // owed, so that no line ends in them
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = line < cells[i].size() ? cells[i][line] : "";
      if (!cell.empty()) {
        text += std::string(blanks, ' ') + cell;
        blanks = 0;
      }
      blanks += widths[i] - columns(cell) + gap;
    }
    text += '\n';
  }
  return text;
}

std::string fitted(const Rows& rows, std::size_t width, std::size_t whole, Fit fit) {
  const Rows cells = printable_rows(rows);
  Widths widths = widths_of(cells);
  const bool fits = total_width(widths, wide_gap) <= width;
  if (!fits) {
    narrow(widths, cells, width, whole);
  }
  std::string text;
  for (const std::vector<std::string>& row : cells) {
    text += row_text(row, widths, fits ? wide_gap : narrow_gap, fit);
  }
  return text;
}

}  // namespace

std::string shortened(const std::string& text, std::size_t width) {
  const std::size_t length = columns(text);
  if (length <= width || width == 0) {
    return text;
  }
  const std::size_t head = (width - 1) / 2;
  const std::size_t tail = width - 1 - head;  // the end tells more: of a path, of a name
  return text.substr(0, byte_of(text, head)) + "…" + text.substr(byte_of(text, length - tail));
}

std::string table(const Rows& rows, std::size_t width) {
  return fitted(rows, width, 0, cut);
}

std::string wrapped_table(const Rows& rows, std::size_t width, std::size_t whole) {
  return fitted(rows, width, whole, wrapped);
}

std::string table(const Rows& rows) {
  return table(rows, std::numeric_limits<std::size_t>::max());
}

}  // namespace celldrift::cli
