// Fetching: as little as the server lets us, into a cache that others use at the same time.
#include "git/cache.hpp"
#include "git/deadline.hpp"
#include "git/fetched_repository.hpp"
#include "git/remote.hpp"
#include "git/resolve.hpp"
#include "git/target.hpp"

#include <git2.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace celldrift::git {

namespace {

constexpr int all_history = 0;

// One of the things that a fetch is for.
struct Want {
  Target target;
  bool must_exist = false;  // its absence is an error of the fetch
};

std::vector<Want> wants_of(const FetchOptions& options) {
  std::vector<Want> wants;
  if (!options.revision.empty() || options.targets.empty()) {
    wants.push_back({{.revision = options.revision}, true});
  }
  for (const Target& target : options.targets) {
    wants.push_back({target, false});
  }
  return wants;
}

class Fetch {
 public:
  Fetch(std::string url, const Url& parts, FetchOptions options)
      : url_(std::move(url)),
        is_file_(parts.scheme == "file"),
        options_(std::move(options)),
        wants_(wants_of(options_)),
        folder_(options_.cache, parts),
        deadline_(options_.timeout) {}

  std::shared_ptr<const Repository> run() const {
    if (auto cached = cached_commits()) {
      return cached;
    }
    const File lock = folder_.lock_for_writing(deadline_);
    if (auto cached = cached_commits()) {
      return cached;  // another process has just fetched it
    }
    const bool is_shallow = options_.depth > all_history && !is_file_;
    auto fetched = is_shallow ? fetch_shallow() : nullptr;
    return fetched ? fetched : fetch_full();
  }

 private:
  using Result = std::shared_ptr<const Repository>;

  Result cached_commits() const;
  std::vector<Tip> wanted_tips(const Tips& tips) const;
  bool needs_all_commits(const Tips& tips) const;
  Result fetch_shallow() const;
  Result fetch_full() const;
  Result result(Handle<git_repository> repository, Tips tips) const;

  std::string url_;
  bool is_file_;  // libgit2 cannot fetch these shallow
  FetchOptions options_;
  std::vector<Want> wants_;
  CacheFolder folder_;
  Deadline deadline_;
};

// Whether `oid` is here, is a commit or leads to one, and that one's files are here.
bool has_commit(git_repository& repository, const std::string& oid) {
  try {
    return has_object(repository, oid) &&
           OdbObjects(repository).has_commit(peel_to_commit(repository, oid_of(oid), oid));
  } catch (const Error&) {
    return false;
  }
}

// Tells later fetches what is here. The names cannot get into each other's way as branches' do ("a"
// after "a/b"), and are never taken for the server's.
void keep(git_repository& repository, const std::string& oid) {
  git_reference* reference = nullptr;
  const git_oid id = oid_of(oid);
  const std::string name = "refs/celldrift/" + oid;
  if (git_reference_create(&reference, &repository, name.c_str(), &id, 1, nullptr) == 0) {
    Handle<git_reference>(reference).reset();
  }
}

// Under the name of a ref that leads there, which every server accepts; of an id only some do.
std::string refspec_for(const Tips& tips, const std::string& oid) {
  const auto named = std::ranges::find_if(tips, [&](const Tips::value_type& tip) {
    return tip.first != "HEAD" && (tip.second.oid == oid || tip.second.commit == oid);
  });
  if (named != tips.end()) {
    return named->first;
  }
  const auto head = tips.find("HEAD");
  return head != tips.end() && head->second.oid == oid ? "HEAD" : oid;
}

// What a target is on the server: the id to fetch and the commit that it leads to. Nothing when no
// ref says, or several say different things (resolving it is an error then).
std::optional<Tip> wanted_tip(const Tips& tips, const Target& target) {
  if (is_full_id(target.revision)) {
    return Tip{target.revision, target.revision};
  }
  std::vector<std::string> refs;
  for (const auto& [ref, tip] : tips) {
    refs.push_back(ref);
  }
  const std::vector<std::string> matches = matching_refs(refs, target);
  return matches.empty() ? std::nullopt : std::optional(tips.at(matches.front()));
}

std::optional<Tip> wanted_tip(const Tips& tips, const Want& want) {
  if (!want.must_exist || is_full_id(want.target.revision)) {
    return wanted_tip(tips, want.target);
  }
  const auto* tip = find_tip(tips, want.target.revision);
  return tip == nullptr ? std::nullopt : std::optional(tip->second);
}

// All branches and tags, and what HEAD is if it is on none of them.
void download_all(Remote& remote, git_repository& repository, const Tips& tips) {
  std::vector<std::string> missing;
  for (const auto& [name, tip] : tips) {
    if ((is_branch_or_tag(name) || name == "HEAD") && !has_object(repository, tip.oid)) {
      missing.push_back(tip.oid);
    }
  }
  if (missing.empty()) {
    return;
  }
  std::vector<std::string> refspecs{"+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"};
  if (tips.contains("HEAD")) {
    refspecs.emplace_back("HEAD");
  }
  remote.download(refspecs, all_history);
  for (const std::string& oid : missing) {
    keep(repository, oid);
  }
}

bool could_be_id(const Want& want) {
  const std::string_view text = want.target.revision;
  return want.must_exist ? is_hex(text) && text.size() >= min_id_digits && text.size() <= id_digits
                         : may_be_abbreviated(literal_name(want.target));
}

void keep_all(git_repository& repository, const std::vector<Tip>& tips) {
  for (const Tip& tip : tips) {
    if (has_object(repository, tip.oid)) {
      keep(repository, tip.oid);
    }
  }
}

std::vector<std::string> refspecs_for(const Tips& tips, const std::vector<Tip>& wanted) {
  std::vector<std::string> refspecs;
  for (const Tip& tip : wanted) {
    refspecs.push_back(refspec_for(tips, tip.oid));
  }
  std::ranges::sort(refspecs);
  refspecs.erase(std::ranges::unique(refspecs).begin(), refspecs.end());
  return refspecs;
}

std::vector<Tip> missing_of(git_repository& repository, const std::vector<Tip>& wanted) {
  std::vector<Tip> missing;
  std::ranges::copy_if(wanted, std::back_inserter(missing), [&](const Tip& tip) {
    return !has_commit(repository, tip.commit);
  });
  return missing;
}

}  // namespace

