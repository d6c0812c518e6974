// Regular expressions with Go's syntax and semantics (package regexp of Go 1.26), by RE2.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::regexp {

// Immutable and thread-safe; linear time in the text. Searches throw Error(limit) where pattern and
// text together are so large that they would take very long.
class Regexp {
 public:
  // regexp.Compile. Throws Error(config) with Go's message: "error parsing regexp: missing closing
  // ): `(a`"; Error(limit) for what takes more than 64 MiB to match.
  explicit Regexp(std::string_view pattern);

  // Unanchored.
  bool matches(std::string_view text) const;
  // FindString: the leftmost match; "" when there is none.
  std::string_view find(std::string_view text) const;
  // FindAllString: at most `limit` matches, all when it is negative; none for 0. Empty matches as
  // in Go (none abutting a preceding match).
  std::vector<std::string_view> find_all(std::string_view text, int limit) const;
  // FindAllStringSubmatch: of each match the whole, then its groups; nothing for a group that took
  // no part.
  using Groups = std::vector<std::optional<std::string_view>>;
  std::vector<Groups> find_all_groups(std::string_view text, int limit) const;
  // SubexpNames, but for the whole: "" for a group without a name.
  const std::vector<std::string>& group_names() const;
  // ReplaceAllString: "$1" and "${name}" in `replacement` are expanded as Go's Expand does.
  std::string replace_all(std::string_view text, std::string_view replacement) const;
  std::string replace_all_literal(std::string_view text, std::string_view replacement) const;
  // Split: at most `limit` parts, all when it is negative; none for 0.
  std::vector<std::string_view> split(std::string_view text, int limit) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

// QuoteMeta.
std::string quote_meta(std::string_view text);

}  // namespace celldrift::regexp
