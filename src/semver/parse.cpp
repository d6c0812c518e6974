#include "celldrift/core/error.hpp"
#include "celldrift/semver/semver.hpp"
#include "semver/scan.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::semver {
namespace {

constexpr std::string_view invalid_version = "invalid semantic version";
constexpr std::string_view leading_zero = "version segment starts with 0";

[[noreturn]] void fail(std::string_view message) {
  throw Error(ErrorCode::config, std::string(message));
}

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_identifier(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

bool has_leading_zero(std::string_view number) {
  return number.size() > 1 && number.front() == '0';
}

// strconv.ParseUint of digits.
std::uint64_t number(std::string_view digits, std::string_view context) {
  std::uint64_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end) {
    fail(std::string(context) + "strconv.ParseUint: parsing \"" + std::string(digits) +
         "\": " + (digits.empty() ? "invalid syntax" : "value out of range"));
  }
  return value;
}

std::uint64_t segment(std::string_view digits) {
  return digits.empty() ? 0 : number(digits, "error parsing version segment: ");
}

std::optional<std::string_view> prerelease_part_problem(std::string_view part) {
  if (part.empty()) {
    return "invalid prerelease string";
  }
  if (is_digits(part)) {
    return has_leading_zero(part) ? std::optional(leading_zero) : std::nullopt;
  }
  return is_identifier(part) ? std::nullopt : std::optional("invalid prerelease string");
}

std::optional<std::string_view> metadata_part_problem(std::string_view part) {
  return part.empty() || !is_identifier(part) ? std::optional("invalid metadata string")
                                              : std::nullopt;
}

// The first problem of the parts between dots.
template <typename PartProblem>
std::optional<std::string_view> first_problem(std::string_view text, PartProblem problem_of) {
  while (true) {
    const auto dot = text.find('.');
    if (const auto problem = problem_of(text.substr(0, dot))) {
      return problem;
    }
    if (dot == std::string_view::npos) {
      return std::nullopt;
    }
    text.remove_prefix(dot + 1);
  }
}

void require(const std::optional<std::string_view>& problem) {
  if (problem) {
    fail(*problem);
  }
}

// Takes what follows the first `separator` off `text`; nothing when there is none.
std::optional<std::string_view> take_after(std::string_view& text, char separator) {
  const auto place = text.find(separator);
  if (place == std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = text.substr(place + 1);
  text = text.substr(0, place);
  return rest;
}

void require_strict_number(std::string_view part) {
  if (!is_digits(part)) {
    fail("invalid characters in version");
  }
  if (has_leading_zero(part)) {
    fail(leading_zero);
  }
}

}  // namespace

std::optional<std::string_view> prerelease_problem(std::string_view text) {
  return first_problem(text, prerelease_part_problem);
}

std::optional<std::string_view> metadata_problem(std::string_view text) {
  return first_problem(text, metadata_part_problem);
}

Version parse(std::string_view text) {
  const auto found = scan(text, NumberPart::digits);
  if (found.length == 0 || found.length != text.size()) {
    fail(invalid_version);
  }
  Version version{.major = segment(found.major),
                  .minor = segment(found.minor),
                  .patch = segment(found.patch),
                  .prerelease = std::string(found.prerelease),
                  .metadata = std::string(found.metadata),
                  .original = std::string(text)};
  if (!version.prerelease.empty()) {
    require(prerelease_problem(version.prerelease));
  }
  return version;
}

// In the library's order, for a text can have several faults and only the first is told.
Version parse_strict(std::string_view text) {
  if (text.empty()) {
    fail("version string empty");
  }
  auto major = text;
  auto minor = take_after(major, '.');
  auto patch = minor ? take_after(*minor, '.') : std::nullopt;
  if (!patch) {
    fail(invalid_version);
  }
  Version version{.original = std::string(text)};
  if (const auto metadata = take_after(*patch, '+')) {
    require(metadata_problem(*metadata));
    version.metadata = std::string(*metadata);
  }
  if (const auto prerelease = take_after(*patch, '-')) {
    require(prerelease_problem(*prerelease));
    version.prerelease = std::string(*prerelease);
  }
  for (const auto part : {major, *minor, *patch}) {
    require_strict_number(part);
  }
  version.major = number(major, "");
  version.minor = number(*minor, "");
  version.patch = number(*patch, "");
  return version;
}

std::optional<Version> try_parse(std::string_view text) {
  try {
    return parse(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace celldrift::semver
