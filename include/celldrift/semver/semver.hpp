// Semantic versions and version constraints, as Masterminds' semver 3.4 reads them (what sprig,
// Helm and Argo CD use).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::semver {

struct Version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::string prerelease;  // "rc.1"
  std::string metadata;    // "build.5"; does not count in comparisons
  std::string original;    // as it was written

  std::string text() const;  // "1.2.3-rc.1+build.5"
};

// By precedence: a pre-release is before its release; metadata is ignored.
std::weak_ordering operator<=>(const Version& a, const Version& b);
bool operator==(const Version& a, const Version& b);

// NewVersion: an optional "v", one to three numbers, a pre-release and metadata. Throws
// Error(config) with the library's message ("invalid semantic version").
Version parse(std::string_view text);
// StrictNewVersion: exactly three numbers, no "v", no leading zeros. Throws like parse.
Version parse_strict(std::string_view text);
std::optional<Version> try_parse(std::string_view text);

// Whether a text is a pre-release or metadata (SetPrerelease, SetMetadata): nothing when it is,
// else the library's message.
std::optional<std::string_view> prerelease_problem(std::string_view text);
std::optional<std::string_view> metadata_problem(std::string_view text);

// One comparison of a constraint.
struct Comparison {
  enum class Operator : std::uint8_t {
    equal,
    not_equal,
    greater,
    less,
    greater_or_equal,
    less_or_equal,
    tilde,
    caret,
  };
  // Which parts of the version were left open, by leaving them out or by "x", "X" or "*".
  enum class Open : std::uint8_t { none, patch, minor, all };

  Operator op = Operator::equal;
  Version version;  // with zeros for what is open
  Open open = Open::none;
};

// A constraint such as ">= 1.2, < 2 || ~3.1" or "1.2.x": groups separated by "||", of which one
// must hold, each of comparisons that all must hold.
class Constraint {
 public:
  // NewConstraint. Throws Error(config) with the library's message ("improper constraint: …"),
  // Error(limit) for texts past 16 KiB.
  static Constraint parse(std::string_view text);
  static std::optional<Constraint> try_parse(std::string_view text);

  // A version with a pre-release matches only groups in which a comparison has one itself.
  bool check(const Version& version) const;

 private:
  struct Group {
    std::vector<Comparison> comparisons;
    bool has_prerelease = false;
  };
  std::vector<Group> groups_;
};

}  // namespace celldrift::semver
