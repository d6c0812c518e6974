#include "fleet/patterns/doublestar.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "fleet/patterns/runes.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_alternatives = 10'000;
constexpr std::size_t max_paths = 2'000'000;
constexpr int max_depth = 100;

[[noreturn]] void refuse(std::string_view pattern) {
  throw Error(ErrorCode::config, "syntax error in pattern: " + std::string(pattern));
}

// Where the brace at `open` closes; what is escaped or in a class does not count.
std::size_t closing_brace(std::string_view pattern, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < pattern.size(); ++i) {
    const char c = pattern[i];
    i += c == '\\' ? 1 : 0;
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth == 0) {
      return i;
    }
  }
  refuse(pattern);
}

std::vector<std::string_view> alternatives(std::string_view inside) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    i += c == '\\' ? 1 : 0;
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (c == ',' && depth == 0) {
      parts.push_back(inside.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(inside.substr(std::min(begin, inside.size())));
  return parts;
}

// The first "{" that is neither escaped nor in a class.
std::size_t first_brace(std::string_view pattern) {
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    i += c == '\\' ? 1 : 0;
    in_class = c == '[' || (in_class && c != ']');
    if (c == '{' && !in_class) {
      return i;
    }
  }
  return std::string_view::npos;
}

void expand_braces(const std::string& pattern, std::vector<std::string>& expanded, int depth = 0) {
  const std::size_t open = first_brace(pattern);
  if (open == std::string::npos) {
    if (expanded.size() == max_alternatives) {
      throw Error(ErrorCode::limit, "a pattern has more than 10000 alternatives");
    }
    expanded.push_back(pattern);
    return;
  }
  if (depth > max_depth) {
    throw Error(ErrorCode::limit, "a pattern has too many braces");
  }
  const std::size_t close = closing_brace(pattern, open);
  const std::string_view whole = pattern;
  for (const std::string_view part : alternatives(whole.substr(open + 1, close - open - 1))) {
    expand_braces(pattern.substr(0, open) + std::string(part) + pattern.substr(close + 1),
                  expanded,
                  depth + 1);
  }
}

char32_t take_class_rune(std::string_view& text, std::string_view pattern) {
  if (text.starts_with('\\')) {
    text.remove_prefix(1);
  }
  if (text.empty()) {
    refuse(pattern);
  }
  return take_rune(text);
}

// A class at the front of `segment`, which is taken off.
bool class_has(std::string_view& segment, char32_t rune) {
  const std::string_view pattern = segment;
  segment.remove_prefix(1);
  const bool negated = segment.starts_with('!') || segment.starts_with('^');
  segment.remove_prefix(negated ? 1 : 0);
  bool listed = false;
  for (bool first = true; first || !segment.starts_with(']'); first = false) {
    const char32_t low = take_class_rune(segment, pattern);
    char32_t high = low;
    if (segment.starts_with('-') && segment.size() > 1 && segment[1] != ']') {
      segment.remove_prefix(1);
      high = take_class_rune(segment, pattern);
    }
    listed = listed || (low <= rune && rune <= high);
  }
  segment.remove_prefix(1);
  return listed != negated;
}

// A name against one segment of a pattern, by going back to the last star.
bool segment_matches(std::string_view segment, std::string_view name) {
  std::string_view retry_segment;
  std::string_view retry_name;
  bool can_retry = false;
  while (!name.empty() || !segment.empty()) {
    if (segment.starts_with('*')) {
      segment.remove_prefix(1);
      retry_segment = segment;
      retry_name = name;
      can_retry = true;
      continue;
    }
    if (!segment.empty() && !name.empty()) {
      const char32_t rune = take_rune(name);
      bool fits = true;
      if (segment.front() == '?') {
        segment.remove_prefix(1);
      } else if (segment.front() == '[') {
        fits = class_has(segment, rune);
      } else {
        fits = take_class_rune(segment, segment) == rune;
      }
      if (fits) {
        continue;
      }
    }
    if (!can_retry || retry_name.empty()) {
      return false;
    }
    take_rune(retry_name);
    segment = retry_segment;
    name = retry_name;
  }
  return true;
}

bool is_literal(std::string_view segment) {
  return segment.find_first_of("*?[{\\") == std::string_view::npos;
}

class Globber {
 public:
  explicit Globber(const git::Tree& tree) : tree_(tree) {}

  void add(const std::string& pattern) {
    const std::vector<std::string_view> segments = split(pattern, '/');
    walk("", segments, 0);
  }
  std::vector<std::string> take() { return {found_.begin(), found_.end()}; }

 private:
  using Segments = std::span<const std::string_view>;

  void walk(const std::string& directory, Segments segments, int depth) {
    if (depth > max_depth || ++visits_ > max_paths) {
      throw Error(ErrorCode::limit, "a pattern leads to too many files");
    }
    if (segments.front() == "**") {
      return walk_any(directory, segments, depth);
    }
    if (is_literal(segments.front())) {
      return enter(directory, std::string(segments.front()), segments, depth);
    }
    for (const git::Entry& entry : entries_of(directory)) {
      if (segment_matches(segments.front(), entry.name)) {
        enter(directory, entry.name, segments, depth);
      }
    }
  }

  // "**": this directory and all below it.
  void walk_any(const std::string& directory, Segments segments, int depth) {
    if (segments.size() > 1) {
      walk(directory, segments.subspan(1), depth);
    } else {
      found_.insert(directory.empty() ? "." : directory);
    }
    for (const git::Entry& entry : entries_of(directory)) {
      const std::string path = joined(directory, entry.name);
      if (is_directory(path)) {
        walk(path, segments, depth + 1);
      } else if (segments.size() == 1) {
        found_.insert(path);
      }
    }
  }

  void enter(const std::string& directory, const std::string& name, Segments segments, int depth) {
    const std::string path = joined(directory, name);
    if (segments.size() > 1) {
      if (is_directory(path)) {
        walk(path, segments.subspan(1), depth + 1);
      }
    } else if (find(path)) {
      found_.insert(path);
    }
  }

  static std::string joined(const std::string& directory, const std::string& name) {
    return directory.empty() ? name : directory + "/" + name;
  }

  // Nothing for links that lead nowhere or out of the repository: Argo CD leaves those out as well.
  std::optional<git::Entry> find(const std::string& path) const {
    try {
      return tree_.find(path);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  bool is_directory(const std::string& path) const {
    const auto entry = find(path);
    return entry && entry->kind == git::EntryKind::directory;
  }

  std::vector<git::Entry> entries_of(const std::string& directory) const {
    return tree_.list(directory);
  }

  const git::Tree& tree_;
  std::set<std::string> found_;
  std::size_t visits_ = 0;
};

// filepath.Join cleans the pattern; what then leads out of the repository is left out.
std::optional<std::string> cleaned(std::string_view pattern) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(pattern, '/')) {
    if (part == "..") {
      if (parts.empty()) {
        return std::nullopt;
      }
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.emplace_back(part);
    }
  }
  return join(parts, "/");
}

}  // namespace

std::vector<std::string> doublestar_glob(const git::Tree& tree, std::string_view pattern) {
  const std::optional<std::string> clean = cleaned(pattern);
  if (!clean) {
    return {};
  }
  std::vector<std::string> expanded;
  expand_braces(*clean, expanded);
  Globber globber(tree);
  for (const std::string& one : expanded) {
    if (one.empty()) {
      return {"."};
    }
    globber.add(one);
  }
  return globber.take();
}

}  // namespace celldrift::fleet
