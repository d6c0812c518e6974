#include "celldrift/core/error.hpp"
#include "celldrift/semver/semver.hpp"
#include "semver/comparison.hpp"
#include "semver/range.hpp"
#include "semver/scan.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::semver {
namespace {

constexpr std::size_t longest_constraint = 16 * 1024;

// Takes what separates two comparisons: blanks, a comma, or both.
bool take_separator(std::string_view& text) {
  const auto blanks = count_spaces(text);
  text.remove_prefix(blanks);
  if (text.starts_with(',')) {
    text.remove_prefix(1);
    return true;
  }
  return blanks > 0;
}

[[noreturn]] void fail_improper(std::string_view group) {
  throw Error(ErrorCode::config, "improper constraint: " + std::string(group));
}

// The whole group is looked at before any of its versions is read, which decides which error a
// text with two faults gives.
std::vector<Written> split_group(std::string_view group) {
  std::vector<Written> found;
  auto rest = group;
  while (true) {
    const auto written = take_written(rest);
    if (!written) {
      fail_improper(group);
    }
    found.push_back(*written);
    if (count_spaces(rest) == rest.size()) {
      return found;
    }
    if (!take_separator(rest)) {
      fail_improper(group);
    }
  }
}

bool has_prerelease(const Comparison& comparison) {
  return !comparison.version.prerelease.empty();
}

}  // namespace

Constraint Constraint::parse(std::string_view text) {
  if (text.size() > longest_constraint) {
    throw Error(ErrorCode::limit, "a version constraint is longer than 16 KiB");
  }
  const auto rewritten = rewrite_ranges(text);
  Constraint constraint;
  std::string_view rest = rewritten;
  while (true) {
    const auto end = rest.find("||");
    Group group;
    for (const auto& written : split_group(rest.substr(0, end))) {
      group.comparisons.push_back(read(written));
    }
    group.has_prerelease = std::ranges::any_of(group.comparisons, has_prerelease);
    constraint.groups_.push_back(std::move(group));
    if (end == std::string_view::npos) {
      return constraint;
    }
    rest.remove_prefix(end + 2);
  }
}

std::optional<Constraint> Constraint::try_parse(std::string_view text) {
  try {
    return parse(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool Constraint::check(const Version& version) const {
  return std::ranges::any_of(groups_, [&](const Group& group) {
    const auto allow = group.has_prerelease ? AllowPrereleases::yes : AllowPrereleases::no;
    return std::ranges::all_of(group.comparisons, [&](const Comparison& comparison) {
      return holds(comparison, version, allow);
    });
  });
}

}  // namespace celldrift::semver
