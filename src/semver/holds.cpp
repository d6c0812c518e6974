// The operators, each as the library's function of that name, whose uneven treatment of open parts
// and pre-releases is kept.
#include "semver/comparison.hpp"
#include "semver/prerelease.hpp"

#include <array>

namespace celldrift::semver {
namespace {

using Open = Comparison::Open;

bool not_equal(const Version& version, const Comparison& comparison) {
  const auto& than = comparison.version;
  if (comparison.open == Open::none) {
    return version != than;
  }
  if (comparison.open == Open::all) {  // "!=*": the patch is not open here
    return version != than;
  }
  if (version.major != than.major) {
    return true;
  }
  if (comparison.open == Open::minor) {
    return false;
  }
  return version.minor != than.minor ||
         compare_prereleases(version.prerelease, than.prerelease) != 0;
}

bool greater(const Version& version, const Comparison& comparison) {
  const auto& than = comparison.version;
  if (comparison.open == Open::none || comparison.open == Open::all) {
    return version > than;
  }
  if (version.major != than.major) {
    return version.major > than.major;
  }
  return comparison.open == Open::patch && version.minor > than.minor;
}

bool less(const Version& version, const Comparison& comparison) {
  return version < comparison.version;
}

bool greater_or_equal(const Version& version, const Comparison& comparison) {
  return version >= comparison.version;
}

bool less_or_equal(const Version& version, const Comparison& comparison) {
  const auto& than = comparison.version;
  if (comparison.open == Open::none) {
    return version <= than;
  }
  if (version.major != than.major) {
    return version.major < than.major;
  }
  return comparison.open == Open::minor || version.minor <= than.minor;
}

bool tilde(const Version& version, const Comparison& comparison) {
  const auto& than = comparison.version;
  if (version < than) {
    return false;
  }
  const bool is_zero = than.major == 0 && than.minor == 0 && than.patch == 0;
  if (is_zero && (comparison.open == Open::none || comparison.open == Open::all)) {
    return true;
  }
  return version.major == than.major &&
         (version.minor == than.minor || comparison.open == Open::minor);
}

bool equal(const Version& version, const Comparison& comparison) {
  return comparison.open == Open::none ? version == comparison.version : tilde(version, comparison);
}

bool caret(const Version& version, const Comparison& comparison) {
  const auto& than = comparison.version;
  if (version < than) {
    return false;
  }
  if (than.major > 0 || comparison.open == Open::minor) {
    return version.major == than.major;
  }
  if (version.major > 0) {
    return false;
  }
  if (than.minor > 0 || comparison.open == Open::patch) {
    return version.minor == than.minor;
  }
  return version.minor == 0 && version.patch == than.patch;
}

// In the order of Comparison::Operator.
constexpr std::array operators{
    equal, not_equal, greater, less, greater_or_equal, less_or_equal, tilde, caret};

}  // namespace

bool holds(const Comparison& comparison, const Version& version, AllowPrereleases allow) {
  if (!version.prerelease.empty() && allow == AllowPrereleases::no) {
    return false;
  }
  return operators[static_cast<std::size_t>(comparison.op)](version, comparison);
}

}  // namespace celldrift::semver
