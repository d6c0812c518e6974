#include "cli/status_revisions.hpp"

#include "celldrift/core/error.hpp"
#include "cli/render_application.hpp"

namespace celldrift::cli {
namespace {

// As a path of the tree; "" is all of it.
std::string tree_path(std::string_view path) {
  while (path.starts_with("./")) {
    path.remove_prefix(2);
  }
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path == "." ? "" : std::string(path);
}

// What `to` has in its history, of the path, and `from` has not.
std::size_t changes_between(const git::Repository& repository,
                            const std::string& from,
                            const std::string& to,
                            const std::string& path,
                            std::size_t most) {
  return repository.history({.from = {to}, .without = {from}, .paths = {path}}, {.changes = most})
      .changes.size();
}

std::string last_change(const git::Repository& repository,
                        const std::string& commit,
                        const std::string& path) {
  const git::PathHistory history =
      repository.history({.from = {commit}, .without = {}, .paths = {path}}, {.changes = 1});
  const bool is_known = !history.changes.empty() && !history.changes.front().is_cut_off;
  return is_known ? history.changes.front().id : "";
}

void look_up(const git::Repository& repository,
             const std::string& path,
             audit::StatusRevision& revision) {
  constexpr std::size_t most_changes = 200;
  revision.wanted_time = Time(std::chrono::seconds(repository.commit_time(revision.wanted)));
  try {
    repository.commit(revision.said);
  } catch (const Error&) {
    return;  // a shallow clone, or a commit of somewhere else
  }
  revision.is_older = changes_between(repository, revision.wanted, revision.said, "", 1) == 0;
  if (*revision.is_older) {
    revision.changes =
        changes_between(repository, revision.said, revision.wanted, path, most_changes);
  }
  revision.last_change = last_change(repository, revision.said, path);
}

std::string said_revision(const Value& status, std::size_t source, bool is_one_of_several) {
  if (!is_one_of_several) {
    return std::string(status.string_at({"sync", "revision"}));
  }
  const Value* revisions = status.find({"sync", "revisions"});
  const bool has = revisions != nullptr && source < revisions->items().size() &&
                   revisions->items()[source].is_string();
  return has ? std::string(revisions->items()[source].as_string()) : "";
}

}  // namespace

StatusRevisions::StatusRevisions(Manifests& manifests, const RepoOptions& options)
    : manifests_(manifests), is_off_(options.worktree || !options.revision.empty()) {}

std::vector<audit::StatusRevision> StatusRevisions::of(const fleet::Application& application,
                                                       const Value& status) {
  if (is_off_) {
    return {};
  }
  try {
    return found(application, status);
  } catch (const Error&) {
    return {};  // that Git cannot be read there is told where it is rendered
  }
}

std::vector<audit::StatusRevision> StatusRevisions::found(const fleet::Application& application,
                                                          const Value& status) {
  std::vector<audit::StatusRevision> revisions;
  const bool is_several = application.object.find({"spec", "sources"}) != nullptr;
  for (std::size_t i = 0; i < application.sources.size(); ++i) {
    const fleet::ApplicationSource& source = application.sources[i];
    const std::string said = said_revision(status, i, is_several);
    if (said.empty() || !is_in_git(source)) {
      continue;
    }
    const git::ResolvedTarget wanted = manifests_.source(wanted_source(source)).resolved;
    if (wanted.commit.empty() || said == wanted.commit || said == wanted.revision) {
      continue;
    }
    revisions.push_back(judged(said, wanted.commit, tree_path(source.path)));
    revisions.back().source = is_several ? "source " + std::to_string(i + 1) : "";
  }
  return revisions;
}

// "main@sha1:3f2c1ab…", and before Flux 2.0 "main/3f2c1ab…".
std::optional<audit::StatusRevision> StatusRevisions::of_flux(const Value& source,
                                                              const std::string& url) {
  const Value* reference = source.find({"spec", "ref"});
  const std::string_view fetched = source.string_at({"status", "artifact", "revision"});
  const std::string said(fetched.substr(fetched.find_last_of(":/") + 1));
  if (is_off_ || said.size() < 40) {
    return std::nullopt;
  }
  std::string target = "master";                                     // where nothing is stated
  for (const char* field : {"branch", "tag", "semver", "commit"}) {  // the last of them wins
    const std::string_view stated = reference == nullptr ? "" : reference->string_at({field});
    target = stated.empty() ? target : std::string(stated);
  }
  if (reference != nullptr && reference->find("name") != nullptr) {
    return std::nullopt;
  }
  try {
    const git::ResolvedTarget wanted = manifests_.source({url, {.revision = target}}).resolved;
    return wanted.commit.empty() || wanted.commit == said
               ? std::nullopt
               : std::optional(judged(said, wanted.commit, ""));
  } catch (const Error&) {
    return std::nullopt;  // that it is not there is Flux's to say
  }
}

audit::StatusRevision StatusRevisions::judged(const std::string& said,
                                              const std::string& wanted,
                                              const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = known_.try_emplace({said, wanted, path});
  audit::StatusRevision& revision = place->second;
  if (is_new) {
    revision.said = said;
    revision.wanted = wanted;
    try {
      if (const auto repository = manifests_.repository_with(wanted)) {
        look_up(*repository, path, revision);
      }
    } catch (const Error&) {
      // What is not known of the two is not said.
    }
  }
  return revision;
}

}  // namespace celldrift::cli