// What refs say of all that is wanted. Throws for what must exist and does not.
std::vector<Tip> Fetch::wanted_tips(const Tips& tips) const {
  std::vector<Tip> wanted;
  for (const Want& want : wants_) {
    if (const auto tip = wanted_tip(tips, want)) {
      wanted.push_back(*tip);
    } else if (want.must_exist && !could_be_id(want)) {
      throw unknown_revision(want.target.revision, names_of(tips))
          .add_context(without_credentials(url_));
    }
  }
  return wanted;
}

// Which commit an abbreviated id is shows among all commits only.
bool Fetch::needs_all_commits(const Tips& tips) const {
  return std::ranges::any_of(
      wants_, [&](const Want& want) { return could_be_id(want) && !wanted_tip(tips, want); });
}

// Commits never change: those that are here need no server.
Fetch::Result Fetch::cached_commits() const {
  if (!std::ranges::all_of(wants_, is_full_id, [](const Want& want) -> std::string_view {
        return want.target.revision;
      })) {
    return nullptr;
  }
  for (const int depth : {options_.depth, all_history}) {
    File in_use = folder_.lock_for_reading();
    auto repository = folder_.open(depth);
    if (repository && std::ranges::all_of(wants_, [&](const Want& want) {
          return has_commit(*repository, want.target.revision);
        })) {
      return std::make_shared<FetchedRepository>(
          FetchedRepository::State{url_, std::move(repository), std::move(in_use), {}});
    }
  }
  return nullptr;
}

// Nothing when only a full fetch can help.
Fetch::Result Fetch::fetch_shallow() const {
  auto repository = folder_.open_or_create(options_.depth);
  Remote remote(*repository, url_, deadline_, options_.token);
  Tips tips = remote.list();
  const std::vector<Tip> wanted = wanted_tips(tips);
  if (needs_all_commits(tips)) {
    return nullptr;
  }
  if (const std::vector<Tip> missing = missing_of(*repository, wanted); !missing.empty()) {
    try {
      remote.download(refspecs_for(tips, missing), options_.depth);
    } catch (const Error&) {
      if (remote.is_final_failure()) {
        throw;
      }
      return nullptr;  // a server without shallow fetches, or one that hides commits that no ref
                       // names
    }
    keep_all(*repository, missing);
  }
  if (!missing_of(*repository, wanted).empty()) {
    folder_.remove(options_.depth);  // broken; the next fetch begins anew
    return nullptr;
  }
  return result(std::move(repository), std::move(tips));
}

Fetch::Result Fetch::fetch_full() const {
  auto repository = folder_.open_or_create(all_history);
  Remote remote(*repository, url_, deadline_, options_.token);
  Tips tips = remote.list();
  const std::vector<Tip> wanted = wanted_tips(tips);
  const std::vector<Tip> missing = missing_of(*repository, wanted);
  const std::vector<std::string> refspecs = refspecs_for(tips, missing);
  if (options_.depth == all_history || needs_all_commits(tips) ||
      std::ranges::any_of(refspecs, is_full_id)) {
    download_all(remote, *repository, tips);
  } else if (!missing.empty()) {
    remote.download(refspecs, all_history);
  }
  keep_all(*repository, missing);
  for (const Tip& tip : missing_of(*repository, wanted)) {
    if (!is_full_id(refspec_for(tips, tip.oid))) {
      folder_.remove(all_history);
      throw Error(ErrorCode::io,
                  "the cache of " + without_credentials(url_) + " was broken: run again");
    }
  }
  auto fetched = result(std::move(repository), std::move(tips));
  if (wants_.front().must_exist) {
    fetched->resolve(options_.revision);  // an id that the server does not have either
  }
  return fetched;
}

Fetch::Result Fetch::result(Handle<git_repository> repository, Tips tips) const {
  return std::make_shared<FetchedRepository>(FetchedRepository::State{
      url_, std::move(repository), folder_.lock_for_reading(), std::move(tips)});
}

std::shared_ptr<const Repository> fetch(const std::string& url, const FetchOptions& options) {
  start_library();
  for (const Want& want : wants_of(options)) {
    check_revision(want.target.revision);
  }
  const auto parts = parse_url(url);
  if (!parts) {
    throw Error(ErrorCode::repository,
                in_quotes(without_credentials(url)) + " is no URL that can be fetched: give " +
                    "https://, ssh://, git@host:path or file://");
  }
  if (options.depth < 0 || options.timeout.count() <= 0) {
    throw Error(ErrorCode::usage,
                "a fetch needs a depth of 0 or more and a timeout of 1 s or more");
  }
  const Deadline deadline(options.timeout);
  return in_time(deadline,
                 "fetching " + without_credentials(url),
                 [one = Fetch(url, *parts, options)] { return one.run(); });
}

}  // namespace celldrift::git
