#include "git/resolve.hpp"

#include "git/odb_objects.hpp"
#include "git/target.hpp"

#include <git2.h>

#include <algorithm>
#include <array>
#include <optional>

namespace celldrift::git {

namespace {

Handle<git_reference> find_reference(git_repository& repository, const std::string& name) {
  git_reference* reference = nullptr;
  const int status = git_reference_lookup(&reference, &repository, name.c_str());
  if (status == GIT_ENOTFOUND || status == GIT_EINVALIDSPEC) {
    return nullptr;
  }
  if (status < 0) {
    throw_last(status, "reading " + in_quotes(name));
  }
  return Handle<git_reference>(reference);
}

std::string commit_of(git_repository& repository,
                      git_reference& reference,
                      std::string_view revision) {
  git_reference* direct = nullptr;
  if (const int status = git_reference_resolve(&direct, &reference); status < 0) {
    throw_last(status, "revision " + in_quotes(revision));
  }
  const Handle<git_reference> target(direct);
  return peel_to_commit(repository, *git_reference_target(target.get()), revision);
}

// Branches before tags before origin's branches, as Argo CD walks the refs that ls-remote sorts.
std::optional<std::string> resolve_name(git_repository& repository, const std::string& revision) {
  for (const char* prefix :
       {"refs/heads/", "refs/tags/", "refs/remotes/origin/", "refs/remotes/"}) {
    if (const auto reference = find_reference(repository, prefix + revision)) {
      return commit_of(repository, *reference, revision);
    }
  }
  if (revision.starts_with("refs/")) {
    if (const auto reference = find_reference(repository, revision)) {
      return commit_of(repository, *reference, revision);
    }
  }
  return std::nullopt;
}

std::string resolve_head(git_repository& repository) {
  if (git_repository_head_unborn(&repository) == 1) {
    throw Error(ErrorCode::repository, "the repository has no commits yet: HEAD names nothing");
  }
  git_reference* head = nullptr;
  if (const int status = git_repository_head(&head, &repository); status < 0) {
    throw_last(status, "reading HEAD");
  }
  return commit_of(repository, *Handle<git_reference>(head), "HEAD");
}

std::vector<std::string> reference_names(git_repository& repository) {
  git_strarray list{};
  if (git_reference_list(&list, &repository) < 0) {
    return {};
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.count; ++i) {
    const std::string_view name = list.strings[i];
    for (const std::string_view prefix : {"refs/heads/", "refs/tags/", "refs/remotes/origin/"}) {
      if (name.starts_with(prefix)) {
        names.emplace_back(name.substr(prefix.size()));
      }
    }
  }
  git_strarray_dispose(&list);
  return names;
}

std::string resolve_plain(git_repository& repository, const std::string& revision) {
  if (revision.empty() || revision == "HEAD") {
    return resolve_head(repository);
  }
  // Argo CD takes 40 hex digits for a commit before it looks at any ref.
  if (!is_full_id(revision)) {
    if (auto commit = resolve_name(repository, revision)) {
      return *commit;
    }
  }
  if (is_hex(revision) && revision.size() >= min_id_digits && revision.size() <= id_digits) {
    if (const std::string oid = expand_id(repository, revision); !oid.empty()) {
      return peel_to_commit(repository, oid_of(oid), revision);
    }
  }
  throw unknown_revision(revision, reference_names(repository));
}

// The id that a ref leads to; "" for a symbolic one that leads nowhere.
std::string direct_id(git_reference& reference) {
  git_reference* direct = nullptr;
  if (git_reference_resolve(&direct, &reference) < 0) {
    return "";
  }
  return hex_of(*git_reference_target(Handle<git_reference>(direct).get()));
}

void add_local_ref(std::map<std::string, std::string>& refs,
                   git_repository& repository,
                   const std::string& name) {
  const auto reference = find_reference(repository, name);
  if (std::string id = reference ? direct_id(*reference) : ""; !id.empty()) {
    refs[name] = std::move(id);
  }
}

// "~2^1": how far to go back from a commit. Everything else of git's revision language stays out:
// some of it searches messages with regular expressions.
std::string go_back(git_repository& repository, const std::string& commit, std::string_view steps) {
  git_object* object = nullptr;
  const std::string text = commit + std::string(steps);
  if (git_revparse_single(&object, &repository, text.c_str()) < 0) {
    throw Error(ErrorCode::repository,
                "commit " + commit.substr(0, 12) + " has no ancestor " + in_quotes(steps) +
                    " (in a shallow clone they are cut off)");
  }
  const Handle<git_object> found(object);
  return peel_to_commit(repository, *git_object_id(found.get()), text);
}

}  // namespace

std::string resolve_in(git_repository& repository, std::string_view revision) {
  check_revision(revision);
  const std::size_t end = std::min(revision.find_first_of("~^"), revision.size());
  const std::string_view steps = revision.substr(end);
  if (steps.find_first_not_of("~^0123456789") != steps.npos) {
    throw Error(ErrorCode::repository,
                "revision " + in_quotes(revision) + " is not understood: give a branch, a tag " +
                    "or a commit id, if need be with ~N");
  }
  std::string commit = resolve_plain(repository, std::string(revision.substr(0, end)));
  return steps.empty() ? commit : go_back(repository, commit, steps);
}

ResolvedTarget resolve_target_in(git_repository& repository,
                                 const std::vector<std::string>& refs,
                                 const std::function<std::string(const std::string&)>& commit_of,
                                 const Target& target) {
  check_revision(target.revision);
  check_revision(target.tag_prefix);
  const std::string name = literal_name(target);
  const bool is_id = is_full_id(target.revision);  // before any ref of that name
  if (!is_id) {
    if (const auto matches = matching_refs(refs, target); !matches.empty()) {
      const std::string commit = commit_of_all(matches, commit_of, target);
      return {commit, commit};
    }
  }
  if (is_id || may_be_abbreviated(name)) {
    const std::string& digits = is_id ? target.revision : name;
    if (const std::string oid = expand_id(repository, digits); !oid.empty()) {
      return {digits, peel_to_commit(repository, oid_of(oid), digits)};
    }
  }
  std::vector<std::string> known;
  for (const std::string& ref : refs) {
    known.emplace_back(short_name(ref));
  }
  throw unknown_revision(name, known);
}

std::map<std::string, std::string> local_refs(git_repository& repository) {
  git_strarray list{};
  if (const int status = git_reference_list(&list, &repository); status < 0) {
    throw_last(status, "listing refs");
  }
  const std::vector<std::string> names(list.strings, list.strings + list.count);
  git_strarray_dispose(&list);
  std::map<std::string, std::string> refs;
  add_local_ref(refs, repository, "HEAD");
  for (const std::string& name : names) {
    add_local_ref(refs, repository, name);
  }
  constexpr std::string_view theirs = "refs/remotes/origin/";
  for (const std::string& name : names) {
    if (const auto found = refs.find(name); found != refs.end() && name.starts_with(theirs)) {
      const std::string branch = name.substr(theirs.size());
      if (branch != "HEAD") {
        refs.try_emplace("refs/heads/" + branch, found->second);
      }
    }
  }
  return refs;
}

std::string peel_to_commit(git_repository& repository,
                           const git_oid& oid,
                           std::string_view revision) {
  git_object* object = nullptr;
  if (const int status = git_object_lookup(&object, &repository, &oid, GIT_OBJECT_ANY);
      status < 0) {
    throw_last(status, "revision " + in_quotes(revision));
  }
  const Handle<git_object> start(object);
  if (git_object_peel(&object, start.get(), GIT_OBJECT_COMMIT) < 0) {
    throw Error(ErrorCode::repository,
                "revision " + in_quotes(revision) + " names a " +
                    git_object_type2string(git_object_type(start.get())) + ", not a commit");
  }
  return hex_of(*git_object_id(Handle<git_object>(object).get()));
}

std::string expand_id(git_repository& repository, std::string_view digits) {
  const Handle<git_odb> odb = open_odb(repository);
  git_oid start{};
  git_oid oid{};
  if (git_oid_fromstrn(&start, digits.data(), digits.size()) < 0) {
    return "";
  }
  const int status = git_odb_exists_prefix(&oid, odb.get(), &start, digits.size());
  if (status == GIT_EAMBIGUOUS) {
    throw Error(ErrorCode::repository,
                "commit id " + in_quotes(digits) + " is ambiguous: write more digits");
  }
  return status == 0 ? hex_of(oid) : "";
}

void check_revision(std::string_view revision) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (revision.size() > 1024 || std::ranges::any_of(revision, is_control)) {
    throw Error(ErrorCode::repository,
                "revision " + in_quotes(revision) + " is too long or has control characters");
  }
}

}  // namespace celldrift::git
