#include "report/unified/hunks.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using Side = DiffLine::Side;
using Diff = std::vector<DiffLine>;

// [start, end) of aligned lines.
struct Range {
  std::size_t start = 0;
  std::size_t end = 0;
};

// Changes that are no further apart than their contexts reach share a hunk.
std::vector<Range> ranges_of(const Diff& diff, std::size_t context) {
  std::vector<Range> ranges;
  for (std::size_t i = 0; i < diff.size(); ++i) {
    if (diff[i].side == Side::both) {
      continue;
    }
    const std::size_t start = i - std::min(i, context);
    const std::size_t end = i + 1 + std::min(diff.size() - i - 1, context);
    if (!ranges.empty() && start <= ranges.back().end) {
      ranges.back().end = end;
    } else {
      ranges.push_back({start, end});
    }
  }
  return ranges;
}

std::size_t lines_on(Side side, const Diff& diff, std::size_t start, std::size_t end) {
  return std::size_t(std::count_if(
      diff.begin() + std::ptrdiff_t(start),
      diff.begin() + std::ptrdiff_t(end),
      [&](const DiffLine& line) { return line.side == side || line.side == Side::both; }));
}

// "1,4": an empty range names the line before it.
std::string position(std::size_t before, std::size_t count) {
  return std::to_string(count == 0 ? before : before + 1) + "," + std::to_string(count);
}

}  // namespace

std::vector<std::string> hunks(const std::vector<std::string>& want,
                               const std::vector<std::string>& have,
                               std::size_t context) {
  const Diff diff = align(want, have);
  std::vector<std::string> lines;
  std::size_t want_before = 0;
  std::size_t have_before = 0;
  std::size_t done = 0;
  for (const Range& range : ranges_of(diff, context)) {
    want_before += lines_on(Side::want, diff, done, range.start);
    have_before += lines_on(Side::have, diff, done, range.start);
    const std::size_t wanted = lines_on(Side::want, diff, range.start, range.end);
    const std::size_t had = lines_on(Side::have, diff, range.start, range.end);
    lines.push_back("@@ -" + position(want_before, wanted) + " +" + position(have_before, had) +
                    " @@");
    for (std::size_t i = range.start; i < range.end; ++i) {
      static constexpr char signs[] = {' ', '-', '+', ' '};
      lines.push_back(signs[std::size_t(diff[i].side)] + diff[i].text);
    }
    want_before += wanted;
    have_before += had;
    done = range.end;
  }
  return lines;
}

std::vector<std::string> yaml_lines(const Value& object) {
  std::vector<std::string> lines;
  if (!object.is_null()) {
    std::string text = yaml::emit(object);
    text.pop_back();  // the line end after the last line
    for (const std::string_view line : split(text, '\n')) {
      lines.push_back(printable(line));
    }
  }
  return lines;
}

Style style_of_line(std::string_view line) {
  return line.starts_with('@')   ? Style::cyan
         : line.starts_with('-') ? Style::red
         : line.starts_with('+') ? Style::green
                                 : Style::plain;
}

}  // namespace celldrift::report
