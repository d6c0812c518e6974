#include "fleet/patterns/doublestar.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "fleet/patterns/doublestar_checkout.hpp"
#include "fleet/patterns/doublestar_match.hpp"
#include "fleet/patterns/doublestar_syntax.hpp"
#include "fleet/patterns/go_slice.hpp"

#include <algorithm>
#include <set>

namespace celldrift::fleet {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::size_t max_steps = 2'000'000;
constexpr int max_depth = 200;

// doublestar.Glob, with its habit of taking apart patterns from the right.
class Globber {
 public:
  Globber(const CheckoutDirectory& directory, std::string_view pattern)
      : directory_(directory), walks_(has_double_star_before_end(pattern)) {}

  // Adds what matches to `found`. `last`: whether the pattern ends where the whole one does, so
  // that files match.
  GoSlice glob(const std::string& pattern, GoSlice found, bool last, int depth = 0) {
    step(depth);
    const std::size_t meta = first_meta(pattern);
    if (meta == none) {
      const std::string path = unescaped(pattern);
      if (directory_.exists(path)) {
        found.append(path);
      }
      return found;
    }
    std::size_t cut = last_of(pattern, "/}");
    if (cut != none && pattern[cut] == '}') {
      const std::size_t open = opening_brace(std::string_view(pattern).substr(0, cut));
      if (open != none) {
        return glob_alternatives(pattern, open, cut, std::move(found), last, depth);
      }
      cut = last_of(std::string_view(pattern).substr(0, cut), "/");
    }
    const std::string segment = cut == none ? pattern : pattern.substr(cut + 1);
    const std::string before = cut == none ? "." : pattern.substr(0, cut);
    if (cut == none || cut <= meta) {
      return glob_directory(unescaped(before), segment, std::move(found), last, depth);
    }
    const GoSlice directories = glob(before, inherited(found), false, depth + 1);
    for (std::size_t i = 0; i < directories.size(); ++i) {
      found =
          glob_directory(std::string(directories[i]), segment, std::move(found), last, depth + 1);
    }
    return found;
  }

 private:
  // Where no "**" is before the end, doublestar collects directories behind what it has found for
  // alternatives before, takes all of it for directories, and overwrites some of them when the
  // array has room: so do we.
  GoSlice inherited(const GoSlice& found) const { return walks_ ? GoSlice() : found; }

  GoSlice glob_alternatives(const std::string& pattern,
                            std::size_t open,
                            std::size_t close,
                            GoSlice found,
                            bool last,
                            int depth) {
    GoSlice directories;
    std::size_t start = last_of(std::string_view(pattern).substr(0, open), "/}");
    if (start == none || pattern[start] == '}') {
      directories.append("");
      start = 0;
    } else {
      directories = glob(pattern.substr(0, start), inherited(found), false, depth + 1);
      ++start;
    }
    for (std::size_t i = 0; i < directories.size(); ++i) {
      const std::string directory = directories[i];
      const std::size_t first = found.size();
      std::size_t newest = first;
      for (std::size_t at = open + 1; at < close;) {
        const std::size_t end = std::min(next_comma(pattern, at, close), close);
        found = glob(joined(escaped(directory),
                            pattern.substr(start, open - start) + pattern.substr(at, end - at) +
                                pattern.substr(close + 1)),
                     std::move(found),
                     last,
                     depth + 1);
        if (first != newest && newest != found.size()) {
          found.merge(first, newest);
        }
        newest = found.size();
        at = end + 1;
      }
    }
    return found;
  }

  GoSlice glob_directory(
      const std::string& path, const std::string& segment, GoSlice found, bool last, int depth) {
    step(depth);
    if (segment.empty()) {
      if (directory_.is_directory(path)) {
        found.append(path);
      }
      return found;
    }
    if (segment == "**") {
      if (directory_.is_directory(path)) {
        add_all(path, found, last, depth + 1);
      }
      return found;
    }
    for (const git::Entry& entry : directory_.list(path)) {
      step(depth);
      const std::string whole = joined(path, entry.name);
      if (doublestar_segment_matches(segment, entry.name) &&
          (last || directory_.is_directory(whole))) {
        found.append(whole);
      }
    }
    return found;
  }

  // The directory and what is below it.
  void add_all(const std::string& path, GoSlice& found, bool last, int depth) {
    found.append(path);
    for (const git::Entry& entry : directory_.list(path)) {
      step(depth);
      const std::string whole = joined(path, entry.name);
      if (directory_.is_directory(whole)) {
        add_all(whole, found, last, depth + 1);
      } else if (last) {
        found.append(whole);
      }
    }
  }

  void step(int depth) {
    if (depth > max_depth || ++steps_ > max_steps) {
      throw Error(ErrorCode::limit, "a pattern leads to too many files");
    }
  }

  const CheckoutDirectory& directory_;
  bool walks_;
  std::size_t steps_ = 0;
};

struct Cleaned {
  std::string pattern;
  bool leaves = false;  // the repository, through ".."
};

// filepath.Join cleans the pattern.
Cleaned cleaned(std::string_view pattern) {
  std::vector<std::string> parts;
  bool leaves = false;
  for (const std::string_view part : split(pattern, '/')) {
    if (part == "..") {
      leaves = leaves || parts.empty();
      if (!parts.empty()) {
        parts.pop_back();
      }
    } else if (!part.empty() && part != ".") {
      parts.emplace_back(part);
    }
  }
  return {.pattern = join(parts, "/"), .leaves = leaves};
}

}  // namespace

std::vector<std::string> doublestar_glob(const git::Tree& tree, std::string_view text) {
  const Cleaned clean = cleaned(text);
  if (clean.pattern.empty()) {
    return clean.leaves ? std::vector<std::string>() : std::vector<std::string>{"."};
  }
  const std::size_t base = end_of_base(clean.pattern);
  const std::string pattern = clean.pattern.substr(base);
  if (!is_doublestar_pattern(pattern)) {
    refuse_doublestar_pattern();
  }
  if (clean.leaves) {
    if (first_meta(clean.pattern) == none) {
      return {};
    }
    throw Error(ErrorCode::repository, "the pattern leads out of the repository");
  }
  const CheckoutDirectory directory(tree,
                                    unescaped(clean.pattern.substr(0, base == 0 ? 0 : base - 1)));
  const GoSlice found = Globber(directory, pattern).glob(pattern, {}, true);
  std::set<std::string> paths;
  for (std::size_t i = 0; i < found.size(); ++i) {
    paths.insert(directory.path_of(found[i]));
  }
  return {paths.begin(), paths.end()};
}

}  // namespace celldrift::fleet
