#include "report/page/cutting.hpp"

#include "report/page/utf8.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

bool is_inside_character(char c) {
  return (c & 0xC0) == 0x80;
}

// The last characters of a text that fit into `limit` columns.
std::string_view fitting_end(std::string_view text, std::size_t limit) {
  std::size_t start = text.size() - std::min(text.size(), 4 * limit);
  while (start < text.size() &&
         (is_inside_character(text[start]) || columns(text.substr(start)) > limit)) {
    ++start;
  }
  return text.substr(start);
}

std::size_t common_start(std::string_view a, std::string_view b) {
  std::size_t length = std::size_t(std::ranges::mismatch(a, b).in1 - a.begin());
  while (length > 0 && ((length < a.size() && is_inside_character(a[length])) ||
                        (length < b.size() && is_inside_character(b[length])))) {
    --length;
  }
  return length;
}

std::size_t common_end(std::string_view a, std::string_view b) {
  const std::size_t shortest = std::min(a.size(), b.size());
  std::size_t length = 0;
  while (length < shortest && a[a.size() - length - 1] == b[b.size() - length - 1]) {
    ++length;
  }
  while (length > 0 && is_inside_character(a[a.size() - length])) {
    --length;
  }
  return length;
}

// A text of which [start, end) is what differs.
std::string cut_one(std::string_view text, std::size_t start, std::size_t end, std::size_t limit) {
  if (columns(text) <= limit) {
    return std::string(text);
  }
  const std::string_view before = text.substr(0, start);
  const std::string_view after = text.substr(end);
  std::string lead(before);
  if (columns(before) > limit / 4) {
    lead = "…" + std::string(fitting_end(before, limit / 4));
  }
  // What comes after the difference gets a quarter at most, unless there is room.
  const std::size_t kept = columns(lead) + std::min(columns(after), limit / 4);
  const std::string middle = cut_middle(text.substr(start, end - start), limit - kept);
  const std::size_t used = columns(lead) + columns(middle);
  return lead + middle + cut_to(after, limit > used ? limit - used : 0);
}

}  // namespace

std::string cut_middle(std::string_view text, std::size_t limit) {
  if (columns(text) <= limit) {
    return std::string(text);
  }
  if (limit < 3) {
    return cut_to(text, limit);
  }
  const std::size_t end = (limit - 1) / 3;
  return std::string(text.substr(0, fitting(text, limit - 1 - end))) + "…" +
         std::string(fitting_end(text, end));
}

CutPair cut_around_difference(std::string_view want, std::string_view have, std::size_t limit) {
  const std::size_t start = common_start(want, have);
  const std::size_t end = common_end(want.substr(start), have.substr(start));
  return {.want = cut_one(want, start, want.size() - end, limit),
          .have = cut_one(have, start, have.size() - end, limit)};
}

}  // namespace celldrift::report
