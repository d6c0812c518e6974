#include "git/remote.hpp"

#include "celldrift/git/repository.hpp"
#include "git/certificates.hpp"

#include <git2.h>
#include <git2/sys/errors.h>

#include <algorithm>
#include <mutex>

namespace celldrift::git {

namespace {

constexpr std::size_t max_received_bytes = std::size_t{8} << 30;
constexpr std::string_view peeled_suffix = "^{}";

// libgit2 has one setting for all its connections.
void set_timeouts(std::chrono::milliseconds left) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const int milliseconds = static_cast<int>(std::clamp<std::int64_t>(left.count(), 1, 86'400'000));
  git_libgit2_opts(GIT_OPT_SET_SERVER_CONNECT_TIMEOUT, milliseconds);
  git_libgit2_opts(GIT_OPT_SET_SERVER_TIMEOUT, milliseconds);
}

Handle<git_remote> create_remote(git_repository& repository,
                                 const std::string& url,
                                 unsigned flags) {
  git_remote_create_options options = GIT_REMOTE_CREATE_OPTIONS_INIT;
  options.repository = &repository;
  options.flags = flags;
  git_remote* remote = nullptr;
  if (const int status = git_remote_create_with_opts(&remote, url.c_str(), &options); status < 0) {
    throw_last(status, "fetching " + without_credentials(url));
  }
  return Handle<git_remote>(remote);
}

// As the user's git would go there: url.<base>.insteadOf applied.
Url used_url(git_repository& repository, const std::string& url) {
  const auto remote = create_remote(repository, url, 0);
  auto used = parse_url(git_remote_url(remote.get()));
  if (!used) {
    throw Error(ErrorCode::config,
                "git's configuration (url.<base>.insteadOf) turns " + without_credentials(url) +
                    " into something that is no https, ssh or file URL");
  }
  return *std::move(used);
}

bool is_valid_name(const std::string& name) {
  int valid = 0;
  return git_reference_name_is_valid(&valid, name.c_str()) == 0 && valid == 1;
}

void add_head(Tips& tips, const git_remote_head& head) {
  std::string name = head.name;
  const bool is_peeled = name.ends_with(peeled_suffix);
  if (is_peeled) {
    name.resize(name.size() - peeled_suffix.size());
  }
  if (!is_valid_name(name)) {
    return;  // git would not create it either
  }
  Tip& tip = tips[name];
  (is_peeled ? tip.commit : tip.oid) = hex_of(head.oid);
}

}  // namespace

const Tips::value_type* find_tip(const Tips& tips, std::string_view revision) {
  const std::string name(revision.empty() ? "HEAD" : revision);
  std::vector<std::string> candidates{"refs/heads/" + name, "refs/tags/" + name};
  if (name == "HEAD") {
    candidates = {name};
  } else if (name.starts_with("refs/")) {
    candidates.push_back(name);
  }
  for (const std::string& candidate : candidates) {
    if (const auto found = tips.find(candidate); found != tips.end()) {
      return &*found;
    }
  }
  return nullptr;
}

std::vector<std::string> names_of(const Tips& tips) {
  std::vector<std::string> names;
  for (const auto& [name, tip] : tips) {
    for (const std::string_view prefix : {"refs/heads/", "refs/tags/"}) {
      if (name.starts_with(prefix)) {
        names.push_back(name.substr(prefix.size()));
      }
    }
  }
  return names;
}

// What libgit2 calls back. It is C: no exception may pass through it.
struct RemoteCallbacks {
  static int credentials(
      git_credential** out, const char*, const char*, unsigned allowed, void* payload) {
    try {
      *out = static_cast<Remote*>(payload)->credentials_.next(allowed);
    } catch (const Error& error) {
      git_error_set_str(GIT_ERROR_CALLBACK, error.what());
      return GIT_EUSER;
    } catch (const std::exception&) {
      return GIT_EUSER;
    }
    return *out == nullptr ? GIT_EAUTH : 0;
  }

