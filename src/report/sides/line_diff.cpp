#include "report/sides/line_diff.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using Side = DiffLine::Side;

// True for lines within `context` lines of a change: one way, then the other.
std::vector<bool> near_changes(const std::vector<DiffLine>& diff, std::size_t context) {
  std::vector<bool> near(diff.size());
  const auto mark = [&](std::size_t i, std::size_t& left) {
    const bool changed = diff[i].side != Side::both;
    near[i] = near[i] || changed || left > 0;
    left = changed ? context : left - (left > 0 ? 1 : 0);
  };
  std::size_t left = 0;
  for (std::size_t i = 0; i < diff.size(); ++i) {
    mark(i, left);
  }
  left = 0;
  for (std::size_t i = diff.size(); i-- > 0;) {
    mark(i, left);
  }
  return near;
}

// Replaces runs of equal lines by a word, but for those around a change.
std::vector<DiffLine> without_far_context(const std::vector<DiffLine>& diff, std::size_t context) {
  const std::vector<bool> is_near = near_changes(diff, context);
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
    if (is_near[i]) {
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

std::vector<DiffLine> line_diff(std::string_view want,
                                std::string_view have,
                                std::size_t limit,
                                std::size_t context) {
  return at_most(without_far_context(align(lines_of(want), lines_of(have)), context), limit);
}

}  // namespace celldrift::report
