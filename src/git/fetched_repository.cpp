#include "git/fetched_repository.hpp"

#include "git/resolve.hpp"
#include "git/target.hpp"

#include <git2.h>

namespace celldrift::git {

FetchedRepository::FetchedRepository(State state)
    : ObjectRepository(std::move(state.repository), without_credentials(state.url)),
      in_use_(std::move(state.in_use)),
      tips_(std::move(state.tips)) {}

// The refs are the server's at one moment, in memory: what other processes fetch meanwhile changes
// nothing.
std::string FetchedRepository::resolve(std::string_view revision) const {
  check_revision(revision);
  const std::lock_guard lock(mutex_);
  if (!is_full_id(revision)) {
    if (const auto* tip = find_tip(tips_, revision)) {
      return tip->second.commit;
    }
  }
  if (is_hex(revision) && revision.size() >= min_id_digits && revision.size() <= id_digits) {
    if (const std::string oid = expand_id(repository(), revision); !oid.empty()) {
      return peel_to_commit(repository(), oid_of(oid), revision);
    }
  }
  if (tips_.empty()) {
    throw Error(
        ErrorCode::repository,
        name() + ": only one commit was fetched, by its id: fetch " + in_quotes(revision) + " too");
  }
  throw unknown_revision(revision, names_of(tips_)).add_context(name());
}

ResolvedTarget FetchedRepository::resolve_target(const Target& target) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> refs;
  for (const auto& [ref, tip] : tips_) {
    refs.push_back(ref);
  }
  try {
    return resolve_target_in(
        repository(), refs, [&](const std::string& ref) { return tips_.at(ref).commit; }, target);
  } catch (Error& error) {
    error.add_context(name());
    throw;
  }
}

std::shared_ptr<const Tree> FetchedRepository::tree(std::string_view commit) const {
  {
    const std::lock_guard lock(mutex_);
    if (!has_object(repository(), std::string(commit))) {
      throw Error(
          ErrorCode::repository,
          "commit " + in_quotes(commit) + " of " + name() + " was not fetched: fetch it by its id");
    }
  }
  return ObjectRepository::tree(commit);
}

std::vector<NamedCommit> FetchedRepository::tips() const {
  const std::lock_guard lock(mutex_);
  std::vector<NamedCommit> found;
  for (const auto& [name, tip] : tips_) {
    if (is_branch_or_tag(name) && has_object(repository(), tip.commit)) {
      found.push_back({name, tip.commit});
    }
  }
  return found;
}

std::shared_ptr<const Tree> FetchedRepository::work_tree() const {
  throw Error(ErrorCode::repository,
              name() + " is a URL: it has no files besides its commits; give a revision");
}

}  // namespace celldrift::git
