// Fetching: as little as the server lets us, into a cache that others use at the same time.
#include "git/cache.hpp"
#include "git/deadline.hpp"
#include "git/fetched_repository.hpp"
#include "git/remote.hpp"
#include "git/resolve.hpp"

#include <git2.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace celldrift::git {

namespace {

constexpr int all_history = 0;

class Fetch {
 public:
  Fetch(std::string url, const Url& parts, FetchOptions options)
      : url_(std::move(url)),
        is_file_(parts.scheme == "file"),
        options_(std::move(options)),
        folder_(options_.cache, parts),
        deadline_(options_.timeout) {}

  std::shared_ptr<const Repository> run() const {
    if (auto cached = cached_commit()) {
      return cached;
    }
    const File lock = folder_.lock_for_writing(deadline_);
    if (auto cached = cached_commit()) {
      return cached;  // another process has just fetched it
    }
    const bool is_shallow = options_.depth > all_history && !is_file_;
    auto fetched = is_shallow ? fetch_shallow() : nullptr;
    return fetched ? fetched : fetch_full();
  }

 private:
  using Result = std::shared_ptr<const Repository>;

  Result cached_commit() const;
  Result fetch_shallow() const;
  Result fetch_full() const;
  Result result(Handle<git_repository> repository, Tips tips) const;

  std::string url_;
  bool is_file_;  // libgit2 cannot fetch these shallow
  FetchOptions options_;
  CacheFolder folder_;
  Deadline deadline_;
};

bool has_commit(git_repository& repository, const std::string& commit) {
  return OdbObjects(repository).has_commit(commit);
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

// What a revision is on the server: the id to fetch and the commit that it leads to.
std::optional<Tip> wanted_tip(const Tips& tips, std::string_view revision) {
  if (is_full_id(revision)) {
    return Tip{std::string(revision), std::string(revision)};
  }
  const auto* tip = find_tip(tips, revision);
  return tip == nullptr ? std::nullopt : std::optional(tip->second);
}

bool is_branch_or_tag(const std::string& ref) {
  return ref.starts_with("refs/heads/") || ref.starts_with("refs/tags/");
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

bool could_be_id(std::string_view revision) {
  return is_hex(revision) && revision.size() >= min_id_digits && revision.size() <= id_digits;
}

}  // namespace

// Commits never change: one that is here needs no server.
Fetch::Result Fetch::cached_commit() const {
  if (!is_full_id(options_.revision)) {
    return nullptr;
  }
  for (const int depth : {options_.depth, all_history}) {
    File in_use = folder_.lock_for_reading();
    auto repository = folder_.open(depth);
    if (repository && has_commit(*repository, options_.revision)) {
      return std::make_shared<FetchedRepository>(
          FetchedRepository::State{url_, std::move(repository), std::move(in_use), {}});
    }
  }
  return nullptr;
}

// Nothing when only a full fetch can help.
Fetch::Result Fetch::fetch_shallow() const {
  auto repository = folder_.open_or_create(options_.depth);
  Remote remote(*repository, url_, deadline_);
  Tips tips = remote.list();
  const auto tip = wanted_tip(tips, options_.revision);
  if (!tip) {
    if (could_be_id(options_.revision)) {
      return nullptr;  // an abbreviated id: which one it is shows among all commits only
    }
    throw unknown_revision(options_.revision, names_of(tips))
        .add_context(without_credentials(url_));
  }
  if (!has_commit(*repository, tip->commit)) {
    try {
      remote.download({refspec_for(tips, tip->oid)}, options_.depth);
    } catch (const Error&) {
      if (remote.is_final_failure()) {
        throw;
      }
      return nullptr;  // a server without shallow fetches, or one that hides commits that no ref
                       // names
    }
    keep(*repository, tip->oid);
  }
  if (!has_commit(*repository, tip->commit)) {
    folder_.remove(options_.depth);  // broken; the next fetch begins anew
    return nullptr;
  }
  return result(std::move(repository), std::move(tips));
}

Fetch::Result Fetch::fetch_full() const {
  auto repository = folder_.open_or_create(all_history);
  Remote remote(*repository, url_, deadline_);
  Tips tips = remote.list();
  const auto tip = wanted_tip(tips, options_.revision);
  if (!tip && !could_be_id(options_.revision)) {
    throw unknown_revision(options_.revision, names_of(tips))
        .add_context(without_credentials(url_));
  }
  const std::string refspec = tip ? refspec_for(tips, tip->oid) : "";
  const bool one_is_enough = options_.depth != all_history && tip && !is_full_id(refspec);
  if (!one_is_enough) {
    download_all(remote, *repository, tips);
  } else if (!has_commit(*repository, tip->commit)) {
    remote.download({refspec}, all_history);
    keep(*repository, tip->oid);
  }
  if (tip && !is_full_id(options_.revision) && !has_commit(*repository, tip->commit)) {
    folder_.remove(all_history);
    throw Error(ErrorCode::io,
                "the cache of " + without_credentials(url_) + " was broken: run again");
  }
  auto fetched = result(std::move(repository), std::move(tips));
  fetched->resolve(options_.revision);  // an id that the server does not have either
  return fetched;
}

Fetch::Result Fetch::result(Handle<git_repository> repository, Tips tips) const {
  return std::make_shared<FetchedRepository>(FetchedRepository::State{
      url_, std::move(repository), folder_.lock_for_reading(), std::move(tips)});
}

std::shared_ptr<const Repository> fetch(const std::string& url, const FetchOptions& options) {
  start_library();
  check_revision(options.revision);
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
