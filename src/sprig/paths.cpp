// Slash-separated paths, as Go's package path takes them. The functions for the paths of the
// machine are the same ones: Argo CD runs on Linux.
#include "sprig/families.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

// The shortest equal path: no "//", ".", nor ".." but in front of a relative one. "" is ".".
std::string cleaned(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::string result = rooted ? "/" : "";
  std::size_t fixed = result.size();  // what ".." cannot take away
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (part.empty() || part == ".") {
      continue;
    }
    if (part == ".." && result.size() > fixed) {
      const std::size_t slash = result.rfind('/');
      result.resize(slash == std::string::npos || slash < fixed ? fixed : slash);
      continue;
    }
    if (part == ".." && rooted) {
      continue;
    }
    if (result.size() > (rooted ? 1 : 0)) {
      result += '/';
    }
    result += part;
    if (part == "..") {
      fixed = result.size();
    }
  }
  return result.empty() ? "." : result;
}

Any clean(const Call& call) {
  return call.heap.string(cleaned(text(call, 0)));
}

Any base(const Call& call) {
  std::string_view path = text(call, 0);
  if (path.empty()) {
    return Any::string(".");
  }
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  const std::size_t slash = path.rfind('/');
  path.remove_prefix(slash == std::string_view::npos ? 0 : slash + 1);
  return Any::string(path.empty() ? "/" : path);
}

Any dir(const Call& call) {
  const std::string_view path = text(call, 0);
  return call.heap.string(cleaned(path.substr(0, path.rfind('/') + 1)));
}

Any ext(const Call& call) {
  const std::string_view path = text(call, 0);
  const std::size_t at = path.find_last_of("./");
  const bool found = at != std::string_view::npos && path[at] == '.';
  return Any::string(found ? path.substr(at) : "");
}

Any is_abs(const Call& call) {
  return Any::boolean(text(call, 0).starts_with('/'));
}

constexpr auto one_text = takes<string_type>;

constexpr Function table[] = {
    {"base", one_text, false, &string_type, base},
    {"clean", one_text, false, &string_type, clean},
    {"dir", one_text, false, &string_type, dir},
    {"ext", one_text, false, &string_type, ext},
    {"isAbs", one_text, false, &bool_type, is_abs},
    {"osBase", one_text, false, &string_type, base},
    {"osClean", one_text, false, &string_type, clean},
    {"osDir", one_text, false, &string_type, dir},
    {"osExt", one_text, false, &string_type, ext},
    {"osIsAbs", one_text, false, &bool_type, is_abs},
};

}  // namespace

std::span<const Function> paths_functions() {
  return table;
}

}  // namespace celldrift::sprig
