#include "fleet/patterns/pathspec.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

bool equal(std::string_view a, std::string_view b, bool icase) {
  return icase ? lower(a) == lower(b) : a == b;
}

std::size_t plain_length(std::string_view text) {
  return std::min(text.find_first_of("*?[\\"), text.size());
}

// "./", "//" and "a/../" taken out, as git does before it looks at wildcards; a "/" at the end
// stays.
std::string normalised(std::string_view pattern) {
  if (pattern.starts_with('/')) {
    throw Error(ErrorCode::config,
                "fatal: " + std::string(pattern) + ": '" + std::string(pattern) +
                    "' is outside repository");
  }
  std::vector<std::string> parts;
  for (const std::string_view part : split(pattern, '/')) {
    if (part == "..") {
      if (parts.empty()) {
        throw Error(ErrorCode::config,
                    "fatal: " + std::string(pattern) + ": '" + std::string(pattern) +
                        "' is outside repository");
      }
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.emplace_back(part);
    }
  }
  const bool is_directory =
      pattern.ends_with('/') || pattern.ends_with("/.") || pattern.ends_with("/..");
  return join(parts, "/") + (is_directory && !parts.empty() ? "/" : "");
}

}  // namespace

Pathspec::Pathspec(std::string_view pattern) {
  const std::string_view rest = read_magic(pattern);
  if (literal_ && glob_) {
    throw Error(ErrorCode::config,
                std::string(pattern) + ": 'literal' and 'glob' are incompatible");
  }
  text_ = normalised(rest);
  plain_ = literal_ ? text_.size() : plain_length(text_);
  if (plain_ < text_.size()) {
    wildcards_.emplace(std::string_view(text_).substr(plain_),
                       WildmatchOptions{.stop_at_slash = glob_, .ignore_case = icase_});
  }
}

std::string_view Pathspec::read_magic(std::string_view pattern) {
  if (!pattern.starts_with(':')) {
    return pattern;
  }
  return pattern.starts_with(":(") ? read_long_magic(pattern) : read_short_magic(pattern);
}

std::string_view Pathspec::read_long_magic(std::string_view pattern) {
  const std::size_t close = pattern.find(')');
  if (close == std::string_view::npos) {
    throw Error(
        ErrorCode::config,
        "fatal: Missing ')' at the end of pathspec magic in '" + std::string(pattern) + "'");
  }
  for (const std::string_view name : split(pattern.substr(2, close - 2), ',')) {
    if (!name.empty()) {
      set_magic(name, pattern);
    }
  }
  return pattern.substr(close + 1);
}

void Pathspec::set_magic(std::string_view name, std::string_view pattern) {
  if (name == "exclude") {
    exclude_ = true;
  } else if (name == "glob") {
    glob_ = true;
  } else if (name == "icase") {
    icase_ = true;
  } else if (name == "literal") {
    literal_ = true;
  } else if (name.starts_with("attr:")) {
    throw Error(ErrorCode::unsupported,
                "pathspec magic 'attr' in '" + std::string(pattern) +
                    "': attributes of files are not looked at");
  } else if (name != "top") {
    throw Error(ErrorCode::config,
                "fatal: Invalid pathspec magic '" + std::string(name) + "' in '" +
                    std::string(pattern) + "'");
  }
}

std::string_view Pathspec::read_short_magic(std::string_view pattern) {
  static constexpr std::string_view magic =
      "!\"#%&',-/:;<=>@_`~";  // git's class of such characters
  std::size_t at = 1;
  for (; at < pattern.size() && pattern[at] != ':'; ++at) {
    const char c = pattern[at];
    if (c == '!' || c == '^') {
      exclude_ = true;
    } else if (magic.find(c) == std::string_view::npos) {
      break;
    } else if (c != '/') {  // "/" is the root, where we are
      throw Error(ErrorCode::config,
                  std::string("fatal: Unimplemented pathspec magic '") + c + "' in '" +
                      std::string(pattern) + "'");
    }
  }
  return pattern.substr(at + (at < pattern.size() && pattern[at] == ':' ? 1 : 0));
}

bool Pathspec::matches_text(std::string_view path) const {
  if (text_.empty()) {
    return true;
  }
  if (text_.size() <= path.size() && equal(path.substr(0, text_.size()), text_, icase_)) {
    return path.size() == text_.size() || text_.back() == '/' || path[text_.size()] == '/';
  }
  return wildcards_ && plain_ <= path.size() &&
         equal(path.substr(0, plain_), std::string_view(text_).substr(0, plain_), icase_) &&
         wildcards_->matches(path.substr(plain_));
}

bool Pathspec::matches(const std::string& path) const {
  return matches_text(path) != exclude_;
}

std::vector<std::string> Pathspec::select(const std::vector<std::string>& paths) const {
  auto from = paths.begin();
  auto to = paths.end();
  if (!exclude_ && !icase_) {  // all that can match begin alike
    const std::string prefix = text_.substr(0, plain_);
    const std::string bare = prefix.ends_with('/') ? prefix.substr(0, prefix.size() - 1) : prefix;
    from = std::ranges::lower_bound(paths, bare);
    to = std::partition_point(
        from, paths.end(), [&](const std::string& path) { return path.starts_with(bare); });
  }
  std::vector<std::string> selected;
  std::copy_if(from, to, std::back_inserter(selected), [&](const std::string& path) {
    return matches(path);
  });
  return selected;
}

}  // namespace celldrift::fleet
