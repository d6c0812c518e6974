// Which of two versions is newer, and by how much, where their texts tell.
#include "audit/skew/version_text.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::audit {
namespace {

void pad(VersionText& a, VersionText& b) {
  const std::size_t length = std::max(a.numbers.size(), b.numbers.size());
  a.numbers.resize(length);
  b.numbers.resize(length);
}

// Only where the words say it: "-alpine" is neither before nor after the version without it.
struct Prerelease {
  std::string_view word;
  int rank = 0;  // 0: not to be compared with other words
};
constexpr Prerelease prereleases[] = {
    {"-alpha", 1}, {"-beta", 2}, {"-rc", 3}, {"-pre", 0}, {"-dev", 0}, {"-snapshot", 0}};

const Prerelease* prerelease(std::string_view suffix) {
  const std::string text = lower(suffix);
  const auto found = std::ranges::find_if(
      prereleases, [&](const Prerelease& each) { return text.starts_with(each.word); });
  return found == std::end(prereleases) ? nullptr : found;
}

// "-rc.10" and "-rc9": 10 and 9. Nothing for anything but a number after the word.
std::optional<std::uint64_t> serial(std::string_view suffix, const Prerelease& word) {
  std::string_view text = suffix.substr(word.word.size());
  text.remove_prefix(!text.empty() && (text[0] == '.' || text[0] == '-') ? 1 : 0);
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

std::partial_ordering compare_prereleases(std::string_view a, std::string_view b) {
  const Prerelease* left = prerelease(a);
  const Prerelease* right = prerelease(b);
  if (left != right) {
    const bool ranked = left->rank > 0 && right->rank > 0;
    return ranked ? std::partial_ordering(left->rank <=> right->rank)
                  : std::partial_ordering::unordered;
  }
  const auto number = serial(a, *left);
  const auto other = serial(b, *right);
  return number && other && number != other ? std::partial_ordering(*number <=> *other)
                                            : std::partial_ordering::unordered;
}

std::partial_ordering compare_suffixes(std::string_view a, std::string_view b) {
  if (prerelease(a) != nullptr && prerelease(b) != nullptr) {
    return compare_prereleases(a, b);
  }
  if (a.empty() && prerelease(b) != nullptr) {
    return std::partial_ordering::greater;
  }
  if (b.empty() && prerelease(a) != nullptr) {
    return std::partial_ordering::less;
  }
  return std::partial_ordering::unordered;
}

std::partial_ordering compare(VersionText a, VersionText b) {
  if (a.repository != b.repository || a.day.has_value() != b.day.has_value()) {
    return std::partial_ordering::unordered;
  }
  if (a.day != b.day) {
    return *a.day <=> *b.day;
  }
  if (a.day && a.numbers.empty() != b.numbers.empty()) {
    return std::partial_ordering::unordered;  // only one of them says when on that day
  }
  pad(a, b);
  const std::strong_ordering numbers = std::lexicographical_compare_three_way(
      a.numbers.begin(), a.numbers.end(), b.numbers.begin(), b.numbers.end());
  return numbers != 0 ? std::partial_ordering(numbers) : compare_suffixes(a.suffix, b.suffix);
}

std::partial_ordering compare_single(std::string_view a, std::string_view b) {
  if (a == b) {
    return std::partial_ordering::equivalent;
  }
  const auto left = read_version(a);
  const auto right = read_version(b);
  return left && right ? compare(*left, *right) : std::partial_ordering::unordered;
}

// Who has several versions at once, "v1.34.2, v1.35.1", is as far as the oldest of them; nothing
// where they have no order.
std::optional<std::string_view> oldest(std::string_view versions) {
  constexpr std::string_view separator = ", ";
  std::string_view result = versions.substr(0, versions.find(separator));
  for (std::size_t at = versions.find(separator); at != versions.npos;) {
    versions.remove_prefix(at + separator.size());
    at = versions.find(separator);
    const std::string_view next = versions.substr(0, at);
    const std::partial_ordering order = compare_single(next, result);
    if (order == std::partial_ordering::unordered) {
      return std::nullopt;
    }
    result = order < 0 ? next : result;
  }
  return result;
}

// 1.2.3.4 has a fourth number: it counts as a patch.
VersionSteps number_steps(const VersionText& a, const VersionText& b) {
  static constexpr std::uint64_t VersionSteps::* parts[] = {
      &VersionSteps::major, &VersionSteps::minor, &VersionSteps::patch};
  VersionSteps steps;
  for (std::size_t i = 0; i < a.numbers.size(); ++i) {
    const std::uint64_t from = std::min(a.numbers[i], b.numbers[i]);
    const std::uint64_t to = std::max(a.numbers[i], b.numbers[i]);
    if (from != to) {
      steps.*parts[std::min<std::size_t>(i, 2)] = to - from;
      break;
    }
  }
  return steps;
}

// "1042" is the number of a build, not a major version.
bool is_build(const VersionText& version) {
  return !version.day && version.numbers.size() == 1 && version.numbers.front() >= 100;
}

// Of who has several at once; nothing where they have no order.
std::optional<VersionText> read_oldest(std::string_view versions) {
  const auto found = oldest(versions);
  return found ? read_version(*found) : std::nullopt;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return number == 1 ? std::string(one) : std::to_string(number) + " " + std::string(many);
}

}  // namespace

std::partial_ordering compare_versions(std::string_view a, std::string_view b) {
  const auto left = oldest(a);
  const auto right = oldest(b);
  return left && right ? compare_single(*left, *right) : std::partial_ordering::unordered;
}

std::optional<VersionSteps> steps_between(std::string_view a, std::string_view b) {
  if (compare_versions(a, b) == std::partial_ordering::unordered) {
    return std::nullopt;
  }
  auto left = read_oldest(a);
  auto right = read_oldest(b);
  if (!left || !right || (is_build(*left) && is_build(*right))) {
    return VersionSteps{};
  }
  if (left->day) {
    const auto days = (*left->day - *right->day).count();
    return VersionSteps{.days = std::abs(std::int64_t(days))};
  }
  pad(*left, *right);
  return number_steps(*left, *right);
}

bool are_builds(std::string_view a, std::string_view b) {
  const auto left = read_oldest(a);
  const auto right = read_oldest(b);
  return left && right && is_build(*left) && is_build(*right);
}

std::string describe(const VersionSteps& steps) {
  if (steps.days) {
    return *steps.days == 0 ? "less than a day"
                            : counted(std::uint64_t(*steps.days), "one day", "days");
  }
  if (steps.major > 0) {
    return counted(steps.major, "one major", "majors");
  }
  if (steps.minor > 0) {
    return counted(steps.minor, "one minor", "minors");
  }
  return steps.patch > 0 ? counted(steps.patch, "one patch", "patches") : "";
}

}  // namespace celldrift::audit
