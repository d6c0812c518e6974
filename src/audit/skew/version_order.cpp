// Which of two versions is newer, where their texts tell.
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace celldrift::audit {
namespace {

struct Version {
  std::string_view repository;  // of an image; "" for a bare version
  std::vector<std::uint64_t> numbers;
  std::string_view suffix;  // "-rc1", "+build"
};

// Splits "registry:5000/app:v1.2@sha256:…" into what is before and after the tag's colon.
std::pair<std::string_view, std::string_view> split_image(std::string_view text) {
  text = text.substr(0, text.find('@'));
  const std::size_t slash = text.rfind('/');
  const std::size_t colon = text.rfind(':');
  if (colon != text.npos && (slash == text.npos || colon > slash)) {
    return {text.substr(0, colon), text.substr(colon + 1)};
  }
  return {{}, slash == text.npos ? text : std::string_view{}};
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
  std::uint64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

// "v1.2.3-rc1", "1.9+k3s1"; nothing for anything that is not numbers and dots, then at most a
// suffix.
std::optional<Version> parse(std::string_view text) {
  auto [repository, tag] = split_image(text);
  Version version{.repository = repository, .numbers = {}, .suffix = {}};
  tag.remove_prefix(tag.starts_with('v') ? 1 : 0);
  const std::size_t end = std::min(tag.find_first_not_of("0123456789."), tag.size());
  version.suffix = tag.substr(end);
  if (!version.suffix.empty() && version.suffix[0] != '-' && version.suffix[0] != '+') {
    return std::nullopt;
  }
  for (const std::string_view part : split(tag.substr(0, end), '.')) {
    const auto number = number_of(part);
    if (!number) {
      return std::nullopt;
    }
    version.numbers.push_back(*number);
  }
  return version;
}

std::strong_ordering compare_numbers(Version a, Version b) {
  const std::size_t length = std::max(a.numbers.size(), b.numbers.size());
  a.numbers.resize(length);
  b.numbers.resize(length);
  return std::lexicographical_compare_three_way(
      a.numbers.begin(), a.numbers.end(), b.numbers.begin(), b.numbers.end());
}

// Only where the words say it: "-alpine" is neither before nor after the version without it.
bool is_prerelease(std::string_view suffix) {
  static constexpr std::string_view words[] = {
      "-rc", "-alpha", "-beta", "-pre", "-dev", "-snapshot"};
  const std::string text = lower(suffix);
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

std::partial_ordering compare_suffixes(const Version& a, const Version& b) {
  if (a.suffix.empty() && is_prerelease(b.suffix)) {
    return std::partial_ordering::greater;
  }
  if (b.suffix.empty() && is_prerelease(a.suffix)) {
    return std::partial_ordering::less;
  }
  return std::partial_ordering::unordered;
}

}  // namespace

std::partial_ordering compare_versions(std::string_view a, std::string_view b) {
  if (a == b) {
    return std::partial_ordering::equivalent;
  }
  const auto left = parse(a);
  const auto right = parse(b);
  if (!left || !right || left->repository != right->repository) {
    return std::partial_ordering::unordered;
  }
  const std::strong_ordering numbers = compare_numbers(*left, *right);
  return numbers != 0 ? std::partial_ordering(numbers) : compare_suffixes(*left, *right);
}

}  // namespace celldrift::audit
