#include "report/line_diff.hpp"

#include <dtl/dtl.hpp>

#include <algorithm>
#include <span>

namespace celldrift::report {
namespace {

using Lines = std::vector<std::string>;
using Side = DiffLine::Side;

// Alignment costs up to lines × differences; past this it is not worth a reader's wait.
constexpr std::size_t most_lines_to_align = 1500;

// Lines without their ends; a last line that has none says so, as that is a difference too.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(std::string(text.substr(0, end)) + (end == text.npos ? " (no line end)" : ""));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

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

std::vector<DiffLine> align(const Lines& want, const Lines& have) {
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

// Replaces runs of equal lines by a word, but for the one before and the one after a change.
std::vector<DiffLine> without_far_context(const std::vector<DiffLine>& diff) {
  const auto changed = [&](std::size_t i) { return i < diff.size() && diff[i].side != Side::both; };
  std::vector<DiffLine> near;
  std::size_t skipped = 0;
  const auto note_skipped = [&] {
    if (skipped > 0) {
      near.push_back({Side::left_out,
                      std::to_string(skipped) + (skipped == 1 ? " equal line" : " equal lines")});
    }
    skipped = 0;
  };
  for (std::size_t i = 0; i < diff.size(); ++i) {
    if (changed(i) || changed(i + 1) || (i > 0 && changed(i - 1))) {
      note_skipped();
      near.push_back(diff[i]);
    } else {
      ++skipped;
    }
  }
  note_skipped();
  return near;
}

// Each side, and what surrounds them, gets a fair part of the room: a long text must not push the
// other one out.
std::vector<DiffLine> at_most(const std::vector<DiffLine>& diff, std::size_t limit) {
  if (diff.size() <= limit) {
    return diff;
  }
  std::vector<DiffLine> kept;
  std::size_t want = 0;
  std::size_t have = 0;
  std::size_t around = 0;
  for (const DiffLine& line : diff) {
    std::size_t& used = line.side == Side::want ? want : line.side == Side::have ? have : around;
    if (used < limit / 2) {
      kept.push_back(line);
      ++used;
    }
  }
  const std::size_t rest = diff.size() - kept.size();
  kept.push_back({Side::left_out, std::to_string(rest) + " more lines"});
  return kept;
}

}  // namespace

std::vector<DiffLine> line_diff(std::string_view want, std::string_view have, std::size_t limit) {
  Lines before = lines_of(want);
  Lines after = lines_of(have);
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
  std::ranges::move(align(before, after), std::back_inserter(diff));
  append(diff, Side::both, end);
  return at_most(without_far_context(diff), limit);
}

}  // namespace celldrift::report
