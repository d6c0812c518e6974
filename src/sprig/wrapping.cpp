// Long texts made short or cut into lines, by the rules of Masterminds/goutils 1.1. Widths count
// bytes, as there.
#include "sprig/families.hpp"
#include "sprig/values.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::string_view marker = "...";

std::string without_end(std::string_view s, std::int64_t width) {
  return std::string(s.substr(0, std::size_t(width) - marker.size())).append(marker);
}

// `s` in `width` bytes: from about `offset` on, with marks where something is left out. "" where
// goutils has an error.
std::string abbreviated(std::string_view s, std::int64_t offset, std::int64_t width) {
  const auto size = std::int64_t(s.size());
  if (size <= width) {
    return std::string(s);
  }
  const std::int64_t shown = width - std::int64_t(marker.size());
  offset = std::min(offset, size);
  // As Go subtracts: a very small offset wraps around.
  if (std::int64_t(std::uint64_t(size) - std::uint64_t(offset)) < shown) {
    offset = size - shown;
  }
  if (offset <= 4) {
    return without_end(s, width);
  }
  if (width < 7) {
    return "";
  }
  const bool more_follows = offset + shown < size;
  return std::string(marker) + (more_follows ? without_end(s.substr(std::size_t(offset)), shown)
                                             : std::string(s.substr(std::size_t(size - shown))));
}

Any abbrev(const Call& call) {
  const std::int64_t width = call[0].as_int();
  return width < 4 ? call[1] : call.heap.string(abbreviated(text(call, 1), 0, width));
}

Any abbrevboth(const Call& call) {
  const std::int64_t left = call[0].as_int();
  const std::int64_t right = call[1].as_int();
  const bool too_short = right < 4 || (left > 0 && right < 7);
  return too_short ? call[2] : call.heap.string(abbreviated(text(call, 2), left, right));
}

enum class LongWords { cut, keep };

struct Wrapping {
  std::size_t width = 1;
  std::string_view line_end = "\n";
  LongWords long_words = LongWords::keep;
};

// Where the line that `rest` begins with ends, and what of the blanks after it is dropped.
struct Line {
  std::size_t length = 0;
  std::size_t skipped = 0;
};

Line first_line(std::string_view rest, const Wrapping& how) {
  const std::size_t blank = rest.substr(0, how.width + 1).rfind(' ');
  if (blank != std::string_view::npos) {
    return {blank, 1};
  }
  if (how.long_words == LongWords::cut) {
    return {how.width, 0};
  }
  const std::size_t next_blank = rest.find(' ', how.width);
  return next_blank == std::string_view::npos ? Line{rest.size(), 0} : Line{next_blank, 1};
}

Any wrapped(const Call& call, std::string_view s, const Wrapping& how) {
  std::string result;
  while (s.size() > how.width) {
    if (s.front() == ' ') {
      s.remove_prefix(1);
      continue;
    }
    const Line line = first_line(s, how);
    charge(call, line.length + how.line_end.size());
    result += s.substr(0, line.length);
    if (line.length < s.size()) {
      result += how.line_end;
    }
    s.remove_prefix(line.length + line.skipped);
  }
  return call.heap.string(result.append(s));
}

std::size_t width_of(const Any& value) {
  return std::size_t(std::max<std::int64_t>(value.as_int(), 1));
}

Any wrap(const Call& call) {
  return wrapped(call, text(call, 1), {.width = width_of(call[0])});
}

Any wrap_with(const Call& call) {
  const std::string_view line_end = text(call, 1).empty() ? "\n" : text(call, 1);
  return wrapped(call, text(call, 2), {width_of(call[0]), line_end, LongWords::cut});
}

constexpr Function table[] = {
    {"abbrev", takes<int_type, string_type>, false, &string_type, abbrev},
    {"abbrevboth", takes<int_type, int_type, string_type>, false, &string_type, abbrevboth},
    {"wrap", takes<int_type, string_type>, false, &string_type, wrap},
    {"wrapWith", takes<int_type, string_type, string_type>, false, &string_type, wrap_with},
};

}  // namespace

std::span<const Function> wrapping_functions() {
  return table;
}

}  // namespace celldrift::sprig
