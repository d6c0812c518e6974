#include "celldrift/semver/semver.hpp"
#include "semver/prerelease.hpp"

#include <charconv>

namespace celldrift::semver {
namespace {

// What does not fit 64 bits counts as a word, as in the library.
std::optional<std::uint64_t> as_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc{} && result.ptr == end ? std::optional(value) : std::nullopt;
}

std::weak_ordering compare_parts(std::string_view a, std::string_view b) {
  if (a == b || a.empty() || b.empty()) {
    return a <=> b;
  }
  const auto a_number = as_number(a);
  const auto b_number = as_number(b);
  if (a_number && b_number) {
    return *a_number <=> *b_number;
  }
  if (a_number || b_number) {
    return a_number ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  return a <=> b;
}

std::string_view take_part(std::string_view& rest) {
  const auto dot = rest.find('.');
  const auto part = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  return part;
}

}  // namespace

std::weak_ordering compare_prereleases(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const auto order = compare_parts(take_part(a), take_part(b));
    if (order != 0) {
      return order;
    }
  }
  return std::weak_ordering::equivalent;
}

std::weak_ordering operator<=>(const Version& a, const Version& b) {
  if (const auto order = a.major <=> b.major; order != 0) {
    return order;
  }
  if (const auto order = a.minor <=> b.minor; order != 0) {
    return order;
  }
  if (const auto order = a.patch <=> b.patch; order != 0) {
    return order;
  }
  if (a.prerelease.empty() || b.prerelease.empty()) {
    return b.prerelease.size() <=> a.prerelease.size();
  }
  return compare_prereleases(a.prerelease, b.prerelease);
}

bool operator==(const Version& a, const Version& b) {
  return (a <=> b) == 0;
}

std::string Version::text() const {
  auto result = std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
  if (!prerelease.empty()) {
    result += "-" + prerelease;
  }
  if (!metadata.empty()) {
    result += "+" + metadata;
  }
  return result;
}

}  // namespace celldrift::semver