  static int progress(const git_indexer_progress* stats, void* payload) {
    auto* remote = static_cast<Remote*>(payload);
    remote->is_too_much_ = stats->received_bytes > max_received_bytes;
    return remote->may_go_on() && !remote->is_too_much_ ? 0 : GIT_EUSER;
  }

  static int message(const char*, int, void* payload) {
    return static_cast<Remote*>(payload)->may_go_on() ? 0 : GIT_EUSER;
  }

  static git_remote_callbacks of(Remote& remote) {
    git_remote_callbacks callbacks = GIT_REMOTE_CALLBACKS_INIT;
    callbacks.credentials = credentials;
    callbacks.transfer_progress = progress;
    callbacks.sideband_progress = message;
    callbacks.payload = &remote;
    return callbacks;
  }

  // libgit2 would hand our password to whatever host a server redirects to; within the host it may.
  static git_remote_redirect_t redirects(const Remote& remote) {
    return remote.credentials_.has_passwords() ? GIT_REMOTE_REDIRECT_NONE
                                               : GIT_REMOTE_REDIRECT_INITIAL;
  }
};

Remote::Remote(git_repository& repository, const std::string& url, Deadline deadline, Token token)
    : url_(used_url(repository, url)),
      name_(without_credentials(url)),
      credentials_(url_, token),
      deadline_(deadline),
      remote_(create_remote(repository, write_url(url_), GIT_REMOTE_CREATE_SKIP_INSTEADOF)) {
  set_timeouts(deadline.left());
  if (url_.scheme == "https") {
    trust_system_certificates();
  }
}

Tips Remote::list() {
  git_remote_connect_options options = GIT_REMOTE_CONNECT_OPTIONS_INIT;
  options.callbacks = RemoteCallbacks::of(*this);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = RemoteCallbacks::redirects(*this);
  if (const int status = git_remote_connect_ext(remote_.get(), GIT_DIRECTION_FETCH, &options);
      status < 0) {
    fail(status);
  }
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  if (const int status = git_remote_ls(&heads, &count, remote_.get()); status < 0) {
    fail(status);
  }
  Tips tips;
  for (std::size_t i = 0; i < count; ++i) {
    add_head(tips, *heads[i]);
  }
  for (auto& [name, tip] : tips) {
    tip.commit = tip.commit.empty() ? tip.oid : tip.commit;
  }
  return tips;
}

void Remote::download(const std::vector<std::string>& refspecs, int depth) {
  std::vector<std::string> copies = refspecs;  // libgit2 asks for char*
  std::vector<char*> texts;
  for (std::string& copy : copies) {
    texts.push_back(copy.data());
  }
  const git_strarray list{texts.data(), texts.size()};
  git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
  options.callbacks = RemoteCallbacks::of(*this);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = RemoteCallbacks::redirects(*this);
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.depth = depth;
  if (const int status = git_remote_download(remote_.get(), &list, &options); status < 0) {
    fail(status);
  }
}

bool Remote::may_go_on() {
  is_late_ = deadline_.is_over();
  return !is_late_;
}

void Remote::fail(int status) {
  const Error error = explain(status);
  throw Error(error.code(), credentials_.scrubbed(error.message()));
}

Error Remote::explain(int status) const {
  const std::string doing = "fetching " + name_;
  if (is_late_ || status == GIT_TIMEOUT) {
    return deadline_.error(doing);
  }
  if (is_too_much_) {
    return Error(ErrorCode::limit,
                 doing + ": the repository is larger than " +
                     std::to_string(max_received_bytes >> 30) + " GiB");
  }
  if (status == GIT_EAUTH) {
    return Error(ErrorCode::auth, doing + ": " + credentials_.advice());
  }
  if (status == GIT_ECERTIFICATE && url_.scheme == "ssh") {
    return Error(ErrorCode::network,
                 doing + ": the host key is not the one in ~/.ssh/known_hosts, or is not in it; " +
                     "check it, then add it with ssh-keyscan " + url_.host);
  }
  if (status == GIT_ECERTIFICATE) {
    return last_error(
        status,
        doing + ": the server's certificate is not trusted (SSL_CERT_FILE can name its CA)");
  }
  return last_error(status, doing);
}

}  // namespace celldrift::git
