#include "report/wording/words.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/short_commit.hpp"
#include "celldrift/core/text.hpp"
#include "report/page/utf8.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The digits at the start of a text, leading zeros left out.
std::string_view leading_number(std::string_view text) {
  const std::size_t length = std::size_t(std::ranges::find_if_not(text, is_digit) - text.begin());
  text = text.substr(0, length);
  return text.substr(std::min(text.find_first_not_of('0'), text.size()));
}

std::size_t digits_at_start(std::string_view text) {
  return std::size_t(std::ranges::find_if_not(text, is_digit) - text.begin());
}

// cell-2 before cell-10.
bool comes_before(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a;
  const std::string_view whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a[0]) && is_digit(b[0])) {
      const std::string_view left = leading_number(a);
      const std::string_view right = leading_number(b);
      if (left != right) {
        return left.size() != right.size() ? left.size() < right.size() : left < right;
      }
      a.remove_prefix(digits_at_start(a));
      b.remove_prefix(digits_at_start(b));
    } else if (a[0] != b[0]) {
      return a[0] < b[0];
    } else {
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.empty() == b.empty() ? whole_a < whole_b : a.empty();
}

}  // namespace

std::string count(std::size_t number, std::string_view thing) {
  return std::to_string(number) + " " + std::string(thing) + (number == 1 ? "" : "s");
}

std::string all_names(std::vector<std::string> names) {
  std::ranges::sort(names, comes_before);
  std::ranges::transform(
      names, names.begin(), [](const std::string& name) { return printable(name); });
  return join(names, ", ");
}

std::string list_names(std::vector<std::string> names,
                       std::size_t limit,
                       std::size_t all,
                       std::string_view thing) {
  if (names.size() > 3 && names.size() == all) {
    return "all " + count(all, thing);
  }
  // More names than these are counted rather than read.
  limit = names.size() > 8 ? std::min<std::size_t>(limit, 70) : limit;
  std::string text = all_names(names);
  if (names.size() < 2 || columns(text) <= limit) {
    return text;
  }
  const std::string end = ", … (" + count(names.size(), thing) + ")";
  std::ranges::sort(names, comes_before);
  text = printable(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) {
    const std::string name = printable(names[i]);
    if (columns(text) + 2 + columns(name) + columns(end) > limit) {
      return text + end;
    }
    text += ", " + name;
  }
  return text;
}

std::string when(Time time, const std::optional<Time>& now) {
  const std::string date = format_time(time);
  return now && *now >= time ? describe_age(*now - time) + " ago (" + date + ")" : date;
}

std::string last_change(const audit::Finding& finding, const std::optional<Time>& now) {
  if (!finding.origin) {
    return "";
  }
  const audit::LineOrigin& origin = *finding.origin;
  const bool is_past = now && *now >= origin.time;
  return " (" + short_commit(origin.commit) + ", " + printable(origin.author) + ", " +
         (is_past ? describe_age(*now - origin.time) + " ago" : format_time(origin.time)) + ")";
}

Style style_of(audit::Severity severity) {
  static constexpr Style styles[] = {Style::cyan, Style::yellow, Style::red};
  return styles[std::size_t(severity)];
}

}  // namespace celldrift::report
