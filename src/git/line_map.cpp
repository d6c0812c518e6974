#include "git/line_map.hpp"

#include <git2.h>

namespace celldrift::git {
namespace {

// As git blame compares: no context, the indentation heuristic, and any content as text.
git_diff_options diff_options() {
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.context_lines = 0;
  options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  return options;
}

int take_hunk(const git_diff_delta*, const git_diff_hunk* hunk, void* payload) {
  auto& hunks = *static_cast<std::vector<LineMap::Hunk>*>(payload);
  const auto start = std::uint32_t(hunk->new_start + (hunk->new_lines == 0 ? 1 : 0));
  hunks.push_back({std::uint32_t(hunk->old_lines), start, std::uint32_t(hunk->new_lines)});
  return 0;
}

void check(int status) {
  if (status < 0) {
    throw_last(status, "comparing two states of a file");
  }
}

}  // namespace

LineMap LineMap::between(const git_blob& before, const git_blob& after) {
  const git_diff_options options = diff_options();
  std::vector<Hunk> hunks;
  check(git_diff_blobs(
      &before, nullptr, &after, nullptr, &options, nullptr, nullptr, take_hunk, nullptr, &hunks));
  return LineMap(std::move(hunks));
}

LineMap LineMap::between(const git_blob& before, std::string_view after) {
  const git_diff_options options = diff_options();
  std::vector<Hunk> hunks;
  check(git_diff_blob_to_buffer(&before,
                                nullptr,
                                after.data(),
                                after.size(),
                                nullptr,
                                &options,
                                nullptr,
                                nullptr,
                                take_hunk,
                                nullptr,
                                &hunks));
  return LineMap(std::move(hunks));
}

std::optional<std::uint32_t> LineMap::before(std::uint32_t line) const {
  std::uint32_t old = line;
  for (const Hunk& hunk : hunks_) {
    if (line < hunk.new_start) {
      break;
    }
    if (line < hunk.new_start + hunk.new_lines) {
      return std::nullopt;
    }
    old += hunk.old_lines - hunk.new_lines;  // modulo 2^32 comes out right
  }
  return old;
}

}  // namespace celldrift::git
