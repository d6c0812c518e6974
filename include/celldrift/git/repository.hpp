// Repository: a local work tree, a bare repo, or a URL fetched into a cache that processes share.
#pragma once

#include "celldrift/git/blame.hpp"
#include "celldrift/git/history.hpp"
#include "celldrift/git/tree.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

// What an Application says that it wants of a repository: spec.source.targetRevision and tagPrefix.
struct Target {
  std::string revision;    // "" is HEAD
  std::string tag_prefix;  // of the tags that a semantic version or constraint is looked for among

  auto operator<=>(const Target&) const = default;
};

// What Argo CD 3.5 makes of a Target.
struct ResolvedTarget {
  std::string revision;  // what it calls the revision of one of several sources: the commit, or an
                         // id (of a tag, or abbreviated) as it was written
  std::string commit;    // full hex: what it calls the revision of an only source
};

// Whether a server may see CELLDRIFT_GIT_TOKEN: not one that nobody but a manifest named.
enum class Token { offered, withheld };

struct FetchOptions {
  // Holds one bare repo per URL. Empty: $XDG_CACHE_HOME/celldrift, else ~/.cache/celldrift.
  std::filesystem::path cache;
  // Fetched shallow (this one commit) when it is enough for `revision`; 0 fetches all history.
  int depth = 1;
  // What is wanted: branch, tag, full commit id, or "" for the remote's HEAD.
  std::string revision;
  // More of what is wanted, fetched with it; then `revision` counts only where it is not empty.
  // What the server does not have is no error of the fetch: resolving it says so.
  std::vector<Target> targets;
  std::chrono::seconds timeout{60};
  Token token = Token::offered;
};

class Repository {
 public:
  virtual ~Repository() = default;

  // The commit that a branch, tag (annotated ones peeled), abbreviated or full commit id, or "HEAD"
  // or "" names. Branches before tags before branches of the remote "origin", as Argo CD's
  // ls-remote would. Error(repository) that names the revision, and what is near it, when there is
  // none.
  virtual std::string resolve(std::string_view revision) const = 0;
  // What Argo CD 3.5 makes of a targetRevision: 40 hex digits are an id; a semantic version is a
  // tag's name, a constraint ("1.2.x", "^1") the greatest tag that it lets through; else any ref by
  // its full or short name, else an abbreviated id of at least 7 digits. Error(repository) when
  // there is none, and where Argo CD's own answer is left to chance (a branch and a tag of one
  // name).
  virtual ResolvedTarget resolve_target(const Target& target) const = 0;
  // The files of a commit (full hex id).
  virtual std::shared_ptr<const Tree> tree(std::string_view commit) const = 0;
  // The files as they lie in the work tree, uncommitted ones included, ignored ones and .git left
  // out. Error(repository) for a bare repo or a URL.
  virtual std::shared_ptr<const Tree> work_tree() const = 0;
  virtual CommitInfo commit(std::string_view id) const = 0;
  // Which commits last changed lines of files, as they are at `commit` (full hex id); renamed files
  // are followed, as git blame does it. Every line that is asked for is in the answer; where its
  // commit cannot be told, with the reason. Error(repository) when there is no such commit.
  virtual Blamed blame(std::string_view commit,
                       std::span<const BlameFile> files,
                       const BlameLimits& limits) const = 0;
  // The commits that changed any of the paths, newest first. What was read once is remembered, so
  // that many questions about one history cost little more than one.
  virtual PathHistory history(const HistoryQuestion& question,
                              const HistoryLimits& limits) const = 0;
  // What is at each of the paths in a commit: equal texts, equal content; "" for nothing. Symbolic
  // links are not followed: below one, the text changes with every commit.
  virtual std::vector<std::string> contents(const std::string& commit,
                                            const std::vector<std::string>& paths) const = 0;
  // The branches and tags whose commits are here, by name.
  virtual std::vector<NamedCommit> tips() const = 0;
  // The committer's time of a commit, in seconds since 1970.
  virtual std::int64_t commit_time(const std::string& commit) const = 0;
  // The URLs of all remotes, "origin" first; for a fetched URL, that URL.
  virtual std::vector<std::string> remotes() const = 0;
  // What people call it: the path or the URL without credentials.
  virtual std::string name() const = 0;
};

// True for https://, http://, ssh://, git@host:path and file:// forms.
bool is_url(std::string_view repo);

// Opens a work tree (found upwards from `path`) or a bare repo.
std::shared_ptr<const Repository> open(const std::filesystem::path& path);

// Clones or fetches `url`, then opens it. A lock file lets several processes share the cache.
// Credentials: for ssh the agent, then CELLDRIFT_SSH_KEY or ~/.ssh/id_ed25519, id_ecdsa, id_rsa
// (host keys are checked against known_hosts); for https CELLDRIFT_GIT_TOKEN (with
// CELLDRIFT_GIT_USERNAME), the URL's own, then git's credential store (~/.git-credentials,
// $XDG_CONFIG_HOME/git/credentials). Errors never hold them.
std::shared_ptr<const Repository> fetch(const std::string& url, const FetchOptions& options);

// One form for all ways to write a repository's URL, as Argo CD compares them: lower-case host and
// path, no scheme, user, ".git" or trailing "/"; "git@host:a/b.git" and "https://host/a/b" are
// equal.
std::string normalized_url(std::string_view url);
// What Argo CD 3.5 itself compares repositories by (NormalizeGitURL): lower case, no ".git" and no
// "ssh://", but "https://host/a" and "git@host:a" are two. "" for what is no URL in Go.
std::string argo_url(std::string_view url);
// The host, and the port where it is stated: "git.example.com"; "" for a path or a file:// URL.
std::string host_of(std::string_view url);
// The URL without password, and without user too, except of ssh: there it is part of the address.
// Query and fragment are dropped.
std::string without_credentials(std::string_view url);

}  // namespace celldrift::git
