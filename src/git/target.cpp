#include "git/target.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/semver/semver.hpp"
#include "git/library.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace celldrift::git {

namespace {

constexpr std::string_view tag_prefix = "refs/tags/";
constexpr std::size_t min_abbreviated = 7;

// What is no version at all is passed over; one that is nearly a version spoils the whole search,
// as in Argo CD.
enum class TagKind { version, other, broken };

TagKind kind_of(const std::string& tag, std::optional<semver::Version>& version) {
  version = semver::try_parse(tag);
  if (version) {
    return TagKind::version;
  }
  try {
    semver::parse(tag);
    return TagKind::version;
  } catch (const Error& error) {
    return error.message() == "invalid semantic version" ? TagKind::other : TagKind::broken;
  }
}

// The greatest tags that the constraint lets through: several only when they are equal as versions
// ("1.2.0" and "v1.2.0"). Nothing when there is none.
std::vector<std::string> greatest(const std::vector<std::string>& tags,
                                  const semver::Constraint& constraint) {
  std::vector<std::string> best;
  std::optional<semver::Version> best_version;
  for (const std::string& tag : tags) {
    std::optional<semver::Version> version;
    const TagKind kind = kind_of(tag, version);
    if (kind == TagKind::broken) {
      return {};
    }
    if (kind == TagKind::other || !constraint.check(*version)) {
      continue;
    }
    if (best_version && *version == *best_version) {
      best.push_back(tag);
    } else if (!best_version || *version > *best_version) {
      best = {tag};
      best_version = std::move(version);
    }
  }
  return best;
}

std::vector<std::string> tags_with(const std::vector<std::string>& refs, std::string_view prefix) {
  std::vector<std::string> tags;
  for (const std::string_view ref : refs) {
    if (ref.starts_with(tag_prefix) && ref.substr(tag_prefix.size()).starts_with(prefix)) {
      tags.emplace_back(ref.substr(tag_prefix.size() + prefix.size()));
    }
  }
  return tags;
}

// The names that are looked for: those of the tags that a semantic version or constraint leads to,
// else what was written.
std::vector<std::string> wanted_names(const std::vector<std::string>& refs, const Target& target) {
  const std::string literal = literal_name(target);
  const auto constraint = semver::Constraint::try_parse(literal);
  if (!constraint || semver::try_parse(target.revision)) {
    return {literal};  // a version is a pin, not a constraint
  }
  std::vector<std::string> names = greatest(tags_with(refs, target.tag_prefix), *constraint);
  for (std::string& name : names) {
    name = target.tag_prefix + name;
  }
  return names.empty() ? std::vector{literal} : names;
}

}  // namespace

std::string literal_name(const Target& target) {
  if (target.revision.empty()) {
    return "HEAD";
  }
  return (semver::try_parse(target.revision) ? target.tag_prefix : "") + target.revision;
}

std::string_view short_name(std::string_view ref) {
  for (const std::string_view prefix : {"refs/heads/", "refs/tags/", "refs/remotes/", "refs/"}) {
    if (ref.starts_with(prefix) && ref.size() > prefix.size()) {
      return ref.substr(prefix.size());
    }
  }
  return ref;
}

bool is_branch_or_tag(std::string_view ref) {
  return ref.starts_with("refs/heads/") || ref.starts_with(tag_prefix);
}

std::vector<std::string> matching_refs(const std::vector<std::string>& refs, const Target& target) {
  const std::vector<std::string> names = wanted_names(refs, target);
  std::vector<std::string> matches;
  std::ranges::copy_if(refs, std::back_inserter(matches), [&](const std::string& ref) {
    return std::ranges::any_of(names, [&](const std::string& name) {
      return ref == name || (short_name(name) == name && short_name(ref) == name);
    });
  });
  if (matches.size() > 1) {
    std::erase(matches, "HEAD");  // a symbolic ref: what is none goes before it
  }
  return matches;
}

std::string commit_of_all(const std::vector<std::string>& matches,
                          const std::function<std::string(const std::string&)>& commit_of,
                          const Target& target) {
  const std::string commit = commit_of(matches.front());
  for (const std::string& other : matches) {
    if (commit_of(other) != commit) {
      throw Error(ErrorCode::repository,
                  "revision " + in_quotes(target.revision) + " is both " + matches.front() +
                      " and " + other +
                      ", of different commits, and Argo CD takes either: " + "write one of them");
    }
  }
  return commit;
}

bool may_be_abbreviated(std::string_view revision) {
  return revision.size() >= min_abbreviated && revision.size() <= id_digits && is_hex(revision);
}

}  // namespace celldrift::git
