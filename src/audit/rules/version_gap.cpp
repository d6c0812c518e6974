#include "audit/rules/version_gap.hpp"

#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::audit {
namespace {

// The first three numbers after the image's name; compare_versions() says that there are some.
VersionGap numbers_of(std::string_view version) {
  version = version.substr(0, version.find('@'));
  version.remove_prefix(version.rfind('/') == version.npos ? 0 : version.rfind('/') + 1);
  version.remove_prefix(version.find(':') == version.npos ? 0 : version.find(':') + 1);
  version.remove_prefix(version.starts_with('v') ? 1 : 0);
  VersionGap numbers{};
  for (std::uint64_t& number : numbers) {
    const auto [end, error] =
        std::from_chars(version.data(), version.data() + version.size(), number);
    version.remove_prefix(std::size_t(end - version.data()));
    if (!version.starts_with('.')) {
      break;
    }
    version.remove_prefix(1);
  }
  return numbers;
}

}  // namespace

std::optional<VersionGap> gap_between(std::string_view older, std::string_view newer) {
  if (!(compare_versions(older, newer) < 0)) {
    return std::nullopt;
  }
  const VersionGap from = numbers_of(older);
  const VersionGap to = numbers_of(newer);
  VersionGap gap{};
  for (std::size_t i = 0; i < gap.size(); ++i) {
    if (from[i] != to[i]) {
      gap[i] = to[i] - from[i];
      break;
    }
  }
  return gap;
}

}  // namespace celldrift::audit
