#include "fleet/patterns/doublestar_syntax.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::fleet {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::string_view escapable = "*?[]{}";

bool is_meta(char c) {
  return c == '*' || c == '?' || c == '[' || c == '{';
}

// The index of the "]" of a class whose "[" is before `i`, or none.
std::size_t end_of_class(std::string_view pattern, std::size_t i) {
  if (i < pattern.size() && (pattern[i] == '^' || pattern[i] == '!')) {
    ++i;
  }
  return i >= pattern.size() || pattern[i] == ']' ? none : closing_bracket(pattern, i);
}

}  // namespace

void refuse_doublestar_pattern() {
  throw Error(ErrorCode::config, "syntax error in pattern");
}

std::size_t first_meta(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_meta(pattern[i])) {
      return i;
    }
    i += pattern[i] == '\\' ? 1 : 0;
  }
  return none;
}

std::size_t last_of(std::string_view pattern, std::string_view characters) {
  for (std::size_t i = pattern.size(); i-- > 0;) {
    if (characters.find(pattern[i]) != none && (i == 0 || pattern[i - 1] != '\\')) {
      return i;
    }
  }
  return none;
}

std::size_t opening_brace(std::string_view pattern) {
  int depth = 1;
  for (std::size_t i = pattern.size(); i-- > 0;) {
    if (i > 0 && pattern[i - 1] == '\\') {
      continue;
    }
    depth += pattern[i] == '}' ? 1 : pattern[i] == '{' ? -1 : 0;
    if (depth == 0) {
      return i;
    }
  }
  return none;
}

bool has_double_star_before_end(std::string_view pattern) {
  for (std::size_t i = 0; i + 3 < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '*' && pattern[i + 1] == '*') {
      return true;
    }
  }
  return false;
}

std::string unescaped(std::string_view pattern) {
  std::string path;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    i += pattern[i] == '\\' && i + 1 < pattern.size() && escapable.find(pattern[i + 1]) != none ? 1
                                                                                                : 0;
    path += pattern[i];
  }
  return path;
}

std::string escaped(std::string_view path) {
  std::string pattern;
  for (const char c : path) {
    pattern += escapable.find(c) != none ? "\\" : "";
    pattern += c;
  }
  return pattern;
}

std::size_t end_of_base(std::string_view pattern) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < pattern.size() && !is_meta(pattern[i]); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '/') {
      end = i + 1;
    }
  }
  return end;
}

std::size_t closing_bracket(std::string_view pattern, std::size_t from) {
  for (std::size_t i = from; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == ']') {
      return i;
    }
  }
  return none;
}

std::size_t closing_brace(std::string_view pattern, std::size_t from) {
  int depth = 1;
  for (std::size_t i = from; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '{') {
      ++depth;
    } else if (pattern[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return none;
}

std::size_t next_comma(std::string_view pattern, std::size_t from, std::size_t end) {
  int depth = 1;
  for (std::size_t i = from; i < end; ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == ',' && depth == 1) {
      return i;
    } else {
      depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
    }
  }
  return none;
}

bool is_doublestar_pattern(std::string_view pattern) {
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      if (++i >= pattern.size()) {
        return false;
      }
      continue;
    }
    if (pattern[i] == '[') {
      i = end_of_class(pattern, i + 1);
      if (i == none) {
        return false;
      }
      continue;
    }
    depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth == 0;
}

}  // namespace celldrift::fleet
