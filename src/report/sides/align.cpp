#include "report/sides/align.hpp"

#include <dtl/dtl.hpp>

#include <algorithm>
#include <span>

namespace celldrift::report {
namespace {

using Lines = std::vector<std::string>;
using Side = DiffLine::Side;

// Alignment costs up to lines × differences; past this it is not worth a reader's wait.
constexpr std::size_t most_lines_to_align = 1500;

void append(std::vector<DiffLine>& diff, Side side, std::span<const std::string> lines) {
  for (const std::string& line : lines) {
    diff.push_back({side, line});
  }
}

// Within each change: first what Git wants, then what the cell has.
void put_want_first(std::vector<DiffLine>& diff) {
  const auto is_equal = [](const DiffLine& line) { return line.side == Side::both; };
  for (auto start = diff.begin(); start != diff.end();) {
    start = std::find_if_not(start, diff.end(), is_equal);
    const auto end = std::find_if(start, diff.end(), is_equal);
    std::stable_partition(start, end, [](const DiffLine& line) { return line.side == Side::want; });
    start = end;
  }
}

std::vector<DiffLine> align_middle(const Lines& want, const Lines& have) {
  std::vector<DiffLine> diff;
  if (want.size() + have.size() > most_lines_to_align) {
    append(diff, Side::want, want);
    append(diff, Side::have, have);
    return diff;
  }
  dtl::Diff<std::string, Lines> aligned(want, have);
  aligned.compose();
  for (const auto& [line, info] : aligned.getSes().getSequence()) {
    const Side side = info.type == dtl::SES_DELETE ? Side::want
                      : info.type == dtl::SES_ADD  ? Side::have
                                                   : Side::both;
    diff.push_back({side, line});
  }
  put_want_first(diff);
  return diff;
}

}  // namespace

std::vector<std::string> lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(std::string(text.substr(0, end)) + (end == text.npos ? " (no line end)" : ""));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<DiffLine> align(Lines before, Lines after) {
  const auto [left, right] = std::ranges::mismatch(before, after);
  const Lines start(before.begin(), left);
  before.erase(before.begin(), left);
  after.erase(after.begin(), right);
  Lines end;
  while (!before.empty() && !after.empty() && before.back() == after.back()) {
    end.push_back(std::move(before.back()));
    before.pop_back();
    after.pop_back();
  }
  std::ranges::reverse(end);
  std::vector<DiffLine> diff;
  append(diff, Side::both, start);
  std::ranges::move(align_middle(before, after), std::back_inserter(diff));
  append(diff, Side::both, end);
  return diff;
}

}  // namespace celldrift::report
