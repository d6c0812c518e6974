#include "fleet/patterns/path_match.hpp"

#include "fleet/patterns/runes.hpp"

#include <optional>

namespace celldrift::fleet {
namespace {

struct Malformed {};

// A piece of a pattern up to the next star, matched at one place.
class Chunk {
 public:
  explicit Chunk(std::string_view text) : text_(text) {}

  // What is left of `path` after the chunk; nothing when it does not match. Throws Malformed also
  // when the path has ended before.
  std::optional<std::string_view> match(std::string_view path) const {
    std::string_view chunk = text_;
    bool failed = false;
    while (!chunk.empty()) {
      failed = failed || path.empty();
      match_one(chunk, path, failed);
    }
    return failed ? std::nullopt : std::optional(path);
  }

 private:
  static void match_one(std::string_view& chunk, std::string_view& path, bool& failed) {
    switch (chunk.front()) {
      case '[':
        return match_class(chunk, path, failed);
      case '?':
        chunk.remove_prefix(1);
        if (!failed && !path.empty()) {
          failed = path.front() == '/';
          take_rune(path);
        }
        return;
      case '\\':
        chunk.remove_prefix(1);
        if (chunk.empty()) {
          throw Malformed();
        }
        [[fallthrough]];
      default:
        if (!failed && !path.empty()) {
          failed = chunk.front() != path.front();
          path.remove_prefix(1);
        }
        chunk.remove_prefix(1);
    }
  }

  static void match_class(std::string_view& chunk, std::string_view& path, bool& failed) {
    char32_t rune = 0;
    if (!failed) {
      rune = take_rune(path);
    }
    chunk.remove_prefix(1);
    const bool negated = chunk.starts_with('^');
    chunk.remove_prefix(negated ? 1 : 0);
    bool listed = false;
    for (int ranges = 0; ranges == 0 || !chunk.starts_with(']'); ++ranges) {
      const char32_t low = take_class_rune(chunk);
      char32_t high = low;
      if (chunk.front() == '-') {
        chunk.remove_prefix(1);
        high = take_class_rune(chunk);
      }
      listed = listed || (low <= rune && rune <= high);
    }
    chunk.remove_prefix(1);
    failed = failed || listed == negated;
  }

  // A class needs something after each character: at least its "]".
  static char32_t take_class_rune(std::string_view& chunk) {
    if (chunk.empty() || chunk.front() == '-' || chunk.front() == ']') {
      throw Malformed();
    }
    if (chunk.front() == '\\') {
      chunk.remove_prefix(1);
      if (chunk.empty()) {
        throw Malformed();
      }
    }
    const bool broken = utf8::decode(chunk).is_broken();
    const char32_t rune = take_rune(chunk);
    if (broken || chunk.empty()) {
      throw Malformed();
    }
    return rune;
  }

  std::string_view text_;
};

struct Part {
  bool after_star = false;
  std::string_view chunk;
};

Part take_part(std::string_view& pattern) {
  Part part;
  while (pattern.starts_with('*')) {
    pattern.remove_prefix(1);
    part.after_star = true;
  }
  bool in_class = false;
  std::size_t end = 0;
  for (; end < pattern.size() && (pattern[end] != '*' || in_class); ++end) {
    if (pattern[end] == '\\') {
      end += end + 1 < pattern.size() ? 1 : 0;
    } else if (pattern[end] == '[') {
      in_class = true;
    } else if (pattern[end] == ']') {
      in_class = false;
    }
  }
  part.chunk = pattern.substr(0, end);
  pattern.remove_prefix(end);
  return part;
}

// The rest of the path after a star and a chunk that may begin anywhere before the next "/".
std::optional<std::string_view> skip_to(const Chunk& chunk,
                                        std::string_view path,
                                        bool must_end_path) {
  for (std::size_t i = 0; i < path.size() && path[i] != '/'; ++i) {
    const auto rest = chunk.match(path.substr(i + 1));
    if (rest && !(must_end_path && !rest->empty())) {
      return rest;
    }
  }
  return std::nullopt;
}

bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty()) {
    const Part part = take_part(pattern);
    if (part.after_star && part.chunk.empty()) {
      return path.find('/') == std::string_view::npos;
    }
    const Chunk chunk(part.chunk);
    auto rest = chunk.match(path);
    if (rest && (rest->empty() || !pattern.empty())) {
      path = *rest;
      continue;
    }
    rest = part.after_star ? skip_to(chunk, path, pattern.empty()) : std::nullopt;
    if (!rest) {
      return false;
    }
    path = *rest;
  }
  return path.empty();
}

}  // namespace

bool path_match(std::string_view pattern, std::string_view path) {
  try {
    return matches(pattern, path);
  } catch (const Malformed&) {
    return false;
  }
}

}  // namespace celldrift::fleet
